"""Mails nobody wrote by hand: answers of absent people, receipts, bounces, lists."""

import re
from collections.abc import Callable
from enum import Enum

BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "mailing-list")
ROBOT_HEADERS = ("x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-auto-reply-from", "x-mail-autoreply")
ROBOTS = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|bounces?|do-?not-?reply|root)(?:[+@-]|$)"
)
ABSENT = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|réponse automatique|"
    r"reponse automatique|absence du bureau|message d['’]absence|automatische antwort|"
    r"(?:undeliverable|undelivered|mail delivery (?:failed|failure)|delivery status notification|"
    r"échec de la remise|non remis|remise différée)|(?:lu|read|accusé de lecture)\s?:)",
    re.IGNORECASE,
)


class Automatic(Enum):
    """Why a mail is not read as somebody's answer."""

    NO = ""
    BOUNCE = "bounce"
    ROBOT = "robot"
    LIST = "list"


def judge(
    *, first: Callable[[str], str], kind: str, report: str, sender: str, subject: str, envelope_sender: str | None
) -> Automatic:
    """Whether a program sent it.

    `first` gives the first header of a name, or ""; `kind` is the content type of the whole and `report` its report
    type; `envelope_sender` is "" for the null return path of bounces, None where the intake does not know it.
    """
    if _is_returned(first, kind, envelope_sender):
        return Automatic.BOUNCE if report != "disposition-notification" else Automatic.ROBOT
    if first("precedence").strip().lower() == "list" or any(first(name) for name in LIST_HEADERS):
        return Automatic.LIST
    robot = _says_robot(first) or ABSENT.match(subject) or ROBOTS.match(sender)
    return Automatic.ROBOT if robot else Automatic.NO


def _says_robot(first: Callable[[str], str]) -> bool:
    said = first("auto-submitted").partition(";")[0].strip().lower()
    bulk = first("precedence").strip().lower() in BULK
    return said not in ("", "no") or bulk or any(first(name) for name in ROBOT_HEADERS)


def _is_returned(first: Callable[[str], str], kind: str, envelope_sender: str | None) -> bool:
    """A null return path, or a report about another mail."""
    null_path = envelope_sender is not None and envelope_sender.strip() in ("", "<>")
    reported = kind == "multipart/report" or kind.startswith("message/")
    return null_path or reported or first("return-path").strip() == "<>"
