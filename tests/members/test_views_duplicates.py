"""« Est-ce celle-ci ? » before anything is made, and the organisers' list of those that look alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import request_organisation
from members.enums import Kind
from members.models import DistinctPair, Organisation, User
from tests.members.conftest import NOW
from tests.members.pictures import picture, svg

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
NEW = "/fr/organisations/nouvelle/"
LIST = "/fr/organisations/doublons/"
DATA = {"name": "Ville de Thiès", "kind": "authority", "country": "SN", "city": "Thiès", "function": "Maire"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the page."""
    return page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


def test_those_it_looks_like_are_shown_before_anything_is_made(
    client: Client, make_account: Make, make_organisation: Make
) -> None:
    there = make_organisation(name="Mairie de Thiès", city="Thiès", acronym="MDT")
    client.force_login(make_account())
    page = client.post(NEW, DATA | {"summary": "Nous cherchons."}).content.decode()
    assert "Est-ce celle-ci" in page
    assert "Mairie de Thiès" in page
    assert "même nom" in page
    assert reverse("join_request", args=[there.slug]) in page
    assert 'value="Ville de Thiès"' in page
    assert "Nous cherchons." in page
    assert Organisation.objects.count() == 1


def test_no_it_is_another_goes_on_and_the_organisers_read_it(
    client: Client, make_account: Make, make_organisation: Make, organiser: User
) -> None:
    there = make_organisation(name="Mairie de Thiès")
    client.force_login(make_account())
    shown = client.post(NEW, DATA).content.decode()
    told = hidden(shown, "told_apart")
    assert told == str(there.pk)
    without_the_button = client.post(NEW, DATA | {"told_apart": told})
    assert without_the_button.status_code == 200
    answer = client.post(NEW, DATA | {"told_apart": told, "other": "1"})
    assert answer.status_code == 303
    client.force_login(organiser)
    page = client.get(answer["Location"]).content.decode()
    assert "Une organisation lui ressemble" in page
    assert "Non, c’est une autre" in page
    asked = Organisation.objects.get(state="pending")
    assert reverse("organisation_merge", args=[there.slug, asked.slug]) in page


def test_another_look_alike_than_the_one_shown_is_shown_in_turn(
    client: Client, make_account: Make, make_organisation: Make
) -> None:
    first = make_organisation(name="Mairie de Thiès")
    make_organisation(name="Mairie de Mbour")
    client.force_login(make_account())
    page = client.post(NEW, DATA | {"name": "Ville de Mbour", "told_apart": str(first.pk), "other": "1"})
    assert "Mairie de Mbour" in page.content.decode()
    assert Organisation.objects.count() == 2


def test_the_logo_travels_with_the_form_that_comes_back(
    client: Client, make_account: Make, make_organisation: Make, media: Path
) -> None:
    there = make_organisation(name="Mairie de Thiès")
    client.force_login(make_account())
    page = client.post(NEW, DATA | {"logo": picture(), "logo_alternative": "Un baobab"}).content.decode()
    assert "Votre image est reçue" in page
    assert not list(media.rglob("*.*"))
    kept = hidden(page, "logo_kept")
    answers = {"logo_kept": kept, "logo_alternative": "Un baobab", "told_apart": str(there.pk), "other": "1"}
    assert client.post(NEW, DATA | answers).status_code == 303
    logo: Any = Organisation.objects.get(state="pending").logo
    assert (logo.width, logo.height, logo.alternative) == (480, 240, "Un baobab")


@pytest.mark.parametrize("kept", ["????", "PHN2Zy8+", "aGVsbG8="])
def test_a_forged_logo_in_the_page_is_no_logo(client: Client, make_account: Make, kept: str) -> None:
    client.force_login(make_account())
    assert client.post(NEW, DATA | {"logo_kept": kept}).status_code == 303
    assert Organisation.objects.get().logo is None


def test_a_logo_that_is_no_picture_comes_back_with_a_sentence(client: Client, make_account: Make, media: Path) -> None:
    client.force_login(make_account())
    page = client.post(NEW, DATA | {"logo": svg()}).content.decode()
    assert "ne peut pas être lue" in page
    assert not Organisation.objects.exists()
    assert not list(media.rglob("*.*"))


def test_the_form_sent_twice_leads_to_the_request_already_made(client: Client, make_account: Make) -> None:
    client.force_login(make_account())
    first, second = client.post(NEW, DATA), client.post(NEW, DATA | {"name": "VILLE DE THIES"})
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert Organisation.objects.count() == 1


def test_what_waits_is_not_shown_to_a_stranger(client: Client, make_account: Make) -> None:
    request_organisation(actor=make_account(), name="Mairie de Thiès", country="SN", kind=Kind.AUTHORITY, now=NOW)
    client.force_login(make_account())
    assert client.post(NEW, DATA).status_code == 303
    client.force_login(make_account())
    again = client.post(NEW, DATA).content.decode()
    assert "est déjà en attente" in again
    assert "Est-ce celle-ci" not in again


def test_a_city_with_namesakes_is_asked_for(client: Client, make_account: Make) -> None:
    client.force_login(make_account())
    page = client.post(NEW, DATA | {"country": "US", "city": "Springfield"}).content.decode()
    assert "Plusieurs villes de ce pays portent ce nom" in page
    assert not Organisation.objects.exists()


def test_a_name_in_two_writings_is_flagged_to_the_organisers(
    client: Client, make_account: Make, organiser: User
) -> None:
    asked = request_organisation(
        actor=make_account(), name="Ville de D\u0430kar", country="SN", kind=Kind.AUTHORITY, now=NOW
    )
    client.force_login(organiser)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Cyrillic, Latin" in page


def test_the_list_of_pairs_is_the_organisers_and_costs_the_same_at_any_number(
    client: Client, make_account: Make, make_organisation: Make, organiser: User
) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(make_account())
    assert client.get(LIST).status_code == 403
    client.force_login(organiser)
    assert "Aucun doublon probable" in client.get(LIST).content.decode()
    costs = []
    for size in (2, 40):
        for number in range(size):
            make_organisation(name=f"Ville de Zig{size}x{number}", website=f"https://z{size}-{number}.example")
            make_organisation(name=f"Mairie de Zig{size}x{number}")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST).content.decode()
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert "42 paires" in page
    assert "Page suivante" in page
    assert "Zig" in client.get(LIST, {"page": 3}).content.decode()


def test_a_pair_told_apart_is_gone_from_the_list(client: Client, make_organisation: Make, organiser: User) -> None:
    one, other = make_organisation(name="Ville de Thiès"), make_organisation(name="Mairie de Thiès")
    client.force_login(organiser)
    assert "Comparer et réunir" in client.get(LIST).content.decode()
    answer = client.post(f"{LIST}distinctes/", {"first": one.slug, "second": other.slug})
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert DistinctPair.objects.count() == 1
    assert "Comparer et réunir" not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}distinctes/", {"first": one.slug, "second": "personne"}).status_code == 404
    assert client.post(f"{LIST}distinctes/", {"first": one.slug, "second": one.slug}).status_code == 303
