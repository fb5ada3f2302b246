"""A draft as its page shows it: the questions of one depth, and the rows of what repeats."""

from collections.abc import Mapping
from typing import Any

from django.forms.utils import ErrorDict

from cases.enums import CONTENT_FIELDS, PART_LABELS, PARTS, Depth
from cases.forms.rows import HELP_OF_ROWS, Rows, rows_for
from cases.forms.sheet import CaseForm
from cases.models import CasePage, Terms
from cases.models.words import words_of

PARTS_OF: dict[str, tuple[str, ...]] = {Depth.FIVE: (), Depth.TWENTY: ("partners",), Depth.FULL: tuple(PARTS)}
"""What repeats, at each depth."""


def _held(words: CasePage | None, based_on: int | None) -> dict[str, Any]:
    """What the case says, as forms start from it, and which revision that is."""
    if words is None:
        return {}
    said = words_of(words)
    start = words.latest_revision_id if based_on is None else based_on
    return said | {"country": str(said["country"] or ""), "based_on": start}


class DraftForms:
    """The form of a draft and its rows, kept and refused together."""

    def __init__(
        self,
        data: Any = None,
        *,
        depth: str,
        words: CasePage | None = None,
        said: Mapping[str, Any] | None = None,
        organisations: Any = None,
        based_on: int | None = None,
    ) -> None:
        """`words`: the case as last saved. `said`: what its author says instead, in the form of `content()`."""
        self.depth, self.terms = depth, Terms.load()
        held = _held(words, based_on) | dict(said or {})
        plain = {name: held[name] for name in (*CONTENT_FIELDS, "based_on") if name in held}
        self.form = CaseForm(data, initial=plain, depth=depth, terms=self.terms, organisations=organisations)
        self.rows: dict[str, Rows] = {part: self._rows(part, data, held) for part in PARTS_OF[depth]}

    def _rows(self, part: str, data: Any, held: Mapping[str, Any]) -> Rows:
        """The rows that were sent; those the case holds when this part was not sent."""
        sent = data if data is not None and f"{part}-TOTAL_FORMS" in data else None
        return rows_for(part, terms=self.terms, data=sent, initial=held.get(part, ()))

    def with_another_row(self, part: str) -> None:
        """Show what was typed with one more empty row, before anything is judged or saved."""
        data: Any = self.form.data
        data = data.copy()
        count = self.rows[part].total_form_count() if part in self.rows else 0
        if part in self.rows:
            data[f"{part}-TOTAL_FORMS"] = str(count + 1)
            self.rows[part] = rows_for(part, terms=self.terms, data=data)
        for rows in self.rows.values():
            rows.stay_silent()
        form: Any = self.form
        form._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Everything can be kept."""
        judged = [self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values() if rows.is_bound)]
        return all(judged)

    def content(self) -> dict[str, Any]:
        """What was asked and written. Parts that were not sent at all are not said."""
        return self.form.content() | {part: rows.kept for part, rows in self.rows.items() if rows.is_bound}

    @property
    def row_errors(self) -> list[tuple[str, int, Any]]:
        """(name of the part, rank of the row, question) of what was refused among the rows."""
        return [
            (str(PART_LABELS[part]), rank, field)
            for part, rows in self.rows.items()
            if rows.is_bound
            for rank, field in rows.row_errors
        ]

    def parts(self) -> list[dict[str, Any]]:
        """The rows as the page shows them."""
        return [
            {"name": part, "title": PART_LABELS[part], "help": HELP_OF_ROWS[part], "rows": rows}
            for part, rows in self.rows.items()
            if part != "pictures" or rows.total_form_count()
        ]
