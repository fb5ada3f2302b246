"""Answers by mail to what was told of an amendment: comments on it."""

from datetime import datetime
from typing import Any

from coalition.core.subjects import find_subject
from coalition.discussion.actions import answer_subject
from principles.enums import AMENDMENT_SUBJECT
from principles.models import Amendment


def answer_amendment(*, account: Any, number: int, words: str, now: datetime) -> object:
    """Write `words` in the discussion of the amendment of this row, as `answer_subject`, with all it refuses."""
    amendment = Amendment.objects.select_related("charter").filter(pk=number).first()
    key = f"{amendment.charter.slug}.{amendment.number}" if amendment else ""
    return answer_subject(account=account, subject=find_subject(AMENDMENT_SUBJECT, key), words=words, now=now)
