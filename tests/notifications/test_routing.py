from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.notifications.actions import fan_out_event, record_event
from coalition.notifications.enums import Rhythm, Route
from coalition.notifications.kinds import Recipient
from coalition.notifications.models import Choice, Delivery, Follow, Notice, Preferences, StoppedAddress
from coalition.notifications.routing import quiet_end, route_for, route_people, zone_of
from members.models import User
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.posted import POSTED, mailed, many_readers, post, route_of
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def follow(account: User, key: str = "1", *, muted: bool = False) -> Follow:
    return Follow.objects.create(account=account, target_kind=KIND, target_key=key, muted=muted, created_at=NOW)


def choose(account: User, category: str, rhythm: str) -> None:
    Choice.objects.update_or_create(account=account, category=category, defaults={"rhythm": rhythm})


def test_who_follows_is_told_in_the_digest_unless_they_chose_otherwise(posted: Board) -> None:
    awa, bintou, chloe, dede = (make_reader(name) for name in ("Awa", "Bintou", "Chloe", "Dede"))
    for reader in (awa, bintou, chloe, dede):
        follow(reader)
    choose(bintou, "following", Rhythm.NOW)
    choose(chloe, "following", Rhythm.APP)
    choose(dede, "following", Rhythm.OFF)
    event = post("a")
    assert [route_of(event, one) for one in (awa, bintou, chloe, dede)] == ["daily", "now", "app", "muted"]
    assert mailed(event) == ["bintou@lecture.example"]


def test_who_is_named_and_follows_is_told_once(posted: Board) -> None:
    awa = make_reader()
    follow(awa)
    choose(awa, "following", Rhythm.NOW)
    event = post("a", awa)
    assert route_of(event, awa) == Route.NOW
    assert mailed(event) == ["awa@lecture.example"]
    assert not Notice.objects.get().as_follower


def test_whoever_follows_two_things_of_one_event_is_told_once(posted: Board) -> None:
    awa = make_reader()
    choose(awa, "following", Rhythm.NOW)
    for key in ("1", "2"):
        follow(awa, key)
    assert mailed(post("a", about=("1", "2"))) == ["awa@lecture.example"]


def test_a_silence_holds_for_what_one_took_part_in_too(posted: Board) -> None:
    awa = make_reader()
    follow(awa, muted=True)
    event = post("a", awa)
    assert route_of(event, awa) == Route.MUTED
    assert mailed(event) == []


def test_whoever_did_it_is_not_told_and_follows_from_then_on(posted: Board) -> None:
    awa = make_reader()
    follow(awa)
    event = post("a", actor=awa)
    assert route_of(event, awa) == ""
    assert Follow.objects.filter(account=awa, target_key="joined", automatic=True).exists()


