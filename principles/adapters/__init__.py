"""The charter as lower apps know it: a text to sign, articles one may point at, subjects to talk about."""

from principles.actions.revisions import ARTICLE
from principles.adapters.documents import article_changes, article_references, charter_source
from principles.adapters.history import minority_opinions, phase_moments, refused_wordings, voices_on
from principles.adapters.subjects import AMENDMENT, amendment_subjects, article_subjects
from principles.adapters.targets import CHARTER, charter_targets

__all__ = [
    "AMENDMENT",
    "ARTICLE",
    "CHARTER",
    "amendment_subjects",
    "article_changes",
    "article_references",
    "article_subjects",
    "charter_source",
    "charter_targets",
    "minority_opinions",
    "phase_moments",
    "refused_wordings",
    "voices_on",
]
