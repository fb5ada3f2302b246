"""Every change of a charter and of its amendments."""

from principles.actions.charter import publish_first_version
from principles.actions.decisions import accept_amendment, refuse_amendment, withdraw_amendment
from principles.actions.drafts import delete_drafts_of, draft_amendment, edit_draft, open_amendment
from principles.actions.versions import (
    delete_draft_version,
    draft_version,
    edit_draft_version,
    publish_draft_version,
    rebase_draft_version,
    restore_version,
)
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
    "delete_draft_version",
    "delete_drafts_of",
    "draft_amendment",
    "draft_version",
    "edit_draft",
    "edit_draft_version",
    "open_amendment",
    "publish_draft_version",
    "publish_first_version",
    "rebase_draft_version",
    "refuse_amendment",
    "restore_version",
    "withdraw_amendment",
]
