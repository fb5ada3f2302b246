"""The mail sink: every accepted message is one complete file, and the folder does not grow for ever."""

from pathlib import Path

import pytest

from coalition.embedded import mailsink


def test_messages_are_kept_in_order_of_arrival_without_drafts(tmp_path: Path) -> None:
    first = mailsink.keep(tmp_path, b"Subject: one\r\n\r\n")
    second = mailsink.keep(tmp_path, b"Subject: two\r\n\r\n")
    assert sorted(tmp_path.iterdir()) == [first, second]


def test_the_oldest_messages_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailsink, "MOST_MESSAGES", 2)
    kept = [mailsink.keep(tmp_path, b"Subject: n\r\n\r\n") for _ in range(4)]
    assert sorted(tmp_path.iterdir()) == kept[2:]
