"""What an organisation signs, seen from below.

The charter app registers itself here from its `apps.py`; the members app asks here. A signature is bound to a
document by the hash of its canonical text, so members never imports principles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class SignableDocument:
    """One immutable text. `sha256` is 64 lower-case hex digits of its canonical form; `url` is site-relative."""

    key: str
    title: str
    version: str
    sha256: str
    url: str
    adopted_on: date


class DocumentSource(Protocol):
    """What an app that owns signable texts registers."""

    def current(self, coalition: Any) -> SignableDocument | None: ...

    def by_hash(self, sha256: str) -> SignableDocument | None: ...


_sources: list[DocumentSource] = []


def register_document_source(source: DocumentSource) -> None:
    """Add `source`; called once from the owning app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def _first(find: Callable[[DocumentSource], SignableDocument | None]) -> SignableDocument | None:
    return next((found for source in _sources if (found := find(source))), None)


def current_document(coalition: Any) -> SignableDocument | None:
    """The text the coalition asks its members to sign today, or None when none is adopted."""
    return _first(lambda source: source.current(coalition))


def document_by_hash(sha256: str) -> SignableDocument | None:
    """The text with this hash, current or superseded, or None."""
    return _first(lambda source: source.by_hash(sha256))
