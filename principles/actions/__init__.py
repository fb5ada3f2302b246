"""Every change of a charter and of its amendments."""

from principles.actions.charter import publish_first_version
from principles.actions.deadlines import remind_of_deadlines
from principles.actions.decisions import accept_amendment, refuse_amendment, withdraw_amendment
from principles.actions.drafts import delete_drafts_of, draft_amendment, edit_draft, open_amendment
from principles.actions.moderating import hide_amendment, restore_amendment
from principles.actions.positions import standing_now, take_position
from principles.actions.rebasing import rebase_due, rebase_pending
from principles.actions.rewriting import resolve_rebase, revise_amendment, write_leg
from principles.actions.room import (
    Saved,
    forget_waiting_words,
    joined_with,
    room_text,
    save_together,
    settle_words,
    show_presence,
)
from principles.actions.rulebook import (
    PhasesOutOfOrder,
    UnknownRule,
    announce_phases,
    set_decision_rule,
    set_phases,
)
from principles.actions.together import answer_coauthor, endorse_amendment, invite_coauthor, supporters_of
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
    DepartureUnsaid,
    EnglishMissing,
    FrenchMissing,
    MotiveMissing,
    NothingChanged,
    NoVoice,
    PhaseClosed,
    UnreadableText,
    WrittenMeanwhile,
    require_readable,
)
from principles.models import voters_of

__all__ = [
    "ArticleChanged",
    "DepartureUnsaid",
    "EnglishMissing",
    "FrenchMissing",
    "MotiveMissing",
    "NoVoice",
    "NothingChanged",
    "PhaseClosed",
    "PhasesOutOfOrder",
    "Saved",
    "UnknownRule",
    "UnreadableText",
    "WrittenMeanwhile",
    "accept_amendment",
    "announce_phases",
    "answer_coauthor",
    "delete_draft_version",
    "delete_drafts_of",
    "draft_amendment",
    "draft_version",
    "edit_draft",
    "edit_draft_version",
    "endorse_amendment",
    "forget_waiting_words",
    "hide_amendment",
    "invite_coauthor",
    "joined_with",
    "open_amendment",
    "publish_draft_version",
    "publish_first_version",
    "rebase_draft_version",
    "rebase_due",
    "rebase_pending",
    "refuse_amendment",
    "remind_of_deadlines",
    "require_readable",
    "resolve_rebase",
    "restore_amendment",
    "restore_version",
    "revise_amendment",
    "room_text",
    "save_together",
    "set_decision_rule",
    "set_phases",
    "settle_words",
    "show_presence",
    "standing_now",
    "supporters_of",
    "take_position",
    "voters_of",
    "withdraw_amendment",
    "write_leg",
]
