"""A city takes its cases out, drafts included: each with everything it says, in a form our import reads back."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.enums import CONTENT_FIELDS, PARTS
from cases.models import CasePage
from cases.models.words import told_words
from members.models import Organisation

CHUNK = 100
COLUMNS: tuple[str, ...] = (
    "id", "number", "language", "translated_from", "state", "organisation", *CONTENT_FIELDS, *PARTS,
)  # fmt: skip
LONGEST_XLSX_CELL = 32_767
GUARDED = re.compile(r"'+\s*[=+\-@]")
"""A text that begins as one we guarded: it gets one more apostrophe, so that reading it back takes off ours only."""


def export_cases(*, organisation: Organisation) -> Iterator[dict[str, Any]]:
    """The cases of an organisation in their latest words, as JSON holds them, originals before their translations.

    `id` is the owner's identifier, or "case-" and the number: it brings a line back to its case. Pictures are told by
    their address and rights. Three queries a hundred cases; nothing is held whole. The caller has asked the door.
    """
    cases = CasePage.objects.filter(organisation=organisation)
    ids = dict(cases.exclude(external_id="").values_list("number", "external_id"))
    rows = cases.select_related("organisation", "locale", "latest_revision").with_reviews()
    for page in rows.order_by("number", "translated_from", "pk").iterator(chunk_size=CHUNK):
        revision: Any = page.latest_revision
        read = page if revision is None else CasePage.from_serializable_data(revision.content, check_fks=False)
        words = told_words(read)
        for picture in words["pictures"]:
            picture["url"] = settings.BASE_URL + reverse("case_picture", args=[picture.pop("picture")])
        yield {
            "id": page.external_id or ids.get(page.number) or f"case-{page.number}",
            "number": page.number,
            "language": page.language,
            "translated_from": page.translated_from,
            "state": page.review_state.value,
            "organisation": organisation.name,
            **words,
        }


def json_line(*, case: dict[str, Any]) -> str:
    """One line of JSONL."""
    return json.dumps(case, ensure_ascii=False) + "\n"


def cells_of(*, case: dict[str, Any], longest: int | None = None) -> list[Any]:
    """The cells of a line, in the order of COLUMNS: lists between semicolons, rows of a part as JSON.

    `longest`: characters a cell can hold; rows that do not fit are left out rather than cut, and an import leaves
    what a case says when a cell is empty.
    """
    return [_cell(case[name], longest) for name in COLUMNS]


def _cell(value: Any, longest: int | None) -> Any:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    text = _joined(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        return "" if text is None else text
    if longest is None:
        return f"'{text}" if GUARDED.match(text) else text
    return "" if len(text) > longest else text


def _joined(values: list[Any]) -> str:
    """Keys between semicolons, rows as JSON; nothing for none."""
    if all(isinstance(one, str) for one in values):
        return " ; ".join(values)
    return json.dumps(values, ensure_ascii=False)
