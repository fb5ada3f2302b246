"""The command that writes every mail into a folder."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coalition.notifications.management.commands import preview_mails
from coalition.notifications.previews import composing


def test_every_mail_is_written_in_both_languages_as_html_and_text(tmp_path: Path) -> None:
    call_command("preview_mails", out=tmp_path / "mails", verbosity=0)
    names = {path.name for path in (tmp_path / "mails").iterdir()}
    assert {f"case.published.{language}.{part}" for language in ("fr", "en") for part in ("html", "txt")} <= names
    assert len(names) == 4 * len(composing.previewed_kinds())
    assert "<h1" in (tmp_path / "mails" / "case.published.fr.html").read_text()


def test_a_mail_that_is_too_big_fails_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "LARGEST_MAIL", 10)
    monkeypatch.setattr(preview_mails, "previewed_kinds", lambda: composing.previewed_kinds()[:1])
    with pytest.raises(CommandError, match="Too big"):
        call_command("preview_mails", out=tmp_path, verbosity=0)
