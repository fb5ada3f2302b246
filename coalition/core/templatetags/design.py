"""Small computations the components need: signs of states, voices, tallies, page windows, hashes.

The components themselves are the files of templates/components/, each with its variables at its top.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.template.context import Context
from django.utils.translation import gettext as _, ngettext

register = template.Library()

# state or stage -> class of its sign in atlas.css: empty, quarter, half, full, crossed, or grey
SIGNS = {
    "idea": "project", "pilot": "pilot", "evaluation": "eval", "scaled": "done", "stopped": "stop",
    "project": "project", "draft": "project", "pending": "project", "proposed": "project", "planned": "project",
    "reservation": "project", "awaiting": "pilot", "submitted": "eval", "running": "eval", "in_review": "eval",
    "open": "open", "accepted": "done", "agree": "done", "confirmed": "done", "official": "done", "adopted": "done",
    "published": "done", "met": "done", "refused": "stop", "objection": "stop", "declined": "stop", "missed": "stop",
    "modified": "done", "withdrawn": "flat", "abstain": "flat", "closed": "flat", "archived": "flat",
}  # fmt: skip
SIGN_CLASSES = frozenset(SIGNS.values()) | {"eval"}
VOICES = (("agree", "yes"), ("abstain", "abs"), ("reservation", "res"), ("objection", "obj"), ("silent", "non"))
LONGEST_TALLY = 24
MINUTE_TICKS = 2


@register.filter
def sign(state: object) -> str:
    """The class of the sign drawn before the word of a state or stage; "flat" for a state nobody has drawn yet."""
    key = str(getattr(state, "value", state))
    return SIGNS.get(key) or (key if key in SIGN_CLASSES else "flat")


@register.filter
def hash_groups(value: object, short: bool = False) -> list[str]:
    """A hash in groups of four characters; with `short`, the first two and the last with "…" between."""
    text = str(value or "")
    groups = [text[start : start + 4] for start in range(0, len(text), 4)]
    return [groups[0], groups[1], "…", groups[-1]] if short and len(groups) > 4 else groups


@register.filter
def diff_words(operations: Iterable[Sequence[str]] | None) -> list[tuple[str, str]]:
    """(operation, text) pairs with operations named equal, insert or delete; also takes "=", "+", "-"."""
    names = {"=": "equal", " ": "equal", "+": "insert", "-": "delete"}
    return [(names.get(pair[0], pair[0]), pair[1]) for pair in operations or []]


@register.filter
def field_anchor(field: BoundField) -> str:
    """The id an error link leads to: the input, or the first option of a group of inputs."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)


@register.filter
def bare_label(label: object) -> str:
    """The label of a question without its end mark, to be followed by a colon."""
    return str(label or "").rstrip(" .:?\u00a0\u202f")


@register.filter
def has_errors(form: Form | None) -> bool:
    """True when this bound form was sent and refused."""
    return bool(form is not None and getattr(form, "is_bound", False) and form.errors)


@register.simple_tag(takes_context=True)
def nav_current(context: Context, url: str) -> str:
    """What aria-current says of a menu link: "page" on that page, "true" on a page below it, "" elsewhere."""
    request = context.get("request")
    path = getattr(request, "path", "")
    if not url or not path:
        return ""
    if path == url:
        return "page"
    return "true" if path.startswith(url.rstrip("/") + "/") else ""


@register.simple_tag
def page_window(page: Page) -> list[int | None]:
    """Page numbers to show: first, last, two each side of this one; None stands for a gap."""
    last = page.paginator.num_pages
    wanted = sorted({1, last, *range(max(1, page.number - 2), min(last, page.number + 2) + 1)})
    window: list[int | None] = []
    for shown in wanted:
        if window and window[-1] is not None and shown - window[-1] > 1:
            window.append(shown - 1 if shown - window[-1] == 2 else None)
        window.append(shown)
    return window


def _count(counts: Any, name: str) -> int:
    value = counts.get(name, 0) if isinstance(counts, Mapping) else getattr(counts, name, 0)
    return int(value or 0)


