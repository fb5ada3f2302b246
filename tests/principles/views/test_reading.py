import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.actions import Change, record_adoption
from members.models import Cosponsorship, Organisation
from principles.actions import accept_amendment, refuse_amendment
from principles.models import Amendment, Charter
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World, fresh, make_speaker


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def second_version(world: World) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW + timedelta(days=1))


def test_the_charter_shows_every_article_of_the_version_in_force(client: Client, world: World) -> None:
    html = page(client, "/fr/charte/")
    for article in ARTICLES:
        assert article.title_fr in html and f'id="{article.key}"' in html
    assert "Préambule" in html and "Nous, villes." in html
    assert "<li>Toute stratégie" in html


def test_the_english_charter_is_in_english(client: Client, world: World) -> None:
    html = page(client, english(client))
    assert "Hold data in common" in html and "Tenir les données" not in html


def english(client: Client) -> str:
    """Where the language link of the charter leads."""
    found = re.search(r'hreflang="en" href="http://testserver([^"]+)"', page(client, "/fr/charte/"))
    assert found
    return found[1]


def test_before_the_first_version_the_page_says_what_will_be_there(client: Client, db: None) -> None:
    assert "pas encore adoptée" in page(client, "/fr/charte/")
    for address in ("version/1/", "comparer/1/2/", "fil.atom", "amendements/", "amendement/1/", "article/x/amender/"):
        page(client, f"/fr/charte/{address}", 404)


def test_each_article_leads_to_its_open_amendments(client: Client, world: World) -> None:
    opened = world.opened(title="Remettre <chaque> mois")
    html = page(client, "/fr/charte/")
    assert f"/fr/charte/amendement/{opened.number}/" in html
    assert "Remettre &lt;chaque&gt; mois" in html
    assert "3, dont 1 en débat" in html


def test_a_draft_shows_nowhere_in_public(client: Client, world: World) -> None:
    world.draft(title="Canari du brouillon", text_fr="Canari du texte.")
    for address in ("", "version/1/", "amendements/", "fil.atom"):
        assert "Canari" not in page(client, f"/fr/charte/{address}")


def test_a_version_stays_at_its_address_when_another_replaces_it(client: Client, world: World) -> None:
    second_version(world)
    old, new = page(client, "/fr/charte/version/1/"), page(client, "/fr/charte/version/2/")
    assert ARTICLES[2].text_fr in old and "Version remplacée" in old
    assert "chaque mois" in new and "Version remplacée" not in new
    page(client, "/fr/charte/version/3/", 404)
    page(client, "/fr/charte/version/99999999999999999999/", 404)


def test_comparing_two_versions_marks_the_words_that_changed(client: Client, world: World) -> None:
    second_version(world)
    html = page(client, "/fr/charte/comparer/1/2/")
    assert re.search(r"<del>.*ouvertes</del>", html) and re.search(r"<ins>.*remises</ins>", html)
    assert html.count("Sans changement") == 2
    assert "Amendement nº" in html
    assert re.search(r"<ins>.*ouvertes</ins>", page(client, "/fr/charte/comparer/2/1/"))


@pytest.mark.parametrize("pair", ["1/1", "1/3", "0/1", "7/8"])
def test_versions_that_cannot_be_compared_are_not_found(client: Client, world: World, pair: str) -> None:
    second_version(world)
    page(client, f"/fr/charte/comparer/{pair}/", 404)


