"""An organiser unites two organisations, takes one out, and says which domains open it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.actions import merge_organisations
from members.enums import OrganisationState
from members.models import Organisation, User, VerifiedDomain
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def kept(make_organisation: Make) -> Organisation:
    return make_organisation(name="Ville de Thiès", city="Thiès")


@pytest.fixture
def gone(make_organisation: Make) -> Organisation:
    return make_organisation(name="Mairie de Thiès", acronym="MDT", offers=["data"])


def address(kept: Organisation, gone: Organisation) -> str:
    return reverse("organisation_merge", args=[kept.slug, gone.slug])


def test_the_other_is_chosen_among_look_alikes_or_by_a_search(
    client: Client, kept: Organisation, gone: Organisation, make_organisation: Make, organiser: User
) -> None:
    far = make_organisation(name="Port de Mbour")
    client.force_login(organiser)
    url = reverse("organisation_merge_choose", args=[kept.slug])
    page = client.get(url).content.decode()
    assert address(kept, gone) in page
    assert address(gone, kept) in page
    assert far.name not in page
    assert address(kept, far) in client.get(url, {"q": "mbour"}).content.decode()
    assert "Aucune organisation ne correspond" in client.get(url, {"q": "zzz"}).content.decode()


def test_both_are_compared_read_again_and_united(
    client: Client, kept: Organisation, gone: Organisation, organiser: User
) -> None:
    client.force_login(organiser)
    url = address(kept, gone)
    compared = client.get(url).content.decode()
    assert "MDT" in compared
    assert 'id="acronym-gone" checked' in compared
    assert 'id="name-kept" checked' in compared
    chosen = {"name": "gone", "acronym": "gone", "place": "kept", "offers": "gone"}
    review = client.post(url, chosen | {"step": "review"}).content.decode()
    assert "Relire avant de réunir" in review
    assert "Données" in review
    assert Organisation.objects.get(pk=gone.pk).state == OrganisationState.CONFIRMED
    again = client.post(url, chosen | {"step": "compare"}).content.decode()
    assert 'id="name-gone" checked' in again
    answer = client.post(url, chosen | {"step": "merge"})
    assert (answer.status_code, answer["Location"]) == (303, kept.get_absolute_url())
    merged = Organisation.objects.get(pk=kept.pk)
    assert (merged.name, merged.acronym, merged.offers, merged.city) == ("Mairie de Thiès", "MDT", ["data"], "Thiès")
    assert client.post(url, chosen | {"step": "merge"}).status_code == 409


def test_the_old_address_leads_to_the_one_that_stays_for_everybody(
    client: Client, kept: Organisation, gone: Organisation, organiser: User
) -> None:
    merge_organisations(kept=kept, gone=gone, taken=(), actor=organiser, now=NOW)
    for path in (gone.get_absolute_url(), reverse("api_organisation", args=[gone.slug])):
        answer = client.get(path)
        assert answer.status_code == 301
        assert answer["Location"] == path.replace(gone.slug, kept.slug)
    client.force_login(organiser)
    assert client.get(gone.get_absolute_url()).status_code == 301
    assert client.get(reverse("organisation_edit", args=[gone.slug])).status_code in (301, 403, 404, 409)


def test_a_confirmed_one_into_one_that_waits_comes_back_with_a_sentence(
    client: Client, kept: Organisation, gone: Organisation, organiser: User
) -> None:
    Organisation.objects.filter(pk=kept.pk).update(state="pending")
    client.force_login(organiser)
    page = client.post(address(kept, gone), {"step": "merge"}).content.decode()
    assert "Rien n’a été réuni" in page
    assert "Gardez celle qui est confirmée" in page


def test_uniting_is_for_organisers(
    client: Client, kept: Organisation, gone: Organisation, make_representative: Make
) -> None:
    for url in (address(kept, gone), reverse("organisation_merge_choose", args=[kept.slug])):
        assert client.get(url).status_code == 302
    client.force_login(make_representative(kept))
    for url in (address(kept, gone), reverse("organisation_merge_choose", args=[kept.slug])):
        assert client.get(url).status_code == 403
    assert client.post(address(kept, gone), {"step": "merge"}).status_code == 403


def test_an_organisation_is_taken_out_with_a_motive_and_is_not_found_any_more(
    client: Client, kept: Organisation, organiser: User, make_representative: Make
) -> None:
    chief = make_representative(kept)
    url = reverse("organisation_remove", args=[kept.slug])
    client.force_login(chief)
    assert client.get(url).status_code == 403
    client.force_login(organiser)
    assert "Ce qui lui est attaché" in client.get(url).content.decode()
    assert "à revoir" in client.post(url, {"motive": ""}).content.decode()
    assert client.post(url, {"motive": "Elle n’existe plus."}).status_code == 303
    assert "Elle n’existe plus." in client.get(kept.get_absolute_url()).content.decode()
    client.logout()
    paths = [kept.get_absolute_url(), reverse("api_organisation", args=[kept.slug])]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert kept.name not in client.get(reverse("organisations")).content.decode()
    client.force_login(chief)
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_organisers_add_and_take_away_the_domains_that_open_it(
    client: Client, kept: Organisation, organiser: User, make_representative: Make
) -> None:
    add = reverse("organisation_domain_new", args=[kept.slug])
    client.force_login(organiser)
    refused = client.post(add, {"domain": "gmail.com"}).content.decode()
    assert "Tout le monde peut avoir une adresse" in refused
    assert 'value="gmail.com"' in refused
    assert client.post(add, {"domain": "thies.example"}).status_code == 303
    domain = VerifiedDomain.objects.get()
    assert "@thies.example" in client.get(kept.get_absolute_url()).content.decode()
    client.force_login(make_representative(kept))
    assert "@thies.example" in client.get(kept.get_absolute_url()).content.decode()
    remove = reverse("organisation_domain_remove", args=[kept.slug, domain.pk])
    assert client.post(remove).status_code == 403
    client.force_login(organiser)
    assert client.post(remove).status_code == 303
    assert client.post(remove).status_code == 404
    client.logout()
    assert "Adresses qui l’ouvrent" not in client.get(kept.get_absolute_url()).content.decode()
