from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from coalition.notifications.actions import fan_out_event
from coalition.notifications.digests import slot_of, write_digest, write_due_digests
from coalition.notifications.enums import Rhythm, Route
from coalition.notifications.models import Choice, Delivery, Event, Follow, Notice, Preferences
from members.models import User
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import post
from tests.notifications.sink import SmtpSink, words_of
from tests.notifications.told import NOW, deliver

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def reader_of_the_board(name: str = "Awa", rhythm: str = Rhythm.DAILY, **fields: object) -> User:
    reader = make_reader(name, **fields)
    Follow.objects.create(account=reader, target_kind=KIND, target_key="1", created_at=NOW)
    Choice.objects.create(account=reader, category="following", rhythm=rhythm)
    return reader


def digests() -> list[Event]:
    return list(Event.objects.filter(kind="following.digest").order_by("pk"))


def test_what_waited_leaves_in_one_mail_and_never_again(posted: Board, smtp_sink: SmtpSink) -> None:
    reader_of_the_board()
    post("a")
    post("b")
    assert write_due_digests(now=NOW + DAY) == 1
    assert write_due_digests(now=NOW + DAY) == 0
    assert write_due_digests(now=NOW + 2 * DAY) == 0
    [digest] = digests()
    deliver(digest)
    [sent] = smtp_sink.accepted
    assert smtp_sink.to() == ["awa@lecture.example"]
    assert words_of(sent).count("Le panneau 1") == 2


def test_what_came_too_late_for_a_digest_is_in_the_next_one_even_with_a_lower_number(posted: Board) -> None:
    reader = reader_of_the_board()
    late = post("late", about=("other",))
    post("a")
    write_due_digests(now=NOW + DAY)
    notice = Notice.objects.create(
        account=reader, event=late, target_kind=KIND, target_key="1", route=Route.DAILY, created_at=NOW
    )
    write_due_digests(now=NOW + 2 * DAY)
    notice.refresh_from_db()
    assert [notice.digest] == digests()[1:]


def test_what_became_hidden_meanwhile_is_not_told(posted: Board, smtp_sink: SmtpSink) -> None:
    reader_of_the_board()
    post("a")
    write_due_digests(now=NOW + DAY)
    posted.hidden.add("1")
    deliver(digests()[0])
    assert smtp_sink.accepted == []
    assert Delivery.objects.get().state == "suppressed"


def test_a_pause_holds_digests_back_and_its_end_lets_everything_go_at_once(posted: Board) -> None:
    reader = reader_of_the_board()
    Preferences.objects.create(account=reader, paused_until=NOW.date() + 3 * DAY)
    post("a")
    post("b")
    assert write_due_digests(now=NOW + DAY) == 0
    assert write_due_digests(now=NOW + 4 * DAY) == 1
    assert Notice.objects.filter(digested=True).count() == 2


def test_a_changed_mind_loses_nothing_of_what_waits(posted: Board) -> None:
    reader = reader_of_the_board(rhythm=Rhythm.WEEKLY)
    post("a")
    Choice.objects.filter(account=reader).update(rhythm=Rhythm.OFF)
    post("b")
    write_due_digests(now=NOW + 8 * DAY)
    assert Notice.objects.filter(digested=True).count() == 1
    assert Notice.objects.get(route=Route.MUTED).digest is None


def test_an_account_without_news_gets_no_digest(posted: Board) -> None:
    reader = reader_of_the_board()
    assert write_digest(account_id=reader.pk, route=Route.DAILY, now=NOW) is None
    post("a")
    assert write_digest(account_id=reader.pk, route=Route.APP, now=NOW) is None


@pytest.mark.parametrize(
    ("now", "zone", "route", "slot"),
    [
        (datetime(2026, 11, 22, 6, 59, tzinfo=UTC), "Europe/Paris", "daily", date(2026, 11, 21)),
        (datetime(2026, 11, 22, 7, 0, tzinfo=UTC), "Europe/Paris", "daily", date(2026, 11, 22)),
        (datetime(2026, 3, 29, 6, 0, tzinfo=UTC), "Europe/Paris", "daily", date(2026, 3, 29)),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "Africa/Dakar", "weekly", date(2026, 11, 16)),
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "Africa/Dakar", "weekly", date(2026, 11, 16)),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Africa/Dakar", "weekly", date(2026, 11, 23)),
    ],
)
def test_a_digest_is_due_from_eight_o_clock_where_its_reader_lives(
    now: datetime, zone: str, route: str, slot: date
) -> None:
    assert slot_of(now, zone, route) == slot


