"""A charter and its immutable versions; amendments, positions on them, and decisions."""

from principles.models.amendments import Amendment, CoAuthor, Endorsement, Touch, Wording
from principles.models.charters import Charter, Version, VersionArticle, article_rows
from principles.models.decisions import Decision, MinorityOpinion, Position, PositionEntry
from principles.models.hiding import HiddenWords, columns_with_words, columns_without_words, uncover, words_of
from principles.models.joining import LONGEST, WORDS, Clash, Joined, Words, join_words, settled
from principles.models.outcome import outcome_text, rank_after
from principles.models.preparing import DraftVersion
from principles.models.rebase import Rebase, rebase
from principles.models.room import DraftRevision, Presence, words_shown, written_words
from principles.models.standing import Standing, standing_of
from principles.models.texts import (
    MAX_MOTIVE,
    MAX_TEXT,
    MAX_TITLE,
    MIN_MOTIVE,
    UNREADABLE,
    ArticleText,
    CharterText,
    canonical_form,
    fingerprint,
    settle_text,
)
from principles.models.touching import touches_of
from principles.models.voters import voters_of

__all__ = [
    "LONGEST",
    "MAX_MOTIVE",
    "MAX_TEXT",
    "MAX_TITLE",
    "MIN_MOTIVE",
    "UNREADABLE",
    "WORDS",
    "Amendment",
    "ArticleText",
    "Charter",
    "CharterText",
    "Clash",
    "CoAuthor",
    "Decision",
    "DraftRevision",
    "DraftVersion",
    "Endorsement",
    "HiddenWords",
    "Joined",
    "MinorityOpinion",
    "Position",
    "PositionEntry",
    "Presence",
    "Rebase",
    "Standing",
    "Touch",
    "Version",
    "VersionArticle",
    "Wording",
    "Words",
    "article_rows",
    "canonical_form",
    "columns_with_words",
    "columns_without_words",
    "fingerprint",
    "join_words",
    "outcome_text",
    "rank_after",
    "rebase",
    "settle_text",
    "settled",
    "standing_of",
    "touches_of",
    "uncover",
    "voters_of",
    "words_of",
    "words_shown",
    "written_words",
]
