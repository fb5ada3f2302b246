"""A facet of a list, as `components/facets.html` draws it."""

from collections.abc import Sequence
from typing import Any


def short_facet(name: str, legend: str, options: Sequence[dict[str, Any]], most: int) -> dict[str, Any]:
    """The first `most` options and those chosen (`checked`) at sight, the others behind « more », in their order."""
    at_sight = [rank < most or bool(option["checked"]) for rank, option in enumerate(options)]
    return {
        "name": name,
        "legend": legend,
        "options": [option for option, seen in zip(options, at_sight, strict=True) if seen],
        "more": [option for option, seen in zip(options, at_sight, strict=True) if not seen],
    }
