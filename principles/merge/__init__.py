"""The text engine of the charter: plain Python, no framework. `diff_words` says what changed, word by word."""

from principles.merge.diff import Operation, diff_words

__all__ = ["Operation", "diff_words"]