def voices_words(counts: Any) -> str:
    """ "14 d’accord, 3 abstentions, ..." : what the squares say, for those who do not see them. Zeros are left out."""
    said = [
        (ngettext("%(n)d d’accord", "%(n)d d’accord", _count(counts, "agree")), "agree"),
        (ngettext("%(n)d abstention", "%(n)d abstentions", _count(counts, "abstain")), "abstain"),
        (ngettext("%(n)d réserve", "%(n)d réserves", _count(counts, "reservation")), "reservation"),
        (ngettext("%(n)d objection", "%(n)d objections", _count(counts, "objection")), "objection"),
        (ngettext("%(n)d pas encore exprimée", "%(n)d pas encore exprimées", _count(counts, "silent")), "silent"),
    ]
    parts = [words % {"n": _count(counts, name)} for words, name in said if _count(counts, name)]
    return ", ".join(parts) or _("aucune voix")


@register.inclusion_tag("components/voices.html")
def voices(counts: Any) -> dict[str, Any]:
    """One square, one organisation. `counts` (mapping or object): agree, abstain, reservation, objection, silent."""
    squares = [style for name, style in VOICES for _each in range(_count(counts, name))]
    return {"squares": squares, "words": voices_words(counts)}


@register.inclusion_tag("components/voices_rule.html")
def voices_rule(counts: Any, threshold: int = 0) -> dict[str, Any]:
    """The rule on one line: a square a voice, thirty units each, and a mark after `threshold` voices (0: none)."""
    squares = [style for name, style in VOICES for _each in range(_count(counts, name))]
    width = max(len(squares), threshold, 1) * 30 + 3
    mark = threshold * 30
    words = voices_words(counts)
    if threshold:
        words = _("%(voices)s ; seuil à %(threshold)d") % {"voices": words, "threshold": threshold}
    return {
        "squares": [{"style": style, "x": index * 30 + 1} for index, style in enumerate(squares)],
        "width": width,
        "threshold": threshold,
        "mark": mark,
        "text_x": mark - 8 if mark > width / 2 else mark + 8,
        "anchor": "end" if mark > width / 2 else "start",
        "words": words,
    }


@register.inclusion_tag("components/voices_key.html")
def voices_key(counts: Any = None) -> dict[str, Any]:
    """The key of the squares; with `counts`, how many of each."""
    numbers = {name: _count(counts, name) for name, _style in VOICES} if counts is not None else None
    return {"numbers": numbers}


@dataclass(frozen=True)
class TallyRow:
    """One line of a tally: its sign, its word, its true count, and how many signs are drawn."""

    stage: str
    label: str
    count: int
    marks: range
    url: str


@register.inclusion_tag("components/tally.html")
def tally(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts as rows of signs. `rows`: stage, label, count, url (optional).

    One sign is one case up to 24 on the longest line; beyond, one sign stands for 5, 10, 50 ... and a line says so.
    A count that is not zero always shows one sign at least.
    """
    rows = list(rows)
    most = max((int(row["count"]) for row in rows), default=0)
    unit = next(u for u in (1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, most or 1) if most <= u * LONGEST_TALLY)
    drawn = [
        TallyRow(
            stage=str(row["stage"]),
            label=str(row["label"]),
            count=int(row["count"]),
            marks=range(-(-int(row["count"]) // unit)),
            url=str(row.get("url", "")),
        )
        for row in rows
    ]
    return {"rows": drawn, "unit": unit}


@register.inclusion_tag("components/time_bar.html")
def time_bar(minutes: int, longest: int = 30) -> dict[str, Any]:
    """A bar as long as the time it asks: ten units a minute, a black segment every other two minutes."""
    step = 2 * MINUTE_TICKS
    ticks = [start * 10 for start in range(0, minutes, step)]
    return {"width": minutes * 10, "frame": longest * 10 + 1, "ticks": ticks, "tick": MINUTE_TICKS * 10}
