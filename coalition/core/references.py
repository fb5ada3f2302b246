"""What an app below points at by a key and an app above can name: articles of the charter.

The charter's app registers a source from its `apps.py`; whoever holds keys asks here and never imports that app.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing a key stands for: its name in the reader's language and where to read it."""

    key: str
    label: str
    url: str


class ReferenceSource(Protocol):
    """Whoever can name keys."""

    def offered(self) -> Sequence[Reference]:
        """Everything one may point at today, in reading order."""

    def resolve(self, keys: Iterable[str]) -> Sequence[Reference]:
        """The references of these keys, in reading order; keys it does not know are left out."""


_sources: list[ReferenceSource] = []


def register_reference_source(source: ReferenceSource) -> None:
    """Let `source` name keys; asked in the order of registration."""
    if source not in _sources:
        _sources.append(source)


def references_offered() -> list[Reference]:
    """Everything one may point at today."""
    return [reference for source in _sources for reference in source.offered()]


def resolve_references(keys: Sequence[str]) -> list[Reference]:
    """What these keys stand for, each once; no query for no keys. Keys nobody knows any more are left out."""
    found: dict[str, Reference] = {}
    for source in _sources if keys else ():
        for reference in source.resolve(keys):
            found.setdefault(reference.key, reference)
    return list(found.values())
