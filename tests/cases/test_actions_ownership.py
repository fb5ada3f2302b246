"""A case whose owner is gone passes to another organisation, or stays as a note of the past."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from cases.actions import (
    NoNewOwner,
    archive_case,
    ask_due_cases,
    confirm_case,
    hand_over_case,
    publish_case,
    restore_case,
    save_case,
    translate_case,
)
from cases.models import CasePage, CatalogueEntry
from cases.querysets.freshness import is_held, without_owner
from coalition.core.access import Refused, WrongState
from coalition.core.models import AuditLine
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.models import Affiliation
from tests.cases.conftest import NOW, Make, World, make_organisation

OLD = NOW - settings.CASE_CONFIRM_EVERY - timedelta(days=60)


def fresh(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def public(draft: Make, title: str = "Le bus de nuit", when: Any = OLD, **words: Any) -> CasePage:
    return fresh(publish_case(actor=None, page=draft(title, **words), now=when, announce=False))


def leave(world: World) -> None:
    Affiliation.objects.filter(organisation=world.city).update(ended_on=NOW.date())


def orphans(now: Any = NOW) -> list[str]:
    return [row.title for row in without_owner(CatalogueEntry.objects.shown_in("fr"), now)]


def test_a_case_has_no_owner_once_nobody_active_writes_for_its_organisation(world: World, draft: Make) -> None:
    public(draft)
    assert orphans() == [] and is_held(world.city)
    world.editor.is_active = False
    world.editor.save()
    assert orphans() == ["Le bus de nuit"]
    world.editor.is_active = True
    world.editor.save()
    leave(world)
    assert orphans() == ["Le bus de nuit"] and not is_held(world.city)


def test_a_case_of_an_organisation_that_left_has_no_owner(world: World, draft: Make) -> None:
    public(draft)
    type(world.city).objects.filter(pk=world.city.pk).update(state="removed")
    assert orphans() == ["Le bus de nuit"]


def test_one_that_never_had_anybody_joins_them_once_it_is_stale(world: World, draft: Make) -> None:
    public(draft, organisation=make_organisation("Import"))
    assert orphans() == []
    ask_due_cases(now=NOW)
    assert orphans(NOW + settings.CASE_STALE_AFTER) == ["Le bus de nuit"]


def test_the_one_nobody_checked_for_longest_comes_first_and_each_case_once(world: World, draft: Make) -> None:
    public(draft, "Récent", NOW)
    page = public(draft, "Ancien")
    copy = translate_case(actor=None, page=page, language="en", now=OLD)
    publish_case(actor=None, page=copy, now=OLD, announce=False)
    leave(world)
    assert orphans() == ["Ancien", "Récent"]


def test_it_passes_whole_to_the_other_organisation_whose_people_are_told(world: World, draft: Make) -> None:
    page = public(draft)
    first = page.latest_revision_id
    save_case(actor=None, page=page, content={"summary": "Autre."}, based_on=first, now=OLD)
    copy = translate_case(actor=None, page=page, language="en", now=OLD)
    leave(world)
    taken = hand_over_case(actor=world.organiser, page=page, organisation=world.other_city, now=NOW)
    assert taken.organisation == fresh(copy).organisation == world.other_city
    assert taken.latest_words().organisation == world.other_city
    assert CatalogueEntry.objects.get(page=page).organisation_name == world.other_city.name
    restore_case(actor=world.stranger, page=fresh(page), revision_id=first, based_on=taken.latest_revision_id, now=NOW)
    assert fresh(page).latest_words().organisation == world.other_city
    event = Event.objects.get(kind="case.handed_over")
    assert [each.address for each in get_kind(event.kind).recipients(event)] == [world.stranger.email]
    line = AuditLine.objects.get(action="case.hand_over")
    assert (line.data["from"], line.data["to"]) == (world.city.pk, world.other_city.pk)
    assert orphans() == []


def test_a_case_somebody_holds_is_nobody_elses_to_give(world: World, draft: Make) -> None:
    page = public(draft)
    with pytest.raises(WrongState):
        hand_over_case(actor=world.organiser, page=page, organisation=world.other_city, now=NOW)
    with pytest.raises(WrongState):
        archive_case(actor=world.organiser, page=page, now=NOW)
    leave(world)
    for account in (world.editor, world.stranger):
        with pytest.raises(Refused):
            hand_over_case(actor=account, page=page, organisation=world.other_city, now=NOW)
        with pytest.raises(Refused):
            archive_case(actor=account, page=page, now=NOW)
    for organisation in (world.city, make_organisation("Attente", state="pending")):
        with pytest.raises(NoNewOwner):
            hand_over_case(actor=world.organiser, page=page, organisation=organisation, now=NOW)


def test_a_note_of_the_past_says_so_and_is_asked_about_no_more(world: World, draft: Make) -> None:
    page = public(draft)
    leave(world)
    archive_case(actor=world.organiser, page=page, now=NOW)
    entry = CatalogueEntry.objects.get(page=page)
    assert entry.archived and "Note d’archive" in entry.freshness_words and not entry.stale
    assert orphans() == [] and ask_due_cases(now=NOW + timedelta(days=400)) == 0
    with pytest.raises(WrongState):
        archive_case(actor=world.organiser, page=page, now=NOW)


def test_a_note_of_the_past_lives_again_when_it_is_confirmed_or_handed_over(world: World, draft: Make) -> None:
    page, other = public(draft), public(draft, "Un autre")
    leave(world)
    for each in (page, other):
        archive_case(actor=world.organiser, page=each, now=NOW)
    confirm_case(actor=world.organiser, page=page, now=NOW + timedelta(days=1))
    hand_over_case(actor=world.organiser, page=other, organisation=world.other_city, now=NOW)
    assert not any(entry.archived for entry in CatalogueEntry.objects.all())