def test_during_a_pause_what_would_leave_at_once_waits_for_the_digest(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    follow(bintou)
    choose(bintou, "following", Rhythm.NOW)
    for reader in (awa, bintou):
        Preferences.objects.create(account=reader, paused_until=NOW.date() + timedelta(days=3))
    event = post("a", awa)
    assert [route_of(event, one) for one in (awa, bintou)] == [Route.DAILY, Route.DAILY]
    assert mailed(event) == []


def test_quiet_hours_keep_a_mail_until_they_end(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    follow(bintou)
    choose(bintou, "following", Rhythm.NOW)
    for reader in (awa, bintou):
        Preferences.objects.create(account=reader, quiet_from=22, quiet_to=7)
    night = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    event = post("a", awa, now=night)
    ends = set(Delivery.objects.filter(event=event).values_list("not_before", flat=True))
    assert ends == {datetime(2026, 11, 23, 6, 0, tzinfo=UTC)}


def test_what_is_not_tuned_is_mailed_at_once_whatever_was_chosen(
    posted: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa = make_reader()
    monkeypatch.setitem(POSTED.__dict__, "category", "account")
    follow(awa, muted=True)
    Preferences.objects.create(account=awa, paused_until=date(2030, 1, 1))
    event = post("a", awa)
    assert route_of(event, awa) == Route.NOW
    assert mailed(event) == ["awa@lecture.example"]


def test_a_suspended_account_is_told_nothing(posted: Board) -> None:
    awa = make_reader(is_active=False)
    follow(awa)
    assert route_of(post("a"), awa) == ""


def test_a_stopped_address_is_noted_and_not_mailed_whether_named_or_following(posted: Board) -> None:
    awa, bintou, chloe = (make_reader(name) for name in ("Awa", "Bintou", "Chloe"))
    for reader in (bintou, chloe):
        follow(reader)
        choose(reader, "following", Rhythm.NOW)
    User.objects.filter(pk=bintou.pk).update(email="Bintou@Lecture.example")
    for address in (awa.email, bintou.email):
        StoppedAddress.objects.create(address=address, reason="asked", source="site", since=NOW)
    event = post("a", awa)
    states = dict(Delivery.objects.filter(event=event).values_list("account", "state"))
    assert states == {awa.pk: "suppressed", bintou.pk: "suppressed", chloe.pk: "pending"}
    held = Delivery.objects.filter(event=event, state="suppressed").values_list("last_error", flat=True)
    assert set(held) == {"address stopped: asked"}
    assert route_of(event, awa) == Route.NOW


def test_two_thousand_followers_take_as_many_queries_as_ten(posted: Board) -> None:
    counts = []
    for size in (10, 2_000):
        readers = many_readers(size) if size == 10 else [User(email=f"f{n}@grande.example") for n in range(size)]
        if size != 10:
            readers = User.objects.bulk_create(readers)
        key = f"k{size}"
        Follow.objects.bulk_create(
            Follow(account=one, target_kind=KIND, target_key=key, created_at=NOW) for one in readers
        )
        Choice.objects.bulk_create(Choice(account=one, category="following", rhythm="now") for one in readers[::2])
        event = record_event(kind=POSTED.name, key=f"test.told:{size}", subject=None, payload={"about": [key]}, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            fan_out_event(event_id=event.pk, now=NOW)
        assert Notice.objects.filter(event=event).count() == size
        assert Delivery.objects.filter(event=event, as_follower=True).count() == size // 2
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 21, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_quiet_hours_follow_the_clock_on_the_wall_through_daylight_saving(now: datetime, end: datetime | None) -> None:
    assert quiet_end(now, "Europe/Paris", 22, 7) == end


def test_no_quiet_hours_and_unknown_places_break_nothing() -> None:
    assert quiet_end(NOW, "Europe/Paris", None, None) is None
    assert quiet_end(NOW, "Europe/Paris", 9, 9) is None
    assert zone_of("Nulle/Part").key == "Europe/Paris"
    assert zone_of("../etc/passwd").key == "Europe/Paris"
    assert route_for("weekly", muted=False, paused=True) == Route.WEEKLY


def test_a_digest_waits_for_the_end_of_quiet_hours_and_of_a_pause(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    Preferences.objects.create(account=awa, quiet_from=7, quiet_to=12)
    Preferences.objects.create(account=bintou, paused_until=NOW.date() + timedelta(days=3))
    for reader in (awa, bintou):
        event = record_event(
            kind="following.digest", key=f"resume:{reader.pk}", subject=None, payload={"account": reader.pk}, now=NOW
        )
        fan_out_event(event_id=event.pk, now=NOW)
    paris = zone_of("Europe/Paris")
    assert Delivery.objects.get(account=awa).not_before == datetime(2026, 11, 22, 12, tzinfo=paris)
    assert Delivery.objects.get(account=bintou).not_before == datetime(2026, 11, 25, 8, tzinfo=paris)


def test_whoever_a_shared_mailbox_stands_for_finds_it_on_the_site_and_gets_no_mail(posted: Board) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    choose(bintou, "discussion", Rhythm.OFF)
    people = [Recipient(one.email, "fr", one.name, one.pk).only_on_site() for one in (awa, bintou)]
    box = Recipient("service@ville.example", "fr", "Ville", None)
    event = record_event(kind=POSTED.name, key="boite", subject=None, payload={"about": ["1"]}, now=NOW)
    told, _waits = route_people(event, POSTED, [*people, box], NOW)
    assert told == [box]
    assert (route_of(event, awa), route_of(event, bintou)) == (Route.APP, Route.MUTED)
