"""Every change of a charter and of its amendments."""

from principles.actions.charter import publish_first_version
from principles.actions.decisions import accept_amendment, refuse_amendment, withdraw_amendment
from principles.actions.drafts import delete_drafts_of, draft_amendment, edit_draft, open_amendment
from principles.actions.wording import (
    ArticleChanged,
    EnglishMissing,
    MotiveMissing,
    NothingChanged,
    UnreadableText,
)

__all__ = [
    "ArticleChanged",
    "EnglishMissing",
    "MotiveMissing",
    "NothingChanged",
    "UnreadableText",
    "accept_amendment",
    "delete_drafts_of",
    "draft_amendment",
    "edit_draft",
    "open_amendment",
    "publish_first_version",
    "refuse_amendment",
    "withdraw_amendment",
]
