"""What people may follow: a case, the charter, an organisation. Named by a kind and a key that never change.

The app that owns such objects registers a source from its `apps.py`. Everything people may talk about may be followed
too, without another source.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from coalition.core.subjects import find_subjects, may_read_subject


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to follow: its title in the reader's language and its site-relative address.

    `followable` is False for what people are told of and cannot follow: it speaks once, or has a switch of its own.
    """

    kind: str
    key: str
    title: str
    url: str
    followable: bool = True


class TargetSource(Protocol):
    """Whoever owns a kind of things people follow."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those of these keys that the account (None for nobody) may read now; a fixed number of queries."""


_sources: dict[str, TargetSource] = {}


def register_target_source(kind: str, source: TargetSource) -> None:
    """Let `source` answer for things of this kind (lower-case letters). ValueError when another one does."""
    if _sources.setdefault(kind, source) is not source:
        raise ValueError(f"two sources of {kind}")


def forget_target_source(kind: str) -> None:
    """Undo `register_target_source`, for tests."""
    _sources.pop(kind, None)


def readable_targets(account: Any, kind: str, keys: Iterable[str]) -> Mapping[str, Target]:
    """What the account may read of these keys of one kind; unknown kinds and keys are left out like hidden ones."""
    if kind in _sources:
        return _sources[kind].readable(account, keys)
    return {
        key: Target(kind, key, subject.title, subject.url)
        for key, subject in find_subjects(kind, keys).items()
        if may_read_subject(account, subject)
    }


def readable_target(account: Any, kind: str, key: str) -> Target | None:
    """One of them, or None where the account may not know of it."""
    return readable_targets(account, kind, [key]).get(key)


def readable_among(account: Any, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Target]:
    """The readable ones of many (kind, key), in as many rounds as there are kinds among them."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in names:
        by_kind.setdefault(kind, set()).add(key)
    return {
        (kind, key): target
        for kind, keys in by_kind.items()
        for key, target in readable_targets(account, kind, sorted(keys)).items()
    }


@dataclass(frozen=True, slots=True)
class KeptFollow:
    """Something an account follows that its own app keeps, shown beside the rest.

    `address` takes the POST of the same buttons, `act`: "unfollow", "mute" or "follow".
    """

    title: str
    url: str
    note: str
    muted: bool
    address: str


OwnFollows = Callable[[Any], list[KeptFollow]]
_own: list[OwnFollows] = []


def register_own_follows(own: OwnFollows) -> None:
    """Let `own` say what an account follows besides; it is asked for live accounts only."""
    if own not in _own:
        _own.append(own)


def kept_follows(account: Any) -> list[KeptFollow]:
    """What apps keep of what this account follows, in the order they were registered."""
    return [one for own in _own for one in own(account)]
