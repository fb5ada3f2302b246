"""The revisions of a case: which there are, which were public, and what changed between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django_countries import countries
from wagtail.models import PageLogEntry, Revision

from cases.enums import (
    PART_LABELS,
    PARTS,
    SECTIONS,
    TERM_FIELDS,
    TERM_LISTS,
    UNSPOKEN,
    WORDS,
    EvidenceKind,
    Kind,
    Stage,
)
from cases.models.charts import plain_decimal
from cases.models.parts import PART_MODELS
from cases.models.terms import TermField, Terms
from cases.models.words import word_of
from coalition.core.worddiff import Operation, diff_words

MOST_REVISIONS = 100
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
CHOICES: dict[str, dict[str, Any]] = {"kind": dict(Kind.choices), "stage": dict(Stage.choices)}


@dataclass(frozen=True, slots=True)
class Change:
    """One word of a case that differs: its heading, and the words removed, added and kept."""

    name: str
    heading: str
    operations: list[Operation]


def public_revisions(page: Any) -> list[Revision]:
    """The revisions readers have seen since the case was last made public, newest first. Two queries.

    What was public before a withdrawal stays withdrawn: its reason may be in those very words.
    """
    if not page.live:
        return []
    log = PageLogEntry.objects.filter(page_id=page.pk)
    withdrawn = log.filter(action__startswith="wagtail.unpublish").order_by("-pk").values("pk")[:1]
    shown = log.filter(action__in=PUBLISHED, revision__isnull=False)
    last = withdrawn.first()
    if last is not None:
        shown = shown.filter(pk__gt=last["pk"])
    revisions = Revision.page_revisions.filter(object_id=str(page.pk), pk__in=shown.values("revision_id"))
    return list(revisions.order_by("-pk")[:MOST_REVISIONS])


def changes_between(old: Any, new: Any, terms: Terms) -> list[Change]:
    """What differs between two states of a case, in the order of the sheet."""
    found = []
    for name in (each for each in WORDS if each not in UNSPOKEN):
        before, after = text_of(name, word_of(old, name), terms), text_of(name, word_of(new, name), terms)
        if before != after:
            found.append(Change(name, heading_of(old, name), diff_words(before, after)))
    return found


def heading_of(page: Any, name: str) -> str:
    """What a word is called on the sheet."""
    if name in PARTS:
        return str(PART_LABELS[name])
    text = str(dict(SECTIONS).get(name) or page._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def text_of(name: str, value: Any, terms: Terms) -> str:
    """A word as a line to read and compare; a part as one line a row."""
    if name in PARTS:
        return "\n".join(_row_text(name, row, terms) for row in value)
    if name in TERM_FIELDS:
        return terms.label(TERM_FIELDS[name], value) if value else ""
    if name in TERM_LISTS:
        return ", ".join(terms.labels(TERM_LISTS[name], value))
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if name == "country":
        return str(countries.name(str(value))) if value else ""
    return _plain_text(value)


def _plain_text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, date):
        return format_date(value, "j F Y")
    if isinstance(value, Decimal):
        return str(plain_decimal(value))
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def _row_text(part: str, row: dict[str, Any], terms: Terms) -> str:
    said: Sequence[str] = [_cell(part, name, row[name], terms) for name in PARTS[part]]
    return " · ".join(text for text in said if text)


def _cell(part: str, name: str, value: Any, terms: Terms) -> str:
    field = PART_MODELS[part]._meta.get_field(name)
    if isinstance(field, TermField):
        return terms.label(field.vocabulary, value) if value else ""
    if part == "evidence" and name == "kind":
        return str(EvidenceKind(value).label) if value in EvidenceKind.values else str(value)
    if name == "picture":
        return _("image nº %(number)s") % {"number": value}
    return _plain_text(value)
