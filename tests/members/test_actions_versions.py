"""A new version is put to whoever holds an older one; only their answer moves what they hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.actions import fan_out_event
from coalition.notifications.models import Delivery, Event
from members.actions import (
    ArticleGone,
    DocumentChanged,
    announce_version,
    confirm_version,
    remind_versions,
    withdraw_cosponsorship,
)
from members.enums import Binding
from members.models import Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import NOW
from tests.members.editions import ADOPTED, Editions, sha256_of

Official = Callable[..., Cosponsorship]


@pytest.fixture
def act(official: Official, chief: User, city: Organisation) -> Cosponsorship:
    return official(chief, city)


def _answer(act: Cosponsorship, actor: User, version: str, **said: Any) -> Cosponsorship:
    return confirm_version(cosponsorship=act, actor=actor, seen_sha256=sha256_of(version), now=NOW, **said)


def test_a_new_version_changes_nothing_until_the_organisation_answers(act: Cosponsorship, editions: Editions) -> None:
    editions.version = "2"
    announce_version(coalition=act.coalition, version="2", sha256=sha256_of("2"), now=NOW)
    act.refresh_from_db()
    assert act.document_version == "1"


def test_a_version_is_announced_once_and_told_to_every_representative_who_holds_an_older_one(
    act: Cosponsorship,
    chief: User,
    city: Organisation,
    official: Official,
    editions: Editions,
    make_organisation: Callable[..., Organisation],
    make_representative: Callable[..., User],
) -> None:
    colleague = make_representative(city, "Moussa", language="en")
    up_to_date = make_organisation()
    modern = make_representative(up_to_date, "Binta")
    gone = make_organisation()
    left = make_representative(gone, "Oumar")
    withdraw_cosponsorship(cosponsorship=official(left, gone), actor=left, reason="Fini.", now=NOW)
    editions.version = "2"
    official(modern, up_to_date)
    for _again in range(2):
        announce_version(coalition=act.coalition, version="2", sha256=sha256_of("2"), now=NOW)
    event = Event.objects.get(kind="cosponsorship.new_version")
    fan_out_event(event_id=event.pk, now=NOW)
    assert set(Delivery.objects.filter(event=event).values_list("address", "language")) == {
        (chief.email, "fr"),
        (colleague.email, "en"),
    }


def test_confirming_binds_the_act_and_keeps_the_version_before(
    act: Cosponsorship, chief: User, editions: Editions
) -> None:
    editions.version = "2"
    _answer(act, chief, "2")
    act.refresh_from_db()
    assert (act.document_version, act.document_sha256) == ("2", sha256_of("2"))
    held = [(line.document_version, line.how, line.signatory_name) for line in act.signed_versions.all()]
    assert held == [("1", Binding.SIGNED, str(chief)), ("2", Binding.CONFIRMED, str(chief))]
    assert Event.objects.filter(kind="cosponsorship.version_confirmed").count() == 1
    assert AuditLine.objects.get(action="cosponsorship.confirm_version").data["version"] == "2"


def test_several_versions_behind_one_answer_is_enough(act: Cosponsorship, chief: User, editions: Editions) -> None:
    editions.version = "3"
    _answer(act, chief, "3")
    assert [line.document_version for line in act.signed_versions.all()] == ["1", "3"]


def test_a_reservation_made_with_the_answer_names_the_article_and_the_version(
    act: Cosponsorship, chief: User, editions: Editions
) -> None:
    editions.version = "2"
    _answer(act, chief, "2", reservations={"partage": " Pas chaque mois. ", "ouverture": ""})
    row = act.reservations.get()
    assert (row.article_title, row.document_version, row.text) == ("Partager", "2", "Pas chaque mois.")
    assert act.signed_versions.last().how == Binding.RESERVED


def test_an_earlier_reservation_is_kept_until_she_lifts_it_or_writes_another(
    official: Official, chief: User, city: Organisation, editions: Editions
) -> None:
    act = official(chief, city, reservations={"partage": "Une fois suffit.", "ouverture": "Pas tout."})
    editions.version = "2"
    _answer(act, chief, "2", reservations={"partage": "Une fois suffit."})
    assert {row.document_version for row in act.reservations.filter(lifted_at=None)} == {"1"}
    editions.version = "3"
    _answer(act, chief, "3", reservations={"partage": "Deux fois."}, lifted=["ouverture"])
    assert [row.text for row in act.reservations.filter(lifted_at=None)] == ["Deux fois."]
    assert act.reservations.exclude(lifted_at=None).count() == 2
    assert [line.how for line in act.signed_versions.all()] == ["signed", "reserved", "reserved"]


def test_a_reservation_on_an_article_that_is_gone_stays_but_reserves_nothing(
    official: Official, chief: User, city: Organisation, editions: Editions
) -> None:
    act = official(chief, city, reservations={"preuve": "Sans contrôle."})
    editions.version = "3"
    _answer(act, chief, "3")
    assert act.reservations.get().lifted_at is None
    assert act.signed_versions.last().how == Binding.CONFIRMED


def test_a_yet_newer_version_stops_the_answer_to_the_one_that_was_read(
    act: Cosponsorship, chief: User, editions: Editions
) -> None:
    editions.version = "3"
    with pytest.raises(DocumentChanged):
        _answer(act, chief, "2")
    act.refresh_from_db()
    assert act.document_version == "1"


def test_of_two_representatives_who_answer_the_second_meets_a_conflict(
    act: Cosponsorship, chief: User, city: Organisation, editions: Editions, make_representative: Callable[..., User]
) -> None:
    colleague = make_representative(city, "Moussa")
    late = Cosponsorship.objects.get(pk=act.pk)
    editions.version = "2"
    _answer(act, chief, "2")
    with pytest.raises(WrongState):
        _answer(late, colleague, "2")
    assert act.signed_versions.count() == 2


def test_what_cannot_be_reserved_leaves_the_act_as_it_was(act: Cosponsorship, chief: User, editions: Editions) -> None:
    editions.version = "3"
    with pytest.raises(ArticleGone):
        _answer(act, chief, "3", reservations={"preuve": "Trop tard."})
    with pytest.raises(DomainError):
        _answer(act, chief, "3", reservations={"partage": "x" * 1001})
    act.refresh_from_db()
    assert (act.document_version, act.signed_versions.count()) == ("1", 1)


def test_an_organiser_does_not_answer_for_others(act: Cosponsorship, organiser: User, editions: Editions) -> None:
    editions.version = "2"
    with pytest.raises(Refused):
        _answer(act, organiser, "2")


def _day(days: int) -> datetime:
    return datetime.combine(ADOPTED["2"] + timedelta(days=days), NOW.timetz())


def test_reminders_leave_at_fourteen_and_thirty_days_once_each_however_often_the_task_runs(
    act: Cosponsorship, editions: Editions
) -> None:
    editions.version = "2"
    for days in (0, 13, 14, 14, 20, 29, 30, 31, 45):
        remind_versions(now=_day(days))
    keys = Event.objects.filter(kind="cosponsorship.version_reminder").values_list("key", flat=True)
    assert sorted(key.rsplit(":", 1)[1] for key in keys) == ["14", "30"]


def test_after_weeks_without_a_run_only_the_last_reminder_leaves(act: Cosponsorship, editions: Editions) -> None:
    editions.version = "2"
    remind_versions(now=_day(60))
    assert Event.objects.get(kind="cosponsorship.version_reminder").key.endswith(":30")


def test_nobody_is_reminded_of_the_version_they_hold(
    act: Cosponsorship, chief: User, editions: Editions, coalition: Coalition
) -> None:
    editions.version = "2"
    _answer(act, chief, "2")
    assert remind_versions(now=_day(60)) == 0
    assert not Event.objects.filter(kind="cosponsorship.version_reminder").exists()