def test_the_structured_data_says_what_the_version_says_and_cannot_close_its_element(
    client: Client, world: World
) -> None:
    accept_amendment(
        actor=world.organiser,
        amendment=world.opened(text_fr="Dire </script><b>tout</b> & plus.", text_en="Say all."),
        motive=MOTIVE,
        now=NOW,
    )
    html = page(client, "/fr/charte/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["version"] == "2" and data["isBasedOn"].endswith("/fr/charte/version/1/")
    assert data["hasPart"][2]["text"] == "Dire </script><b>tout</b> & plus."
    assert data["identifier"]["value"] == Charter.objects.get().current_version.sha256
    assert "<b>tout</b>" not in html


def test_the_feed_tells_versions_and_decisions_latest_first(client: Client, world: World) -> None:
    second_version(world)
    refuse_amendment(
        actor=world.organiser,
        amendment=world.opened("guichet"),
        motive="Déjà dit <ailleurs>.",
        now=NOW + timedelta(days=2),
    )
    response = client.get("/fr/charte/fil.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(response.content).findall(f"{atom}entry")
    assert len(entries) == 4
    assert entries[0].findtext(f"{atom}summary") == "Déjà dit <ailleurs>."
    assert entries[-1].find(f"{atom}link").get("href") == "http://testserver/fr/charte/version/1/"


def crowd(world: World, number: int) -> None:
    """Many open amendments, written straight to the table."""
    seen = Amendment.objects.count()
    Amendment.objects.bulk_create(
        Amendment(
            charter=world.charter, article_key=ARTICLES[n % 3].key, base_version=world.first, author=world.member,
            organisation=world.city, title=f"Amendement {n}", text_fr=f"Texte {n}.", text_en=f"Text {n}.",
            motive=MOTIVE, state="open", number=seen + n + 1, created_at=NOW, opened_at=NOW,
        )
        for n in range(number)
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "",
        "version/1/",
        "comparer/1/2/",
        "amendements/",
        "amendements/?article=donnees&state=open",
        "amendement/4/",
        "fil.atom",
    ],
)
def test_no_public_page_needs_more_than_twelve_queries_however_many_amendments(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    second_version(world)
    counts = []
    for more in (10, 300):
        crowd(world, more)
        with django_assert_max_num_queries(12) as captured:
            page(client, f"/fr/charte/{address}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_anonymous_reader_gets_no_cookie_and_no_token(client: Client, world: World) -> None:
    world.opened()
    for address in ("", "version/1/", "amendements/", "amendement/1/"):
        response = client.get(f"/fr/charte/{address}")
        assert not response.cookies and "csrfmiddlewaretoken" not in response.content.decode()
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", ["", "version/1/", "comparer/1/2/", "fil.atom", "amendements/", "amendement/1/"])
def test_pages_that_are_only_read_refuse_to_be_posted_to(client: Client, world: World, address: str) -> None:
    assert client.post(f"/fr/charte/{address}").status_code == 405


def test_a_signed_in_member_finds_their_drafts_in_the_list(browse: Callable[[Any], Client], world: World) -> None:
    draft = world.draft(title="Mon brouillon")
    assert f"/fr/charte/brouillon/{draft.pk}/" in page(browse(world.member), "/fr/charte/amendements/")
    assert "Mon brouillon" not in page(browse(world.organiser), "/fr/charte/amendements/")


def test_the_charter_says_who_holds_which_version_and_who_adopted_it_at_home(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    representative = make_speaker(world.city, "Rokhaya", role="representative")
    act = Cosponsorship.objects.create(
        coalition=world.coalition, organisation=world.city, affiliation=representative.affiliations.get(),
        state="official", document_title="Charte", document_version="1", document_sha256=world.first.sha256,
        signed_at=NOW, decided_at=NOW,
    )  # fmt: skip
    Organisation.objects.filter(pk=world.city.pk).update(city="Lomé")
    adoption = record_adoption(
        organisation=world.city,
        coalition=world.coalition,
        actor=fresh(representative),
        document_sha256=world.first.sha256,
        adopted_on=NOW.date(),
        decision_reference="Délibération 7",
        changes=[Change(kind="adapted", key="guichet", text="Un guichet dans chaque quartier.")],
        now=NOW,
    )
    with django_assert_max_num_queries(12):
        page = client.get("/fr/charte/").content.decode()
    assert "adapté à Lomé" in page
    assert f"/adoptions/{adoption.pk}/" in page
    assert "Qui tient quelle version de la charte" in page
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    page = client.get("/fr/charte/").content.decode()
    assert "1 co-porteur tient une version plus ancienne" in page
    assert "adapté à Lomé" not in page
    assert "adapté à Lomé" in client.get("/fr/charte/version/1/").content.decode()
    act.refresh_from_db()
    assert act.document_version == "1"
