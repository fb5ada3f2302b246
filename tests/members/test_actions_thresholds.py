"""The number of co-sponsors that makes a coalition official."""

from collections.abc import Callable

import pytest

from coalition.core.access import Refused
from coalition.core.models import AuditLine
from coalition.notifications.actions import fan_out_event
from coalition.notifications.models import Delivery, Event
from members.actions import ThresholdUnclear, set_threshold, withdraw_cosponsorship
from members.enums import CoalitionState
from members.models import Coalition, Cosponsorship, Organisation, Support, User
from members.models.progress import threshold_progress
from tests.members.conftest import NOW

Official = Callable[..., Cosponsorship]
Make = Callable[..., Organisation]


def _ask(coalition: Coalition, organiser: User, needed: int, **kinds: int) -> Coalition:
    return set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=needed, kinds=kinds, now=NOW)


def _official(coalition: Coalition) -> bool:
    coalition.refresh_from_db()
    return coalition.state == CoalitionState.OFFICIAL and coalition.official_since is not None


def test_the_approval_that_reaches_every_number_makes_the_coalition_official_once(
    coalition: Coalition,
    organiser: User,
    official: Official,
    make_organisation: Make,
    make_representative: Callable[..., User],
) -> None:
    _ask(coalition, organiser, 2, university=1)
    for kind, reached in (("authority", False), ("authority", False), ("university", True), ("university", True)):
        body = make_organisation(kind=kind)
        official(make_representative(body), body)
        assert _official(coalition) is reached
    assert Event.objects.filter(kind="coalition.official").count() == 1
    assert AuditLine.objects.filter(action="coalition.official").count() == 1


def test_a_coalition_that_asks_for_no_number_stays_what_people_made_it(
    coalition: Coalition, official: Official, chief: User, city: Organisation
) -> None:
    official(chief, city)
    assert not _official(coalition)


def test_passing_back_below_is_seen_and_undoes_nothing(
    coalition: Coalition, organiser: User, official: Official, chief: User, city: Organisation
) -> None:
    _ask(coalition, organiser, 1)
    act = official(chief, city)
    withdraw_cosponsorship(cosponsorship=act, actor=chief, reason="Fini.", now=NOW)
    assert _official(coalition)
    assert threshold_progress(coalition).fell_back


def test_a_lower_number_already_reached_makes_it_official_at_once(
    coalition: Coalition, organiser: User, official: Official, chief: User, city: Organisation
) -> None:
    _ask(coalition, organiser, 5, authority=2)
    official(chief, city)
    _ask(coalition, organiser, 1)
    assert _official(coalition)
    assert not coalition.kind_thresholds.exists()
    before = AuditLine.objects.filter(action="coalition.set_threshold").order_by("pk").last()
    assert before is not None
    assert before.data["before"] == {"needed": 5, "kinds": {"authority": 2}}


@pytest.mark.parametrize(("needed", "kinds"), [(2, {"authority": 3}), (-1, {}), (10_000, {}), (5, {"martian": 1})])
def test_numbers_that_contradict_each_other_are_refused(
    coalition: Coalition, organiser: User, needed: int, kinds: dict[str, int]
) -> None:
    with pytest.raises(ThresholdUnclear):
        _ask(coalition, organiser, needed, **kinds)
    coalition.refresh_from_db()
    assert coalition.cosponsors_needed == 0


def test_only_organisers_set_the_numbers(coalition: Coalition, chief: User) -> None:
    with pytest.raises(Refused):
        _ask(coalition, chief, 1)


def test_co_sponsors_supporters_and_organisers_are_told_each_once(
    coalition: Coalition, organiser: User, official: Official, chief: User, city: Organisation, make_organiser: object
) -> None:
    for number, (email, state) in enumerate((("ana@example.org", "active"), ("bo@example.org", "withdrawn"))):
        Support.objects.create(
            coalition=coalition, kind="person", name=f"P{number}", email=email, state=state, created_at=NOW
        )
    Support.objects.create(
        coalition=coalition, kind="organisation", organisation=city, account=chief, state="active", created_at=NOW
    )
    _ask(coalition, organiser, 1)
    official(chief, city)
    event = Event.objects.get(kind="coalition.official")
    Event.objects.filter(pk=event.pk).update(actor=None)
    fan_out_event(event_id=event.pk, now=NOW)
    told = sorted(Delivery.objects.filter(event=event).values_list("address", flat=True))
    assert told == sorted(["ana@example.org", chief.email, organiser.email])