STEPS = st.lists(
    st.one_of(
        st.just(("post",)),
        st.just(("run",)),
        st.tuples(st.just("choose"), st.sampled_from(Rhythm.values)),
        st.tuples(st.just("direct"), st.sampled_from(Rhythm.values)),
        st.tuples(st.just("zone"), st.sampled_from(["Europe/Paris", "Africa/Dakar", "Indian/Mauritius", "Nulle/Part"])),
        st.tuples(st.just("pause"), st.integers(-3, 20)),
        st.tuples(st.just("quiet"), st.integers(0, 23), st.integers(0, 23)),
        st.tuples(st.just("mute"), st.booleans()),
        st.tuples(st.just("clock"), st.integers(-60 * 24 * 30, 60 * 24 * 30)),
    ),
    max_size=30,
)
STARTS = st.sampled_from(
    [
        NOW,
        datetime(2026, 3, 28, 23, 30, tzinfo=UTC),  # the hour that Paris does not have
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC),  # the hour that Paris has twice
        datetime(2026, 12, 31, 22, 0, tzinfo=UTC),
    ]
)


class Life:
    """One account that follows the board and is named by every other event, and whatever happens to it."""

    def __init__(self, start: datetime) -> None:
        self.now, self.events = start, list[Event]()
        self.reader = reader_of_the_board()
        Preferences.objects.create(account=self.reader)

    def step(self, what: str, *values: object) -> None:
        preferences = Preferences.objects.filter(account=self.reader)
        match what, values:
            case "post", ():
                named = [self.reader] if len(self.events) % 2 else []
                self.events.append(post(f"{len(self.events)}", *named, now=self.now))
            case "run", ():
                write_due_digests(now=self.now)
            case "choose" | "direct", (str(rhythm),):
                category = "following" if what == "choose" else "discussion"
                Choice.objects.update_or_create(account=self.reader, category=category, defaults={"rhythm": rhythm})
            case "zone", (zone,):
                User.objects.filter(pk=self.reader.pk).update(time_zone=zone)
            case "pause", (int(days),):
                preferences.update(paused_until=self.now.date() + days * DAY)
            case "quiet", (start, end):
                preferences.update(quiet_from=start, quiet_to=end)
            case "mute", (muted,):
                Follow.objects.filter(account=self.reader).update(muted=muted)
            case "clock", (int(minutes),):
                self.now += timedelta(minutes=minutes)

    def end(self) -> None:
        """The pause is over some day, and runs go on."""
        Preferences.objects.update(paused_until=None)
        for days in (40, 48, 56):
            write_due_digests(now=self.now + days * DAY)
        for digest in digests():
            fan_out_event(event_id=digest.pk, now=self.now)

    def times_told(self, event: Event) -> int:
        """How many mails tell the account of the event."""
        itself = Delivery.objects.filter(event=event, account=self.reader).count()
        held = Notice.objects.filter(event=event, account=self.reader).values("digest")
        return itself + Delivery.objects.filter(event__in=held, account=self.reader).count()


@given(start=STARTS, steps=STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_each_event_reaches_its_reader_by_exactly_one_route_whatever_happens(
    posted: Board, start: datetime, steps: list[tuple[object, ...]]
) -> None:
    with transaction.atomic():
        life = Life(start)
        for what, *values in steps:
            life.step(str(what), *values)
        life.end()
        for event in life.events:
            notice = Notice.objects.get(event=event, account=life.reader)
            by_mail = notice.route in (Route.NOW, Route.DAILY, Route.WEEKLY)
            assert life.times_told(event) == (1 if by_mail else 0), (notice.route, steps)
        transaction.set_rollback(True)
