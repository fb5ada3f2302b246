"""Reading a folder of mails, odd ones included."""

from pathlib import Path

import pytest

from coalition.notifications.mailbox import list_mail, read_mail


def test_a_folder_that_does_not_exist_is_an_empty_mailbox(tmp_path: Path) -> None:
    assert list_mail(tmp_path / "absent") == []


def test_a_mail_with_no_header_an_unknown_charset_or_broken_bytes_is_still_shown(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes(b"Content-Type: text/plain; charset=nope\r\nDate: hier\r\n\r\ncaf\xc3\xa9 \xff")
    mails = {mail.name: mail for mail in list_mail(tmp_path)}
    assert mails["a.eml"].subject == ""
    assert mails["a.eml"].date.tzinfo is not None
    assert mails["b.eml"].text.startswith("caf")


@pytest.mark.parametrize("name", ["../a.eml", "/etc/passwd", "a.txt", "", ".eml", "a.eml\n"])
def test_a_name_that_is_not_a_mail_of_the_folder_is_not_found(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: a\r\n\r\n")
    with pytest.raises(FileNotFoundError):
        read_mail(tmp_path / "sub", name)
    assert read_mail(tmp_path, "a.eml").subject == "a"
