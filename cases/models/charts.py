"""Indicators of a case as small charts: bars to one scale, their conclusion as title, their table, their source.

Several rows that measure the same thing in the same unit are one chart: what was, then each measure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Vocabulary
from cases.models.terms import Terms
from coalition.core.templatetags.typography import number

WIDTH = 400
ROOM = 110
STEP = 44
MOST_CHANGE = 200
"""Per cent: beyond, the two figures say it better than their ratio."""


@dataclass(slots=True)
class Bar:
    """One figure: when, how much, and where its bar goes (units of the drawing)."""

    label: str
    when: date | None
    value: Decimal
    words: str
    y: int = 0
    left: float = 0
    width: float = 0
    latest: bool = False

    @property
    def top(self) -> int:
        """Of the bar, below its label."""
        return self.y + 6

    @property
    def middle(self) -> int:
        """Where its figure is written."""
        return self.y + 20

    @property
    def end(self) -> float:
        """Where its figure starts."""
        return round(self.left + self.width + 8, 1)


@dataclass(slots=True)
class Chart:
    """What one indicator says."""

    title: str
    family: str
    unit: str
    source: str
    bars: list[Bar] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.bars) * STEP + 6

    @property
    def words(self) -> str:
        """What the drawing says, for those who do not see it."""
        return " ; ".join(f"{bar.label} : {bar.words}" for bar in self.bars)


def charts_of(indicators: Iterable[Any], terms: Terms) -> list[Chart]:
    """One chart for each thing measured, in the order of the case."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for each in indicators:
        groups.setdefault((each.label, each.unit), []).append(each)
    return [_chart(rows, terms) for rows in groups.values()]


def _chart(rows: list[Any], terms: Terms) -> Chart:
    first = rows[0]
    bars = [_bar(_("Avant"), row.baseline_on, row.baseline, row.unit) for row in rows if row.baseline is not None]
    bars = [*bars[:1], *(_bar(_("Mesure"), row.measured_on, row.value, row.unit) for row in rows)]
    _draw(bars)
    return Chart(
        title=_conclusion(first.label, bars),
        family=terms.label(Vocabulary.FAMILY, first.family) if first.family else "",
        unit=first.unit,
        source=" ; ".join(dict.fromkeys(row.source for row in rows if row.source)),
        bars=bars,
    )


def _bar(label: str, when: date | None, value: Decimal, unit: str) -> Bar:
    return Bar(label, when, value, f"{number(plain_decimal(value))}{_unit(unit)}")


def _unit(unit: str) -> str:
    return f"\u00a0{unit}" if unit else ""


def plain_decimal(value: Decimal) -> Decimal:
    """Without zeros that say nothing: 65.0000 -> 65, 100 stays 100."""
    short = Decimal(value).normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]


def _draw(bars: list[Bar]) -> None:
    """Bars from the common zero, to the scale of the largest; a negative value goes to the left of zero."""
    low = min(Decimal(0), *(bar.value for bar in bars))
    high = max(Decimal(0), *(bar.value for bar in bars))
    scale = Decimal(WIDTH - ROOM) / ((high - low) or 1)
    zero = -low * scale
    for rank, bar in enumerate(bars):
        bar.y = 13 + rank * STEP
        start = min(zero, zero + bar.value * scale)
        bar.left, bar.width = round(float(start), 1), round(float(abs(bar.value) * scale), 1)
        bar.latest = rank == len(bars) - 1


def _conclusion(label: str, bars: list[Bar]) -> str:
    """« Attente : de 112 min à 65 min (−42 %) »; the figure alone when there is nothing to compare it with."""
    if len(bars) == 1:
        return _("%(label)s : %(value)s") % {"label": label, "value": bars[0].words}
    first, last = bars[0], bars[-1]
    said = _("%(label)s : de %(before)s à %(after)s") % {"label": label, "before": first.words, "after": last.words}
    if first.value <= 0 or first.words.rstrip().endswith("%"):
        return said
    change = round((last.value - first.value) / first.value * 100)
    if not change or change >= MOST_CHANGE:
        return said
    sign = "+" if change > 0 else ""
    return f"{said} ({sign}{number(change)}\u202f%)"
