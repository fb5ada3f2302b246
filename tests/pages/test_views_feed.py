"""The feed of public changes."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cases.models import CatalogueEntry, Reproduction
from principles.actions import hide_amendment
from principles.models import Amendment, Version
from tests.world import NOW, World

ATOM = "{http://www.w3.org/2005/Atom}"


def _read(client: Client, language: str = "fr") -> Element:
    with translation.override(language):
        answer = client.get(reverse("changes_feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    return fromstring(answer.content)


def _ids(feed: Element) -> list[str | None]:
    return [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]


def _titles(feed: Element) -> str:
    return " ".join(str(one.findtext(f"{ATOM}title")) for one in feed.iter(f"{ATOM}entry"))


@pytest.fixture(autouse=True)
def forget_pages() -> None:
    caches["pages"].clear()


def test_it_tells_the_public_changes_in_both_languages_under_the_same_names(on_paper: World, client: Client) -> None:
    french, english = _read(client), _read(client, "en")
    assert _ids(french) == _ids(english)
    assert all(str(name).startswith("tag:") for name in _ids(french))
    assert len(set(_ids(french))) == len(_ids(french)) > 3
    assert french.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    links = [str(one.find(f"{ATOM}link").get("href")) for one in english.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert all(link.startswith("http") and "/en/" in link for link in links)


def test_what_becomes_hidden_gives_nothing_any_more(on_paper: World, client: Client) -> None:
    organiser = on_paper.account("organiser")
    open_ones = Amendment.objects.public().filter(state="open", hidden_at=None).exclude(author=organiser)
    amendment = open_ones[0]
    number = f"proposal/{amendment.number}"
    assert any(str(name).endswith(number) for name in _ids(_read(client)))
    hide_amendment(actor=organiser, amendment=amendment, reason="Ces mots visent une personne.", now=NOW)
    assert not any(str(name).endswith(number) for name in _ids(_read(client)))
    entry = CatalogueEntry.objects.all()[0]
    CatalogueEntry.objects.filter(number=entry.number).delete()
    caches["pages"].clear()
    feed = _read(client)
    assert not any(str(name).endswith(f"case/{entry.number}") for name in _ids(feed))


def test_no_hidden_word_is_in_it(on_paper: World, client: Client) -> None:
    told = client.get(reverse("changes_feed")).content.decode().lower()
    assert not [word for word in on_paper.canaries if word in told]


def test_who_has_it_already_is_told_so_also_from_memory(on_paper: World, client: Client) -> None:
    first = client.get(reverse("changes_feed"))
    for _time in range(2):
        again = client.get(reverse("changes_feed"), headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(reverse("changes_feed"), headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert client.get(reverse("changes_feed"), headers={"if-none-match": '"other"'}).status_code == 200
    entry = CatalogueEntry.objects.all()[0]
    CatalogueEntry.objects.filter(pk=entry.pk).update(updated_at=NOW + timedelta(days=9))
    caches["pages"].clear()
    changed = client.get(reverse("changes_feed"), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_the_number_of_queries_is_that_of_one_entry(
    on_paper: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10) as few:
        assert len(_ids(_read(client))) > 3
    before = len(few)
    version = Version.objects.order_by("-number")[0]
    for number in range(3, 9):
        version.pk, version.number, version.sha256 = None, number, f"{number}" * 64
        version.previous = Version.objects.get(number=number - 1)
        version.save(force_insert=True)
    caches["pages"].clear()
    with django_assert_max_num_queries(before):
        assert len(_ids(_read(client))) > 9


def test_every_page_and_its_footer_lead_to_it(on_paper: World, client: Client) -> None:
    page = client.get(reverse("journal")).content.decode()
    assert page.count(reverse("changes_feed")) == 2
    assert 'type="application/atom+xml"' in page


def test_what_people_wrote_is_never_markup_in_it(on_paper: World, client: Client) -> None:
    entry = CatalogueEntry.objects.filter(number=Reproduction.objects.shown()[0].original)
    entry.update(title="<b>Lac</b>")
    summaries = [one.findtext(f"{ATOM}summary") or "" for one in _read(client).iter(f"{ATOM}entry")]
    assert any("&lt;b&gt;Lac" in summary for summary in summaries)
    assert not any("<b>" in summary for summary in summaries)
