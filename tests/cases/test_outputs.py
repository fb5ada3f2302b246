"""What leaves with a case: a card other sites may frame, oEmbed, references, links without trackers."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cases.actions import publish_case, save_case, unpublish_case
from cases.models import CasePage
from tests.cases.conftest import NOW, Make, World
from tests.cases.test_pictures import fresh, with_picture

LARGEST_CARD = 15_000


def card(number: int) -> str:
    return reverse("case_card", args=[number])


def test_a_card_is_one_small_document_any_site_may_frame(client: Client, published: Make) -> None:
    page = published("Un <b>tour</b>", figure_value="−47 min", figure_label="d’attente")
    answer = client.get(card(page.number))
    text = answer.content.decode()
    assert answer.status_code == 200 and len(answer.content) < LARGEST_CARD
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "script" not in policy
    assert "X-Frame-Options" not in answer and not answer.cookies
    assert not re.search(r"<(script|link|img|form|iframe)\b", text)
    assert "<b>tour" not in text and "−47 min" in text
    assert f'href="http://testserver/fr/cas/{page.number}/"' in text


def test_only_the_card_may_be_framed(client: Client, published: Make) -> None:
    answer = client.get(published().url)
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_what_is_not_public_has_no_card_no_reference_and_no_oembed(
    client: Client, world: World, draft: Make, published: Make, signed_in: object
) -> None:
    hidden, kept, gone = draft("Brouillon"), published("Réservé"), published("Retiré")
    PageViewRestriction.objects.create(page=kept.page_ptr, restriction_type=PageViewRestriction.LOGIN)
    unpublish_case(actor=None, page=gone, reason="À revoir.", now=NOW)
    for page in (hidden, kept, gone):
        for browser in (client, signed_in(world.organiser)):  # type: ignore[operator]
            for door in ("case_card", "case_bibtex", "case_ris"):
                assert browser.get(reverse(door, args=[page.number])).status_code == 404
            asked = {"url": f"http://testserver/fr/cas/{page.number}/"}
            assert browser.get(reverse("case_oembed"), asked).status_code == 404


def test_oembed_gives_a_frame_for_each_address_of_a_case(client: Client, published: Make) -> None:
    page = published("Prendre son tour")
    head = client.get(page.url).content.decode()
    found = re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', head)
    assert found is not None
    discovered = client.get(unescape(found[1]).removeprefix("http://testserver")).json()
    assert discovered["type"] == "rich" and discovered["version"] == "1.0"
    assert discovered["title"] == "Prendre son tour" and discovered["author_name"] == "Rennes"
    assert f'src="http://testserver{card(page.number)}"' in discovered["html"]
    for url in (page.full_url, f"http://testserver/fr/cas/{page.number}/"):
        small = client.get(reverse("case_oembed"), {"url": url, "maxwidth": "320", "maxheight": "1"}).json()
        assert (small["width"], small["height"]) == (320, 200) and 'width="320" height="200"' in small["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://elsewhere.example/fr/cas/1/",
        "http://testserver.evil.example/fr/cas/1/",
        "http://testserver/fr/",
        "http://testserver/zz/cas/1/",
        "http://testserver/fr/cas/99999999999999999999/",
        "http://testserver/fr/cas/4000/",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_nothing_of_other_addresses(client: Client, world: World, url: str) -> None:
    assert client.get(reverse("case_oembed"), {"url": url}).status_code == 404


def test_oembed_says_that_it_has_no_xml(client: Client, world: World) -> None:
    assert client.get(reverse("case_oembed"), {"url": "x", "format": "xml"}).status_code == 501


def test_sharing_asks_nothing_of_anybody_before_a_click(client: Client, published: Make) -> None:
    page = published("Eau & « ville »")
    text = client.get(page.url).content.decode()
    assert "mailto:?subject=Eau%20%26%20" in text
    assert 'href="https://www.linkedin.com/sharing/share-offsite/?url=http%3A%2F%2Ftestserver' in text
    assert 'href="https://share.joinmastodon.org/#text=' in text
    sources = re.findall(r"""\b(?:src|srcset)=["']([^"']+)""", text)
    assert all(source.startswith("/") for source in sources)
    assert "&lt;iframe src=" in text


def test_the_number_outlives_the_title(client: Client, world: World, published: Make) -> None:
    page = published("Un premier titre")
    number = page.number
    words = {"title": "Tout autre chose"}
    save_case(actor=world.editor, page=page, content=words, based_on=fresh(page).latest_revision_id, now=NOW)
    live = publish_case(actor=None, page=fresh(page), now=NOW, announce=False)
    CasePage.objects.get(pk=live.pk).move(world.french, pos="first-child")
    for address in (f"/fr/cas/{number}/", page.url):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200 and "Tout autre chose" in answer.content.decode()
    assert "Tout autre chose" in client.get(card(number)).content.decode()
    assert f"/fr/cas/{number}/" in client.get(live.url).context["citation"]


def test_a_public_picture_stands_for_the_case_elsewhere_and_a_draft_one_does_not(
    client: Client, world: World, draft: Make, published: Make
) -> None:
    page = draft()
    key = with_picture(page, world.editor).pictures.all()[0].picture_id
    live = publish_case(actor=None, page=fresh(page), now=NOW, announce=False)
    text = client.get(live.url).content.decode()
    address = reverse("case_picture", args=[key])
    assert f'<meta property="og:image" content="http://testserver{address}">' in text
    assert text.count('property="og:image"') == 1
    assert client.get(address).status_code == 200
    other = published("Sans image")
    with_picture(fresh(other), world.editor)
    assert "social-card.png" in client.get(other.url).content.decode()


def test_outputs_cost_the_same_whatever_the_number_of_cases(
    client: Client, published: Make, django_assert_num_queries: object
) -> None:
    page = published()
    with django_assert_num_queries(2):  # type: ignore[operator]  # generation of the cache, the case
        client.get(card(page.number))
    for rank in range(4):
        published(f"Cas {rank}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(card(page.number))
