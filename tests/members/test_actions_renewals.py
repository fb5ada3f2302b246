"""Every year each co-sponsor is asked whether it still stands by its act."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.actions import (
    ask_due_renewals,
    ask_renewal,
    remind_renewals,
    renew_cosponsorship,
    set_threshold,
    withdraw_cosponsorship,
)
from members.enums import CosponsorshipState
from members.models import Coalition, Cosponsorship, Organisation, User
from members.models.progress import threshold_progress
from tests.members.conftest import NOW

Official = Callable[..., Cosponsorship]
DUE = NOW + timedelta(days=366)


@pytest.fixture
def act(official: Official, chief: User, city: Organisation) -> Cosponsorship:
    return official(chief, city)


def _told(kind: str) -> list[str]:
    return list(Event.objects.filter(kind=f"cosponsorship.{kind}").order_by("pk").values_list("key", flat=True))


def test_an_act_is_to_be_renewed_a_year_after_it_became_official(act: Cosponsorship) -> None:
    assert act.renew_on == date(2027, 11, 22)
    assert ask_due_renewals(now=NOW + timedelta(days=364)) == 0
    assert ask_due_renewals(now=DUE) == 1
    act.refresh_from_db()
    assert (act.state, act.renewal_asked_at) == (CosponsorshipState.TO_RENEW, DUE)


def test_late_runs_and_repeated_runs_ask_and_remind_exactly_once_a_step(act: Cosponsorship) -> None:
    asked_on = DUE + timedelta(days=40)
    for days in (0, 0, 1, 29, 30, 30, 45, 60, 61, 200):
        moment = asked_on + timedelta(days=days)
        ask_due_renewals(now=moment)
        remind_renewals(now=moment)
    assert len(_told("to_renew")) == 1
    assert [key.rsplit(":", 1)[1] for key in _told("renewal_reminder")] == ["30", "60"]


def test_after_months_without_a_run_two_reminders_do_not_leave_together(act: Cosponsorship) -> None:
    ask_due_renewals(now=DUE)
    remind_renewals(now=DUE + timedelta(days=90))
    assert [key.rsplit(":", 1)[1] for key in _told("renewal_reminder")] == ["60"]


def test_one_to_renew_stays_listed_and_does_not_count(act: Cosponsorship, coalition: Coalition) -> None:
    assert threshold_progress(coalition).total.counted == 1
    ask_due_renewals(now=DUE)
    assert threshold_progress(coalition).total.counted == 0
    assert act in Cosponsorship.objects.official()
    assert act in Cosponsorship.objects.to_renew()


def test_a_representative_renews_for_another_year_with_what_the_act_holds(act: Cosponsorship, chief: User) -> None:
    ask_due_renewals(now=DUE)
    act.refresh_from_db()
    renew_cosponsorship(cosponsorship=act, actor=chief, now=DUE + timedelta(days=3))
    assert (act.state, act.renew_on, act.document_version) == ("official", date(2028, 11, 26), "1")
    assert len(_told("renewed")) == 1
    assert AuditLine.objects.filter(action="cosponsorship.renew", actor=chief).exists()
    with pytest.raises(WrongState):
        renew_cosponsorship(cosponsorship=act, actor=chief, now=DUE)


def test_next_year_it_is_asked_and_told_again(act: Cosponsorship, chief: User) -> None:
    for year in range(2):
        moment = DUE + timedelta(days=370 * year)
        ask_due_renewals(now=moment)
        act.refresh_from_db()
        renew_cosponsorship(cosponsorship=act, actor=chief, now=moment)
    assert len(_told("to_renew")) == 2


def test_a_renewal_may_make_the_coalition_official(
    act: Cosponsorship, coalition: Coalition, organiser: User, chief: User
) -> None:
    ask_renewal(cosponsorship=act, actor=organiser, now=NOW)
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=1, kinds={}, now=NOW)
    assert coalition.state == "project"
    renew_cosponsorship(cosponsorship=act, actor=chief, now=NOW)
    coalition.refresh_from_db()
    assert coalition.state == "official"


def test_organisers_may_ask_before_the_year_is_over_and_nobody_else(
    act: Cosponsorship, organiser: User, chief: User
) -> None:
    with pytest.raises(Refused):
        ask_renewal(cosponsorship=act, actor=chief, now=NOW)
    ask_renewal(cosponsorship=act, actor=organiser, now=NOW)
    with pytest.raises(WrongState):
        ask_renewal(cosponsorship=act, actor=organiser, now=NOW)
    with pytest.raises(Refused):
        renew_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)


def test_whoever_withdrew_is_asked_nothing(act: Cosponsorship, chief: User) -> None:
    withdraw_cosponsorship(cosponsorship=act, actor=chief, reason="Fini.", now=NOW)
    assert ask_due_renewals(now=DUE) == 0
    assert _told("to_renew") == []
