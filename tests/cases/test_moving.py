"""The cases of an organisation that becomes one with another go with it, in every wording."""

from datetime import timedelta

import pytest
from django.test import Client
from wagtail.models import Revision

from cases.actions import create_case, publish_case, save_case
from cases.models import CasePage, CatalogueEntry, KnownColumn
from members.actions import merge_organisations, remove_organisation
from members.models import Organisation
from tests.cases.conftest import NOW, World

pytestmark = pytest.mark.django_db


def _published(world: World) -> CasePage:
    page = create_case(
        actor=world.organiser,
        organisation=world.other_city,
        language="fr",
        content={"title": "Bus", "summary": "Des bus.", "country": "TG", "city": "Lomé"},
        now=NOW,
    )
    return publish_case(actor=world.organiser, page=page, now=NOW)


def _merge(world: World, *taken: str) -> None:
    merge_organisations(kept=world.city, gone=world.other_city, taken=taken, actor=world.organiser, now=NOW)


def test_published_words_drafts_and_earlier_wordings_follow(world: World) -> None:
    page = _published(world)
    save_case(
        actor=world.organiser,
        page=page,
        content={"title": "Bus de nuit", "summary": "Des bus."},
        based_on=CasePage.objects.get(pk=page.pk).latest_revision_id,
        now=NOW + timedelta(hours=1),
    )
    _merge(world)
    moved = CasePage.objects.get(pk=page.pk)
    assert moved.organisation == world.city
    assert {revision.content["organisation"] for revision in Revision.objects.filter(object_id=str(page.pk))} == {
        world.city.pk
    }
    assert moved.latest_words().organisation_id == world.city.pk
    published = publish_case(actor=world.organiser, page=moved, now=NOW + timedelta(hours=2))
    assert published.organisation_id == world.city.pk


def test_the_catalogue_names_the_one_that_stays_as_it_is_called_now(world: World) -> None:
    _published(world)
    _merge(world, "name", "place")
    entry = CatalogueEntry.objects.get()
    assert (entry.organisation_id, entry.organisation_name, entry.organisation_slug) == (
        world.city.pk,
        "Lomé",
        "rennes",
    )


def test_a_case_outlives_the_organisation_that_left_without_leading_to_it(world: World, client: Client) -> None:
    page = _published(world)
    Organisation.objects.filter(pk=world.other_city.pk).update(slug="lome")
    world.other_city.refresh_from_db()
    remove_organisation(organisation=world.other_city, actor=world.organiser, motive="Partie.", now=NOW)
    shown = client.get(CasePage.objects.get(pk=page.pk).get_url())
    assert shown.status_code == 200
    assert "Lomé" in shown.content.decode()
    assert f'href="{world.other_city.get_absolute_url()}"' not in shown.content.decode()


def test_identifiers_that_two_lists_shared_do_not_stop_a_union(world: World) -> None:
    words = {"title": "Bus", "city": "Lomé"}
    for organisation in (world.city, world.other_city):
        create_case(actor=None, organisation=organisation, language="fr", content=words, external_id="42", now=NOW)
    KnownColumn.objects.create(organisation=world.other_city, heading="nom", field="title")
    _merge(world)
    cases = CasePage.objects.filter(organisation=world.city)
    assert sorted(cases.values_list("external_id", flat=True)) == ["", "42"]
    assert not KnownColumn.objects.exists()
