"""What an organisation signs, seen from below.

The charter app registers itself here from its `apps.py`; the members app asks here. A signature is bound to a
document by the hash of its canonical text, so members never imports principles.
"""

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class SignableArticle:
    """One article of a text, in the reader's language. `key` is the same in every version; `text` is Markdown."""

    key: str
    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of one article between two versions: "added", "removed", "changed" or "moved".

    `before` and `after` are the article in each version (None where it is not there); `operations` is what
    `components/diff.html` draws: pieces of text with `kind` "equal", "insert" or "delete", in reading order.
    """

    key: str
    title: str
    kind: str
    before: SignableArticle | None
    after: SignableArticle | None
    operations: Sequence[Any]


class DocumentSource(Protocol):
    """What an app that owns signable texts registers."""

    def current(self, coalition: Any) -> SignableDocument | None: ...

    def by_hash(self, sha256: str) -> SignableDocument | None: ...

    def articles(self, sha256: str) -> tuple[SignableArticle, ...] | None: ...

    def changes(self, old_sha256: str, new_sha256: str) -> tuple[ArticleChange, ...] | None: ...

    def adopted(self, coalition: Any) -> tuple[SignableDocument, ...] | None: ...

    def word_changes(self, before: str, after: str) -> Sequence[Any] | None: ...


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


def document_articles(sha256: str) -> tuple[SignableArticle, ...]:
    """The articles of the text with this hash, in their order; none when the text is unknown."""
    found = (source.articles(sha256) for source in _sources)
    return next((articles for articles in found if articles is not None), ())


def changes_between(old_sha256: str, new_sha256: str) -> tuple[ArticleChange, ...]:
    """Only the articles that differ between two versions of one text, in the order of the newer; none when unknown."""
    found = (source.changes(old_sha256, new_sha256) for source in _sources)
    return next((changes for changes in found if changes is not None), ())


def adopted_documents(coalition: Any) -> tuple[SignableDocument, ...]:
    """Every version the coalition ever adopted, newest first; none before the first."""
    found = (source.adopted(coalition) for source in _sources)
    return next((documents for documents in found if documents is not None), ())


def word_changes(before: str, after: str) -> Sequence[Any]:
    """What leads from one text to another, as `ArticleChange.operations`; empty when nobody can compare texts."""
    found = (source.word_changes(before, after) for source in _sources)
    return next((operations for operations in found if operations is not None), ())
