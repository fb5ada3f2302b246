"""The words of a case as plain values, so that forms, actions, comparisons, imports and exports speak of the same."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.enums import CONTENT_FIELDS, MOST_ROWS, PARTS, WORDS
from cases.models.charts import plain_decimal
from cases.models.parts import PART_MODELS
from cases.models.terms import Terms, unknown_terms

Row = dict[str, Any]


def rows_of(page: Any, part: str) -> list[Row]:
    """The rows of one part, as mappings of its fields; a picture by its key."""
    names = ["picture_id" if name == "picture" else name for name in PARTS[part]]
    rows = getattr(page, part).all()
    return [{name.removesuffix("_id"): getattr(row, name) for name in names} for row in rows]


def words_of(page: Any) -> dict[str, Any]:
    """Every word of a case: fields by name, parts as lists of rows."""
    plain = {name: getattr(page, name) for name in CONTENT_FIELDS}
    return plain | {part: rows_of(page, part) for part in PARTS}


def told_row(row: Mapping[str, Any]) -> Row:
    """A row as JSON holds it: decimals and days as text, so that no digit is lost."""
    return {name: _told(value) for name, value in row.items()}


def _told(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(plain_decimal(value))
    return value.isoformat() if isinstance(value, date) else value


def told_words(page: Any) -> dict[str, Any]:
    """Every word of a case as JSON holds it. A picture stays the key of a picture."""
    plain = {name: _told(getattr(page, name)) for name in CONTENT_FIELDS}
    plain |= {"country": str(plain["country"] or "")}
    return plain | {part: [told_row(row) for row in rows_of(page, part)] for part in PARTS}


def word_of(page: Any, name: str) -> Any:
    """One of them."""
    return rows_of(page, name) if name in PARTS else getattr(page, name)


def fill_parts(page: Any) -> None:
    """Put the rows `with_parts` brought along into the case in memory, so that reading them asks nothing more."""
    for part, model in PART_MODELS.items():
        rows = []
        for rank, found in enumerate(getattr(page, f"parts_{part}", ())):
            values = {f"{key}_id" if key == "picture" else key: found[key] for key in PARTS[part]}
            row: Any = model(**{key: _field(model, key).to_python(value) for key, value in values.items()})
            row.sort_order = rank
            row.size = (found["width"], found["height"]) if part == "pictures" else None
            rows.append(row)
        setattr(page, part, rows)


def _field(model: Any, name: str) -> Any:
    return model._meta.get_field(name.removesuffix("_id"))


def full_row(part: str, row: Mapping[str, Any]) -> Row:
    """A row with every field of its part; what it does not name is as a new row has it."""
    model = PART_MODELS[part]
    return {name: row[name] if name in row else _field(model, name).get_default() for name in PARTS[part]}


def same_word(kept: Any, given: Any) -> bool:
    """Whether two values say the same; nothing, an empty text and an empty list are the same."""
    return bool(kept == given) or (not kept and not given and kept != 0 and given != 0)


def changed_words(page: Any, content: Mapping[str, Any]) -> list[str]:
    """Names of the words of `content` that the case does not say yet."""
    given = {
        name: [full_row(name, row) for row in content[name]] if name in PARTS else content[name]
        for name in WORDS
        if name in content
    }
    return [name for name, value in given.items() if not same_word(word_of(page, name), value)]


def write_words(page: Any, content: Mapping[str, Any]) -> None:
    """Put words into a case in memory. Rows are new objects, so that no row of another revision is touched."""
    for name in WORDS:
        if name not in content:
            continue
        if name not in PARTS:
            setattr(page, name, content[name])
            continue
        model = PART_MODELS[name]
        rows = [
            {f"{key}_id" if key == "picture" else key: value for key, value in row.items() if key in PARTS[name]}
            for row in content[name]
        ]
        setattr(page, name, [model(sort_order=rank, **row) for rank, row in enumerate(rows)])


def check_parts(page: Any) -> None:
    """ValidationError naming the part when one of its rows cannot be kept, or when there are too many."""
    errors: dict[str, list[str]] = {}
    for part in PARTS:
        rows = list(getattr(page, part).all())
        if len(rows) > MOST_ROWS:
            errors[part] = [_("Gardez au plus %(most)d lignes.") % {"most": MOST_ROWS}]
        for rank, row in enumerate(rows, 1):
            try:
                row.clean_fields(exclude=["page", "id"])
                row.clean()
            except ValidationError as error:
                errors.setdefault(part, []).extend(_in_words(rank, error))
    if errors:
        raise ValidationError(errors)


def _in_words(rank: int, error: ValidationError) -> list[str]:
    return [_("Ligne %(rank)d : %(error)s") % {"rank": rank, "error": text} for text in error.messages]


def check_terms(page: Any, terms: Terms) -> None:
    """ValidationError naming the field when the case holds a value no vocabulary defines."""
    strange = unknown_terms({name: getattr(page, name) for name in CONTENT_FIELDS}, terms)
    if strange:
        raise ValidationError({name: [_("Cette valeur n’est pas dans la liste.")] for name in strange})
