"""The folder where a demo keeps the mail it sent, read as a mailbox."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.utils import timezone

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,180}\.eml")
SHOWN = 200


@dataclass(frozen=True)
class StoredMail:
    """One mail of the folder, as its reader would see it."""

    name: str
    subject: str
    sender: str
    to: str
    date: datetime
    text: str
    html: str


def list_mail(folder: Path) -> list[StoredMail]:
    """The latest mails of the folder, newest first. A folder that does not exist yet is an empty mailbox."""
    files = [path for path in folder.glob("*.eml") if FILE_NAME.fullmatch(path.name)]
    files.sort(key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    return [_read(path) for path in files[:SHOWN]]


def read_mail(folder: Path, name: str) -> StoredMail:
    """The mail of that file name. FileNotFoundError for a name that is not one of this folder's mails."""
    path = folder / name
    if not FILE_NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise FileNotFoundError(name)
    return _read(path)


def _read(path: Path) -> StoredMail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return StoredMail(
        name=path.name,
        subject=str(message.get("Subject", "")),
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        date=_date(message, path),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _date(message: EmailMessage, path: Path) -> datetime:
    """When it was written; the file's own time where the header cannot be read."""
    try:
        date = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_default_timezone())
    return date if timezone.is_aware(date) else timezone.make_aware(date)
