"""Minority opinions: what those who were not followed said, printed with the article it is about.

Whoever knows such opinions registers a source, a function of a version that gives them; the files ask all sources.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Opinion:
    """One voice on one article: whose, what it says in a word (`stance`, translated when printed), and its reason."""

    article_key: str
    who: str
    stance: str | Promise
    text: str
    on: date
    address: str


Source = Callable[[Any], Iterable[Opinion]]
_sources: list[Source] = []


def register_opinion_source(source: Source) -> None:
    """Ask `source(version)` too when opinions are printed; called once, when the app that knows them is ready."""
    if source not in _sources:
        _sources.append(source)


def opinions_on(version: Any) -> tuple[Opinion, ...]:
    """Every opinion about the articles of a version, by date, then by who holds it and what it says."""
    found = (opinion for source in _sources for opinion in source(version))
    return tuple(sorted(found, key=lambda one: (one.on, one.who, one.address, one.text)))
