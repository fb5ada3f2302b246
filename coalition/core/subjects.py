"""What people may talk about: an article, an amendment, later a case. Named by a kind and a key that never change.

The app that owns such objects registers a source from its `apps.py`; the discussion app asks here and never imports it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from coalition.core.access import Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """One object as a discussion sees it.

    `title` is in the reader's language, `url` site-relative; `is_open` says whether anything new may be said; `number`
    is the version whose passages are remarked on today, 0 when it has none; `obj` is whatever the source needs itself.
    """

    kind: str
    key: str
    title: str
    url: str
    is_open: bool
    number: int = 0
    obj: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Wording:
    """The Markdown text of a subject in one version and one language."""

    number: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A text of a subject before and after a new version, `number`; `after` is empty when the subject is gone."""

    kind: str
    key: str
    language: str
    number: int
    before: str
    after: str


class SubjectSource(Protocol):
    """Whoever owns a kind of objects people talk about."""

    def find(self, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Those of these keys that exist, in any state; a fixed number of queries."""

    def may_read(self, account: Any, subject: Subject) -> Verdict:
        """May the account (None for nobody) read the object itself?"""

    def authors(self, subject: Subject) -> Iterable[Any]:
        """The accounts that wrote the object and want to hear what is said of it."""

    def wording(self, subject: Subject, number: int, language: str) -> Wording | None:
        """The text in this version, or None where there is none."""

    def version_url(self, key: str, number: int) -> str:
        """Where the object is read in this version; no query."""


RevisionListener = Callable[..., object]
_sources: dict[str, SubjectSource] = {}
_listeners: list[RevisionListener] = []


def register_subject_source(kind: str, source: SubjectSource) -> None:
    """Let `source` answer for objects of this kind (lower-case letters). ValueError when another one does."""
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"two sources of {kind}")


def forget_subject_source(kind: str) -> None:
    """Undo `register_subject_source`, for tests."""
    _sources.pop(kind, None)


def subject_kinds() -> frozenset[str]:
    """Every kind people may talk about."""
    return frozenset(_sources)


def find_subjects(kind: str, keys: Iterable[str]) -> Mapping[str, Subject]:
    """The subjects of one kind by key; unknown kinds and keys are left out."""
    source = _sources.get(kind)
    return source.find(keys) if source else {}


def find_subject(kind: str, key: str) -> Subject | None:
    """One subject in whatever state, or None."""
    return find_subjects(kind, [key]).get(key)


def may_read_subject(account: Any, subject: Subject | None) -> Verdict:
    """The verdict of its owner; HIDDEN for what is not there and for whatever the owner does not plainly allow."""
    if subject is None or subject.kind not in _sources:
        return Verdict.HIDDEN
    verdict = _sources[subject.kind].may_read(account, subject)
    return verdict if verdict is Verdict.ALLOWED else Verdict.HIDDEN


def subject_authors(subject: Subject) -> list[Any]:
    """The accounts that wrote it."""
    return list(_sources[subject.kind].authors(subject))


def subject_wording(subject: Subject, number: int, language: str) -> Wording | None:
    """Its text in a version and a language, or None."""
    return _sources[subject.kind].wording(subject, number, language)


def subject_version_url(kind: str, key: str, number: int) -> str:
    """Where it is read in a version; "" for a kind nobody owns any more."""
    source = _sources.get(kind)
    return source.version_url(key, number) if source else ""


def register_revision_listener(listener: RevisionListener) -> None:
    """Have `listener(revisions=…, now=…)` called in the transaction that makes a new version."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_revisions(revisions: Sequence[Revision], now: datetime) -> None:
    """Tell every listener which texts a new version changed; nothing for none. Called by whoever made the version."""
    for listener in _listeners if revisions else ():
        listener(revisions=revisions, now=now)
