"""What a reader asks of the list of cases, read from an address, and written back into one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language_info, gettext as _
from django_countries import countries

from cases.enums import Sort, Stage
from coalition.core.languages import reader_language
from coalition.core.text import one_line

LONGEST_TEXT = 200
LONGEST_CITY = 120
KEY = re.compile(r"[a-z0-9_-]{1,40}")
PARAMETERS = frozenset({"q", "stage", "domain", "country", "city", "sort"})
"""The names an address may hold; the API answers 400 to any other."""
PLURALS = {"stage": "stages", "domain": "domains", "country": "countries"}


def in_language(code: str) -> str:
    """« en français », « en anglais »: the language a text is in, said in the reader's."""
    name = str(get_language_info(code)["name_translated"])
    return _("en %(language)s") % {"language": name if reader_language() == "en" else name.lower()}


@dataclass(frozen=True, slots=True)
class Selection:
    """Words, facets and order. Values nobody knows were dropped: an old or mistyped address still shows a list.

    `partly`: a part of the words is enough, because nothing says all of them; no address holds it.
    """

    q: str = ""
    stages: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    city: str = ""
    sort: str = ""
    partly: bool = False

    @property
    def order(self) -> str:
        """The order asked; relevance when words are searched and nothing else was asked."""
        if self.sort and (self.sort != Sort.RELEVANCE or self.q):
            return self.sort
        return Sort.RELEVANCE if self.q else Sort.UPDATED

    def without(self, name: str, value: str = "") -> "Selection":
        """The same selection with one filter off (`name` as in an address), or one value of it."""
        if name in PLURALS:
            kept = tuple(item for item in getattr(self, PLURALS[name]) if value and item != value)
            changes: dict[str, Any] = {PLURALS[name]: kept}
        else:
            changes = {name: ""}
        return replace(self, **changes)

    def with_city(self, city: str) -> "Selection":
        """The same selection in one city."""
        return replace(self, city=city)

    def with_stage(self, stage: str) -> "Selection":
        """The same selection at one stage only."""
        return replace(self, stages=(stage,))

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as an address holds them."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [("stage", value) for value in self.stages]
        pairs += [("domain", value) for value in self.domains]
        pairs += [("country", value) for value in self.countries]
        pairs += [("city", self.city)] if self.city else []
        pairs += [("sort", self.sort)] if self.sort else []
        return pairs

    def query(self) -> str:
        """ "?stage=pilot&q=mairie", or "" when there is nothing to say."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""


def _known(asked: list[str], known: Mapping[str, Any] | frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in asked if value in known))


def _words(text: str, longest: int) -> str:
    return one_line(text)[:longest].strip()


def _keys(asked: list[str], known: Collection[str] | None) -> tuple[str, ...]:
    """Keys of terms: those of the vocabulary, or all that are written as keys when it was not read."""
    kept = [key for key in asked if (KEY.fullmatch(key) if known is None else key in known)]
    return tuple(dict.fromkeys(kept))


def read_selection(query: QueryDict, *, domains: Collection[str] | None = None) -> Selection:
    """The selection an address asks for. Texts lose control characters and what exceeds their length; never raises.

    `domains`: the keys of the vocabulary, where the caller has it.
    """
    sort = query.get("sort", "")
    return Selection(
        q=_words(query.get("q", ""), LONGEST_TEXT),
        stages=_known(query.getlist("stage"), frozenset(Stage.values)),
        domains=_keys(query.getlist("domain"), domains),
        countries=_known([code.upper() for code in query.getlist("country")], countries.countries),
        city=_words(query.get("city", ""), LONGEST_CITY),
        sort=sort if sort in Sort.values else "",
    )


def unknown_parameters(
    query: QueryDict, *, domains: Collection[str], besides: frozenset[str] = frozenset()
) -> list[str]:
    """What an address asks that a strict reader (the API) does not offer: names first, then "name=value" pairs.

    `domains`: the keys of the vocabulary.
    """
    strange = sorted(set(query) - PARAMETERS - besides)
    choices = {"stage": Stage.values, "domain": domains, "sort": Sort.values}
    for name, known in choices.items():
        strange += [f"{name}={value}" for value in query.getlist(name) if value not in known]
    strange += [f"country={code}" for code in query.getlist("country") if code.upper() not in countries.countries]
    return strange
