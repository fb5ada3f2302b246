"""The text engine of the charter: plain Python, no framework.

`diff_words` says what changed, word by word; `merge_texts` brings together what two sides changed, or says where a
person must decide; `rebuild` gives back any of the texts from the operations of a merge.
"""

from principles.merge.diff import Operation, diff_words
from principles.merge.model import Conflict, MergeOperation, MergeResult, Readings, Span, rebuild
from principles.merge.threeway import merge_texts

__all__ = [
    "Conflict",
    "MergeOperation",
    "MergeResult",
    "Operation",
    "Readings",
    "Span",
    "diff_words",
    "merge_texts",
    "rebuild",
]
