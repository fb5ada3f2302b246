"""What programs read: parsed back, and looked at line by line where the form itself matters."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from coalition.core.agenda import Deadline
from coalition.notifications.agenda.calendar import sequence_of, write_calendar

CHANGED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TITLE = "Réunion, suite ; « à l’été » \\ été\nDEUXIÈME ligne " + "très longue " * 12
MOMENT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def _write(*deadlines: Deadline, zone: str = "Europe/Paris") -> bytes:
    return write_calendar(name="Réseau : échéances", deadlines=deadlines, zone=zone, language="fr")


def _deadline(**values: Any) -> Deadline:
    return Deadline(
        **{"key": "charter.x", "when": MOMENT, "title": TITLE, "url": "/fr/charte/", "changed_at": CHANGED, **values}
    )


def _events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_words_come_back_as_they_were_and_no_line_is_too_long() -> None:
    data = _write(_deadline(note="Première\nSeconde"))
    event = _events(data)[0]
    assert str(event["SUMMARY"]) == TITLE
    assert str(event["DESCRIPTION"]).startswith("Première\nSeconde\nhttp")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_title_cannot_add_a_line_of_its_own() -> None:
    data = _write(_deadline(title="Fin\r\nEND:VEVENT\r\nATTENDEE:mailto:ada@example.org"))
    assert len(_events(data)) == 1
    assert "ATTENDEE" not in _events(data)[0]


def test_a_moment_stands_on_the_clock_of_the_reader_s_wall() -> None:
    data = _write(_deadline())
    start = _events(data)[0]["DTSTART"].dt
    assert (start, start.utcoffset()) == (MOMENT.astimezone(ZoneInfo("Europe/Paris")), timedelta(hours=1))
    assert b"TZID=Europe/Paris:20261201T090000" in data
    assert b"BEGIN:VTIMEZONE" in data
    assert b"TZID=Africa/Tunis:20261201T090000" in _write(_deadline(), zone="Africa/Tunis")
    dakar = _events(_write(_deadline(), zone="Africa/Dakar"))[0]["DTSTART"].dt
    assert (dakar, dakar.utcoffset()) == (MOMENT, timedelta(0))
    summer = _write(_deadline(when=datetime(2027, 7, 1, 8, 0, tzinfo=UTC)))
    assert _events(summer)[0]["DTSTART"].dt.utcoffset() == timedelta(hours=2)


def test_a_zone_nobody_knows_is_that_of_paris() -> None:
    assert b"TZID=Europe/Paris" in _write(_deadline(), zone="Mars/Olympus")


def test_a_day_is_a_day_in_every_zone() -> None:
    data = _write(_deadline(when=date(2026, 12, 31)))
    assert b"DTSTART;VALUE=DATE:20261231" in data
    assert b"DTEND;VALUE=DATE:20270101" in data
    assert b"VTIMEZONE" not in data


def test_a_deadline_keeps_its_name_and_says_when_it_changed() -> None:
    before = _events(_write(_deadline()))[0]
    later = CHANGED + timedelta(hours=5)
    after = _events(_write(_deadline(when=MOMENT + timedelta(days=9), changed_at=later)))[0]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["DTSTAMP"].dt, after["LAST-MODIFIED"].dt) == (CHANGED, later)


def test_the_same_deadlines_are_the_same_bytes() -> None:
    assert _write(_deadline()) == _write(_deadline())


def test_no_deadline_is_a_calendar_too() -> None:
    calendar = Calendar.from_ical(_write())
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert not _events(_write())


def test_what_changed_long_ago_has_a_number_all_the_same() -> None:
    assert sequence_of(datetime(2019, 1, 1, tzinfo=UTC)) == 0
