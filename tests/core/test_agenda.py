from datetime import UTC, date, datetime

import pytest

from coalition.core import agenda
from coalition.core.agenda import Deadline, personal_deadlines, public_deadlines, start_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def _one(key: str) -> Deadline:
    return Deadline(key, date(2026, 12, 1), "Essai", "/fr/", NOW)


def test_the_deadlines_of_every_source_come_together_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "_public", [])
    monkeypatch.setattr(agenda, "_personal", [])
    agenda.register_public_deadlines(lambda now: [_one("b")])
    agenda.register_public_deadlines(lambda now: [_one("a")])
    agenda.register_personal_deadlines(lambda account, now: [_one(f"c.{account}")])
    assert [one.key for one in public_deadlines(NOW)] == ["a", "b"]
    assert [one.key for one in personal_deadlines("ada", NOW)] == ["c.ada"]


def test_a_day_begins_at_midnight() -> None:
    assert start_of(date(2026, 12, 1)) == datetime(2026, 12, 1, tzinfo=UTC)
