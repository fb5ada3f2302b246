"""What pages of several apps show of co-sponsors: the way to the threshold, versions held, what an act waits for."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _, ngettext

from coalition.core.documents import adopted_documents, current_document
from coalition.core.templatetags.typography import date_words
from members.enums import PUBLIC, CosponsorshipState
from members.models import Coalition, Cosponsorship
from members.models.progress import (
    HeldVersion,
    ThresholdLine,
    count_versions,
    held_versions,
    threshold_progress,
)

register = template.Library()

SQUARE = 30
LEAST_SQUARES = 24
MOST_SQUARES = 60
BAR = LEAST_SQUARES * SQUARE
HOLDING = (*PUBLIC, CosponsorshipState.SUBMITTED)


@register.inclusion_tag("members/parts/threshold.html")
def threshold(coalition: Coalition, acts: Sequence[Cosponsorship] | None = None) -> dict[str, Any]:
    """How far the coalition is from being official: a line of squares for each number to reach, and its words.

    `acts`: all its public acts with their organisations, when the page has read them.
    """
    progress = threshold_progress(coalition, acts)
    lines = [progress.total, *progress.kinds] if progress.is_set else []
    longest = max((max(line.needed, line.counted) for line in lines), default=0)
    return {
        "coalition": coalition,
        "progress": progress,
        "lines": [_drawn(line, longest) for line in lines],
        "since": coalition.official_since,
    }


def _drawn(line: ThresholdLine, longest: int) -> dict[str, Any]:
    """A line as squares, one an organisation, or, when they would be too many, as a bar to scale."""
    unit = SQUARE if longest <= MOST_SQUARES else BAR / longest
    mark = round(line.needed * unit)
    width = max(longest, LEAST_SQUARES) * SQUARE if unit == SQUARE else BAR
    return {
        "line": line,
        "words": _words(line),
        "as_bar": unit != SQUARE,
        "squares": [
            {"x": rank * SQUARE + 1, "there": rank < line.counted} for rank in range(max(line.counted, line.needed))
        ]
        if unit == SQUARE
        else [],
        "filled": round(line.counted * unit),
        "width": width + 3,
        "mark": mark,
        "text_x": mark - 8 if mark > width / 2 else mark + 8,
        "anchor": "end" if mark > width / 2 else "start",
    }


def _words(line: ThresholdLine) -> str:
    counts = {"n": line.counted, "needed": line.needed, "kind": line.label, "missing": line.missing}
    if not line.kind:
        said = ngettext(
            "%(n)d co-porteur officiel sur %(needed)d.", "%(n)d co-porteurs officiels sur %(needed)d.", line.counted
        )
    else:
        said = _("%(kind)s : %(n)d, il en faut au moins %(needed)d.")
    if line.reached:
        reached = _("C’est atteint.")
        return f"{said % counts} {reached}"
    missing = ngettext("Il en manque %(missing)d.", "Il en manque %(missing)d.", line.missing)
    return f"{said % counts} {missing % counts}"


@register.inclusion_tag("members/parts/versions_held.html")
def versions_held(coalition: Coalition, acts: Sequence[Cosponsorship] | None = None) -> dict[str, Any]:
    """How many co-sponsors hold each version of the charter, newest first; `acts` as for the threshold."""
    public = Cosponsorship.objects.filter(coalition=coalition)
    rows = public.by_version() if acts is None else count_versions(acts)
    adopted = adopted_documents(coalition)
    version, sha256 = (adopted[0].version, adopted[0].sha256) if adopted else ("", "")
    return versions_table(held_versions(rows, {one.version: one.url for one in adopted}, version, sha256))


@register.inclusion_tag("members/parts/versions_held.html")
def versions_table(rows: Sequence[HeldVersion]) -> dict[str, Any]:
    """The same table of versions, for a page that has counted them."""
    return {"rows": rows, "behind": sum(row.count for row in rows if not row.in_force)}


@register.inclusion_tag("members/parts/act_versions.html")
def act_versions(act: Cosponsorship) -> dict[str, Any]:
    """Whether a newer version waits for this act's organisation, and the reservations it lifted."""
    current = current_document(act.coalition) if act.state in HOLDING else None
    lifted = [row for row in act.reservations.all() if row.lifted_at is not None]
    return {
        "lifted": [_lifted(row) for row in lifted],
        "waiting": current if current is not None and current.sha256 != act.document_sha256 else None,
    }


def _lifted(row: Any) -> dict[str, Any]:
    said = _("réserve levée le %(day)s : %(text)s") % {"day": date_words(row.lifted_at), "text": row.text}
    return {"date": row.made_at.date(), "title": row.article_title, "text": said}
