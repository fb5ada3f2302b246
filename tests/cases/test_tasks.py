"""Publication on a later day: planned by an organiser, done once by the worker, told to the writers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import (
    EditConflict,
    publish_due_case,
    save_case,
    schedule_case,
    take_back_case,
)
from cases.actions.publication import DatePassed
from cases.enums import ReviewState
from cases.models import CasePage, CatalogueEntry
from cases.tasks import publish_scheduled
from coalition.core.access import Refused, WrongState
from coalition.notifications.models import Event
from members.models import User
from tests.cases.conftest import NOW, Make, World

LATER = NOW + timedelta(days=3)


def fresh(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def planned(world: World, page: CasePage) -> CasePage:
    return schedule_case(actor=world.organiser, page=page, at=LATER, based_on=page.latest_revision_id, now=NOW)


def test_nothing_is_public_before_its_day_and_everything_on_it(world: World, submitted: Make) -> None:
    page = planned(world, submitted())
    assert page.review_state == ReviewState.SCHEDULED
    assert publish_due_case(page=page, now=NOW + timedelta(days=2)) is None
    assert not CatalogueEntry.objects.exists()
    live = publish_due_case(page=page, now=LATER)
    assert live is not None and live.live
    assert fresh(page).review_state == ReviewState.PUBLISHED
    assert publish_due_case(page=page, now=LATER) is None
    assert Event.objects.filter(kind="case.published").count() == 1


def test_planned_words_stand_still_until_their_writers_take_them_back(world: World, submitted: Make) -> None:
    page = planned(world, submitted())
    with pytest.raises(WrongState):
        save_case(actor=world.editor, page=page, content={"title": "Autre"}, based_on=page.latest_revision_id, now=NOW)
    take_back_case(actor=world.editor, page=page, now=NOW)
    assert fresh(page).review_state == ReviewState.DRAFT
    assert publish_due_case(page=page, now=LATER) is None


def test_only_organisers_plan_and_only_for_later_and_what_they_read(world: World, submitted: Make) -> None:
    page = submitted()
    read = page.latest_revision_id
    with pytest.raises(Refused):
        schedule_case(actor=world.editor, page=page, at=LATER, based_on=read, now=NOW)
    with pytest.raises(DatePassed):
        schedule_case(actor=world.organiser, page=page, at=NOW, based_on=read, now=NOW)
    with pytest.raises(EditConflict):
        schedule_case(actor=world.organiser, page=page, at=LATER, based_on=read + 1, now=NOW)


def test_the_worker_publishes_what_is_due(world: World, submitted: Make) -> None:
    due, later = submitted("Aujourd’hui"), submitted("Demain")
    for page, moment in ((due, timedelta(hours=-1)), (later, timedelta(days=1))):
        planned(world, page)
        page.revisions.update(approved_go_live_at=timezone.now() + moment)
    publish_scheduled()
    assert list(CatalogueEntry.objects.values_list("title", flat=True)) == ["Aujourd’hui"]
    publish_scheduled()
    assert CatalogueEntry.objects.count() == 1


def test_an_organiser_plans_from_the_review_page(
    world: World, submitted: Make, signed_in: Callable[[User], Client]
) -> None:
    page, organiser = submitted(), signed_in(world.organiser)
    address = reverse("case_schedule", args=[page.pk])
    refused = organiser.post(address, {"based_on": page.latest_revision_id, "publish_on": "2020-01-01"})
    assert refused.status_code == 422 and "Choisissez un jour à venir" in refused.content.decode()
    organiser.post(address, {"based_on": page.latest_revision_id, "publish_on": "2099-01-02"})
    assert fresh(page).review_state == ReviewState.SCHEDULED
    shown = signed_in(world.editor).get(reverse("case_edit", args=[page.pk])).content.decode()
    assert "Sa publication est programmée" in shown and "Reprendre le cas" in shown
