"""Where a case is: a city the gazetteer knows brings its number and its degrees, unless the authors give theirs."""

from collections.abc import Mapping
from typing import Any

from cases.models import CasePage
from members.actions.organisations import place_facts

NAMED = ("country", "city", "geoname_id")
DEGREES = ("latitude", "longitude")


def with_place(*, page: CasePage, content: Mapping[str, Any]) -> dict[str, Any]:
    """`content` with the number and the degrees of its city, when it names one.

    Degrees the authors give are kept; those that only repeat what `page` held for another city are not theirs any
    more. A city nobody knows keeps its name and has no number. Degrees are decimal; None when unknown.
    """
    if not any(name in content and content[name] != getattr(page, name) for name in NAMED):
        return dict(content)
    country, city, number = (content.get(name, getattr(page, name)) for name in NAMED)
    facts = place_facts(country=str(country or ""), city=city or "", geoname_id=number)
    facts.pop("city")
    return {**content, **facts, **_given_degrees(page, content)}


def _given_degrees(page: CasePage, content: Mapping[str, Any]) -> dict[str, Any]:
    """Degrees the authors give, or nothing when they give none or only repeat those of the other city."""
    given = {name: content.get(name) for name in DEGREES}
    repeated = given == {name: getattr(page, name) for name in DEGREES}
    return {} if None in given.values() or repeated else given
