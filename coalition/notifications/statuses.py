"""What the status of a refusal says about the address. Plain Python."""

import re

from coalition.notifications.enums import Return

ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
NO_SUCH_ADDRESS = {"0", "1", "2", "3", "4", "6", "10"}


def judge_status(words: str) -> Return:
    """The first enhanced status (RFC 3463) in these words decides.

    HARD: 5.1.x about the recipient (no such mailbox, no such domain). NONE: 5.1.7, 5.1.8 (our own address) and 5.6, 5.7
    (what we wrote, or who we are): no fault of the address. SOFT: everything else, a full mailbox and a bare 550 too,
    which servers also say when they refuse us for a day.
    """
    found = ENHANCED.search(words)
    if found is None:
        return Return.SOFT
    kind, subject, detail = found.groups()
    if kind == "5" and subject == "1":
        return Return.HARD if detail in NO_SUCH_ADDRESS else Return.NONE
    return Return.NONE if subject in ("6", "7") else Return.SOFT
