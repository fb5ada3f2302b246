"""Twice a year a case is asked about, once a period, and its readers are told when nobody answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from cases.actions import (
    StaleCheckLink,
    ask_due_cases,
    confirm_case,
    confirm_case_by_link,
    publish_case,
    save_case,
    translate_case,
    unpublish_case,
)
from cases.models import CaseCheck, CasePage, CatalogueEntry
from cases.models.freshness import is_stale
from cases.notifications.freshness import CHECK_PURPOSE
from coalition.core.access import LoginNeeded, Refused, WrongState
from coalition.core.models import AuditLine
from coalition.core.tokens import issue_token
from coalition.notifications.kinds import Recipient, get_kind
from coalition.notifications.models import Event
from members.enums import Role
from tests.cases.conftest import NOW, Make, World, give_role, make_account

EVERY, ANSWER = settings.CASE_CONFIRM_EVERY, settings.CASE_STALE_AFTER
DAY = timedelta(days=1)
OLD = NOW - EVERY - DAY


def entry(page: CasePage) -> CatalogueEntry:
    return CatalogueEntry.objects.get(page_id=page.pk)


def fresh(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def public(draft: Make, when: datetime = NOW, title: str = "Le bus de nuit", **words: Any) -> CasePage:
    return publish_case(actor=None, page=draft(title, **words), now=when, announce=False)


def english(page: CasePage, when: datetime) -> CasePage:
    copy = translate_case(actor=None, page=page, language="en", now=when)
    return publish_case(actor=None, page=copy, now=when, announce=False)


def questions() -> list[Event]:
    return list(Event.objects.filter(kind="case.still_true").order_by("pk"))


def recipients(event: Event) -> list[Recipient]:
    return list(get_kind(event.kind).recipients(event))


def secret(page: CasePage, address: str) -> str:
    lifetime = timedelta(days=30)
    return issue_token(purpose=CHECK_PURPOSE, subject=page, address=address, lifetime=lifetime, now=timezone.now())


def test_a_case_is_known_true_the_day_it_is_published_and_each_later_one(world: World, draft: Make) -> None:
    page = public(draft, NOW - 90 * DAY)
    assert entry(page).checked_at == NOW - 90 * DAY
    current = fresh(page)
    save_case(actor=None, page=current, content={"summary": "Autre."}, based_on=current.latest_revision_id, now=NOW)
    assert entry(page).checked_at == NOW - 90 * DAY
    publish_case(actor=None, page=fresh(page), now=NOW, announce=False)
    assert entry(page).checked_at == NOW


def test_its_editors_are_asked_after_half_a_year_once_however_often_the_worker_runs(world: World, draft: Make) -> None:
    public(draft, NOW)
    assert ask_due_cases(now=NOW + EVERY - DAY) == 0
    assert ask_due_cases(now=NOW + EVERY) == 1
    assert ask_due_cases(now=NOW + EVERY) == ask_due_cases(now=NOW + EVERY + 10 * DAY) == 0
    [event] = questions()
    assert [recipient.address for recipient in recipients(event)] == [world.editor.email]


def test_without_an_answer_they_are_asked_again_a_period_later(world: World, draft: Make) -> None:
    public(draft, NOW)
    assert ask_due_cases(now=NOW + EVERY) == 1
    assert ask_due_cases(now=NOW + 2 * EVERY) == 1
    assert len(questions()) == 2


def test_a_clock_that_jumps_asks_nobody_twice(world: World, draft: Make) -> None:
    public(draft, NOW)
    assert ask_due_cases(now=NOW + 20 * EVERY) == 1
    assert ask_due_cases(now=NOW + EVERY) == ask_due_cases(now=NOW - EVERY) == 0
    assert not is_stale(NOW, NOW + 20 * EVERY, NOW + 2 * EVERY)
    assert len(questions()) == 1


def test_all_languages_of_a_case_are_asked_about_and_confirmed_together(world: World, draft: Make) -> None:
    page = public(draft, OLD - 30 * DAY)
    copy = english(page, OLD)
    assert entry(page).checked_at == entry(copy).checked_at == OLD
    assert ask_due_cases(now=NOW) == 1
    assert questions()[0].subject == page
    confirm_case(actor=world.editor, page=copy, now=NOW)
    assert entry(page).checked_at == entry(copy).checked_at == NOW


def test_only_those_who_write_it_confirm_and_only_what_is_public(world: World, draft: Make) -> None:
    page = public(draft, OLD)
    for account, refusal in ((world.stranger, Refused), (world.representative, Refused), (None, LoginNeeded)):
        with pytest.raises(refusal):
            confirm_case(actor=account, page=page, now=NOW)
    confirm_case(actor=world.editor, page=page, now=NOW)
    line = AuditLine.objects.get(action="case.confirm")
    assert (line.actor, line.data["by"], line.data["number"]) == (world.editor, "account", page.number)
    unpublish_case(actor=world.organiser, page=fresh(page), reason="Erreur.", now=NOW)
    with pytest.raises(WrongState):
        confirm_case(actor=world.editor, page=fresh(page), now=NOW)


def test_a_confirmation_outlives_a_withdrawal(world: World, draft: Make) -> None:
    page = public(draft, OLD)
    confirm_case(actor=world.editor, page=page, now=NOW)
    unpublish_case(actor=world.organiser, page=fresh(page), reason="Erreur.", now=NOW)
    publish_case(actor=world.organiser, page=fresh(page), now=NOW - DAY, announce=False)
    assert entry(page).checked_at == NOW


def test_the_mailed_link_confirms_once_and_only_while_its_address_writes_the_case(world: World, draft: Make) -> None:
    page = public(draft, OLD)
    used, late = secret(page, world.editor.email), secret(page, world.editor.email)
    for address in (world.stranger.email, "personne@example.org"):
        with pytest.raises(StaleCheckLink):
            confirm_case_by_link(token=secret(page, address), now=NOW)
    assert confirm_case_by_link(token=used, now=NOW) == page
    assert entry(page).checked_at == NOW
    assert AuditLine.objects.get(action="case.confirm").data["by"] == "mail link"
    with pytest.raises(StaleCheckLink):
        confirm_case_by_link(token=used, now=NOW)
    world.editor.affiliations.update(ended_on=NOW.date())
    with pytest.raises(StaleCheckLink):
        confirm_case_by_link(token=late, now=NOW)


def test_an_answer_or_a_publication_meanwhile_takes_the_question_back(world: World, draft: Make) -> None:
    page = public(draft, OLD)
    ask_due_cases(now=NOW)
    [event] = questions()
    [recipient] = recipients(event)
    kind = get_kind(event.kind)
    assert kind.visible(event, recipient)
    confirm_case(actor=world.editor, page=page, now=NOW + DAY)
    assert not kind.visible(Event.objects.get(pk=event.pk), recipient)


def test_who_left_is_not_asked_and_a_case_of_nobody_counts_as_asked(world: World, draft: Make) -> None:
    colleague = make_account("collegue@example.org")
    give_role(colleague, world.city, Role.EDITOR)
    page = public(draft, OLD)
    world.editor.affiliations.update(ended_on=NOW.date())
    ask_due_cases(now=NOW)
    assert [recipient.address for recipient in recipients(questions()[0])] == [colleague.email]
    colleague.affiliations.update(ended_on=NOW.date())
    assert recipients(Event.objects.get(kind="case.still_true")) == []
    assert CaseCheck.objects.get(number=page.number).asked_at == NOW


def test_it_is_stale_thirty_days_after_an_unanswered_question_and_never_before_one(world: World, draft: Make) -> None:
    page = public(draft, OLD)
    assert not entry(page).stale
    ask_due_cases(now=NOW)
    row = entry(page)
    assert not is_stale(row.checked_at, row.asked_at, NOW + ANSWER - DAY)
    assert is_stale(row.checked_at, row.asked_at, NOW + ANSWER)
    confirm_case(actor=world.editor, page=page, now=NOW + ANSWER)
    row = entry(page)
    assert not is_stale(row.checked_at, row.asked_at, NOW + ANSWER + DAY)


def test_a_hundred_cases_are_asked_about_in_a_bounded_number_of_queries(
    world: World, draft: Make, django_assert_max_num_queries: Any
) -> None:
    for rank in range(6):
        public(draft, OLD, f"Cas {rank}")
    with django_assert_max_num_queries(14):
        assert ask_due_cases(now=NOW) == 6
