"""Remarks that stay on their sentence, or say that they lost it. Plain Python; `docs/features/discussion.md` explains.

`reanchor(anchor, old_text, new_text)` answers Kept, Moved or Orphan, and never points to a sentence with other words.
"""

from coalition.discussion.anchoring.landing import Kept, Landing, Loss, Moved, Orphan, reanchor, reanchor_all
from coalition.discussion.anchoring.places import Anchor, anchor_at, position_of
from coalition.discussion.anchoring.sentences import Sentence, SentenceKind, split_sentences
from coalition.discussion.anchoring.words import words_of

__all__ = [
    "Anchor",
    "Kept",
    "Landing",
    "Loss",
    "Moved",
    "Orphan",
    "Sentence",
    "SentenceKind",
    "anchor_at",
    "position_of",
    "reanchor",
    "reanchor_all",
    "split_sentences",
    "words_of",
]
