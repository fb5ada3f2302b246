"""Lists of words that several apps share, as the app that keeps them knows them: the urban domains.

That app registers a source from its `apps.py`; whoever holds keys asks here and never imports it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

DOMAIN = "domain"
_KEY = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a list: its key never changes; `label` is in the reader's language; `offered` to authors today."""

    key: str
    label: str
    offered: bool = True


Source = Callable[[], Sequence[Word]]
_sources: dict[str, Source] = {}


def register_vocabulary(name: str, source: Source) -> None:
    """Let `source` say the words of this list, in their order, in one query. ValueError when another one does."""
    if _sources.setdefault(name, source) is not source:
        raise ValueError(f"two sources of {name}")


def forget_vocabulary(name: str) -> None:
    """Undo `register_vocabulary`, for tests."""
    _sources.pop(name, None)


def vocabulary(name: str) -> dict[str, Word]:
    """The words of a list by key, in their order; none for a list nobody keeps. One query."""
    source = _sources.get(name)
    return {word.key: word for word in source()} if source else {}


def is_key(value: str) -> bool:
    """Whether a text may be the key of a word."""
    return bool(_KEY.fullmatch(value))
