"""What happened to a charter, in order: versions, decisions, amendments proposed, and what other sources know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, or is to happen: when, which kind, what to call it, where it is told.

    `kind` is "version", "opened", "accepted", "refused", "withdrawn", or one of a registered source ("phase").
    """

    at: datetime
    kind: str
    title: str
    url: str
    detail: str = ""


Source = Callable[[Any], Iterable[Moment]]
_sources: list[Source] = []


def register_timeline_source(source: Source) -> None:
    """Ask `source(charter)` too: what opens and closes, for instance. Called once, when its app is ready."""
    if source not in _sources:
        _sources.append(source)


def moments_of(charter: Any, own: Iterable[Moment]) -> list[Moment]:
    """`own` and what the sources know, latest first; of one instant, versions stand after what made them."""
    found = [*own, *(moment for source in _sources for moment in source(charter))]
    return sorted(found, key=lambda one: (one.at, one.kind == "version", one.title), reverse=True)
