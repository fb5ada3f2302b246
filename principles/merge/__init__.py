"""The text engine of the charter: plain Python, no framework.

`diff_words` says what changed, word by word; `merge_texts` brings together what two sides changed, or says where a
person must decide; `rebuild` gives back any of the texts from the operations of a merge; `touched_by` names the
sentences a change touches.
"""

from principles.merge.diff import Operation, diff_words
from principles.merge.model import Conflict, MergeOperation, MergeResult, Readings, Span, rebuild
from principles.merge.threeway import merge_texts
from principles.merge.touched import Touched, touched_by

__all__ = [
    "Conflict",
    "MergeOperation",
    "MergeResult",
    "Operation",
    "Readings",
    "Span",
    "Touched",
    "diff_words",
    "merge_texts",
    "rebuild",
    "touched_by",
]
