"""What people write in cells becomes words of a case: dates as French or machines write them, decimal commas, oui and
non, names of values in either language or their keys, lists. One reader for the lines of a file and for the API.

    reader = CellReader()
    words = reader.words({"title": "Un tour par SMS", "started_on": "12/03/2024", "instruments": "Données ; Marché"})
"""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _, override
from django_countries import countries
from django_countries.fields import CountryField

from cases.actions.writing import InvalidCase
from cases.enums import CONTENT_FIELDS, MOST_ROWS, PARTS, Stage
from cases.models import CasePage, Terms
from cases.models.pages import PrinciplesField
from cases.models.parts import PART_MODELS
from cases.models.terms import TermField, TermListField
from coalition.core.errors import DomainError
from coalition.core.references import references_offered
from coalition.core.text import fold
from members.merge import country_names

WRITTEN_PARTS: tuple[str, ...] = tuple(part for part in PARTS if part != "pictures")
"""Parts a file or a program may write. Pictures are sent one by one on the site, with their rights."""
WRITTEN: tuple[str, ...] = (*CONTENT_FIELDS, *WRITTEN_PARTS)
NEEDED = frozenset({"title", "kind", "stage", "domain"})
"""Words that are never empty."""
LONGEST_CELL = 200_000

YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[t ]\d{2}:\d{2}(?::\d{2})?)?")
DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})")
IN_WORDS = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]+)\.?\s+(\d{4})")
YES = frozenset({"oui", "yes", "vrai", "true", "1", "x", "o", "y"})
NO = frozenset({"non", "no", "faux", "false", "0", "n"})
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
OTHER_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:(?!\d)")
"""javascript:… and the like; a name and a port are none."""
SPACES = re.compile("[\\s\u00a0\u202f]+")


class BadCell(DomainError):
    """This cell does not say what its column asks: the sentence for whoever wrote it."""


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166 alpha-2 code by folded name in the site's languages, and by code."""
    named = {name: code for code, _name in countries for name in country_names(code)}
    return named | {code.lower(): code for code, _name in countries}


@cache
def month_ranks() -> dict[str, int]:
    """1 to 12 by folded name of the month in the site's languages, whole or its first three or four letters."""
    ranks: dict[str, int] = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            for rank, name in MONTHS.items():
                folded = fold(str(name))
                ranks |= {folded: rank, folded[:4]: rank}
                ranks.setdefault(folded[:3], rank)
    return ranks


def choice_keys(choices: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    """The key of a choice by its folded key or its folded name in either language."""
    keys: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            keys |= {fold(str(label)): str(key) for key, label in choices}
    return keys | {fold(str(key)): str(key) for key, _label in choices}


def read_text(field: Any, value: Any) -> str:
    """A text without what nobody sees; line breaks where the field has room for several lines."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise BadCell(_("Un texte est attendu."))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNWANTED.search(text):
        raise BadCell(_("Ce texte contient des caractères illisibles."))
    if not isinstance(field, models.TextField):
        text = re.sub(r"\s*[\n\t]\s*", " ", text)
    limits = [check.limit_value for check in field.validators if isinstance(check, MaxLengthValidator)]
    longest = min([LONGEST_CELL, *(int(limit) for limit in limits if not callable(limit))])
    if len(text) > longest:
        raise BadCell(
            _("Ce texte dépasse %(longest)d caractères : il en a %(length)d.")
            % {"longest": longest, "length": len(text)}
        )
    return text


def read_line(value: Any) -> str:
    """A text on one line, such as an identifier. Raises BadCell."""
    return read_text(CasePage._meta.get_field("external_id"), value)


def read_url(field: Any, value: Any) -> str:
    """A web address; « https:// » is put before one that has no scheme. The model judges the rest."""
    text = read_text(field, value)
    if text and "://" not in text and not OTHER_SCHEME.match(text):
        text = f"https://{text}"
    if text and not text.lower().startswith(("http://", "https://")):
        raise BadCell(_("Une adresse web commence par https:// ou http://."))
    return text


def read_day(_field: Any, value: Any) -> date:
    """2024-03-12, 2024-03, 2024, 12/03/2024, 03/2024, « 12 mars 2024 »; the day comes before the month.

    The first of the month or of the year when the day is not told.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        day = _day_in(fold(str(value)))
    except ValueError:
        day = None
    if day is None:
        raise BadCell(_("Cette date ne se lit pas : écrivez par exemple 12/03/2024 ou 2024-03-12."))
    return day


def _day_in(text: str) -> date | None:
    """The day of a folded text; None when it has another form, ValueError when no calendar has it."""
    if found := YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    if found := DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1] or 1))
    if (found := IN_WORDS.fullmatch(text)) and found[2] in month_ranks():
        return date(int(found[3]), month_ranks()[found[2]], int(found[1] or 1))
    return None


def read_truth(_field: Any, value: Any) -> bool:
    """Oui or non."""
    word = fold(str(value))
    if word in YES or value is True:
        return True
    if word in NO or value is False:
        return False
    raise BadCell(_("Répondez par oui ou par non."))


def read_decimal(field: Any, value: Any) -> Decimal:
    """A number, with a decimal comma or point, spaces between thousands."""
    if isinstance(value, bool):
        raise BadCell(_("Un nombre est attendu."))
    text = SPACES.sub("", str(value)).replace("−", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadCell(_("Un nombre est attendu.")) from None
    if not number.is_finite() or len(text) > 40:
        raise BadCell(_("Un nombre est attendu."))
    if isinstance(field, models.DecimalField):
        return _within(field, number)
    return number


def _within(field: Any, number: Decimal) -> Decimal:
    """The number in plain notation, when the column can hold it."""
    whole = field.max_digits - field.decimal_places
    if abs(number) >= Decimal(10) ** whole:
        raise BadCell(_("Ce nombre est trop grand."))
    rounded = number.quantize(Decimal(1).scaleb(-field.decimal_places))
    if rounded != number:
        raise BadCell(_("Gardez au plus %(places)d chiffres après la virgule.") % {"places": field.decimal_places})
    return rounded


def read_float(field: Any, value: Any) -> float:
    """Decimal degrees."""
    if isinstance(value, float) and math.isfinite(value):
        return value
    return float(read_decimal(field, value))


def read_whole(field: Any, value: Any) -> int:
    """A whole number that is not negative."""
    number = read_decimal(field, value)
    if number != number.to_integral_value() or not 0 <= number < 2**31:
        raise BadCell(_("Un nombre entier est attendu."))
    return int(number)


def read_country(_field: Any, value: Any) -> str:
    """A country by its code or its name in French or English."""
    code = country_codes().get(fold(str(value)))
    if code is None:
        raise BadCell(_("Ce pays n’est pas connu : écrivez son nom ou son code à deux lettres."))
    return code


def listed(value: Any) -> list[str]:
    """Several values: a list, or a text with `;` between them, or one a line."""
    if isinstance(value, str):
        return [text for part in re.split(r"[;\n]", value) if (text := part.strip())]
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return [one.strip() for one in value if one.strip()]
    raise BadCell(_("Une liste est attendue : séparez les valeurs par des points-virgules."))


class CellReader:
    """Reads cells; made once for many lines, because the vocabularies and the charter are read then (2 queries)."""

    def __init__(self) -> None:
        self._terms = {
            vocabulary: {fold(word): term.key for term in terms for word in (term.label_fr, term.label_en, term.key)}
            for vocabulary, terms in Terms.load().groups()
        }
        articles = references_offered()
        self._articles = {fold(word): each.key for each in articles for word in (each.label, each.key)}
        self._stages = choice_keys(Stage.choices)
        self._ways: tuple[tuple[type, Callable[[Any, Any], Any]], ...] = (
            (TermListField, self._term_list),
            (PrinciplesField, self._article_list),
            (TermField, self._term),
            (CountryField, read_country),
            (models.URLField, read_url),
            (models.DateField, read_day),
            (models.BooleanField, read_truth),
            (models.DecimalField, read_decimal),
            (models.FloatField, read_float),
            (models.IntegerField, read_whole),
            (models.Field, read_text),
        )

    def words(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Words of a case by name, from cells by name of WRITTEN; an empty cell is an empty word.

        Raises InvalidCase with every sentence by field name. Nothing is asked of the database.
        """
        words: dict[str, Any] = {}
        errors: dict[str, list[str]] = {}
        for name, value in cells.items():
            try:
                words[name] = self.word(name, value)
            except BadCell as error:
                errors[name] = [str(error.message)]
        one_degree = ("latitude" in words) and (words["latitude"] is None) != (words.get("longitude") is None)
        if one_degree or ("longitude" in words and "latitude" not in cells and words["longitude"] is not None):
            errors["longitude"] = [_("Donnez la latitude et la longitude, ou aucune des deux.")]
        if errors:
            raise InvalidCase(errors)
        return words

    def word(self, name: str, value: Any) -> Any:
        """One of them. Raises BadCell; for a part, the sentence says which row."""
        if name in PARTS:
            return self._rows(name, value)
        field = CasePage._meta.get_field(name)
        if is_empty(value):
            if name in NEEDED:
                raise BadCell(_("Cette réponse est nécessaire."))
            return field.get_default() if not isinstance(field, models.BooleanField) else False
        return self._read(field, value)

    def _read(self, field: Any, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            raise BadCell(_("Ce texte dépasse %(longest)d caractères.") % {"longest": LONGEST_CELL})
        if field.choices and not isinstance(field, CountryField):
            return self._choice(field, value)
        way = next(way for kind, way in self._ways if isinstance(field, kind))
        return way(field, value)

    def _choice(self, field: Any, value: Any) -> str:
        keys = self._stages if field.choices == Stage.choices else choice_keys(field.choices)
        key = keys.get(fold(str(value)))
        if key is None:
            raise BadCell(_known_values([str(label) for _key, label in field.choices]))
        return key

    def _term(self, field: Any, value: Any) -> str:
        keys = self._terms.get(field.vocabulary, {})
        key = keys.get(fold(str(value)))
        if key is None:
            raise BadCell(_known_values(list(dict.fromkeys(keys.values()))))
        return key

    def _term_list(self, field: Any, value: Any) -> list[str]:
        return list(dict.fromkeys(self._term(field, one) for one in listed(value)))

    def _article_list(self, _field: Any, value: Any) -> list[str]:
        keys = [self._articles.get(fold(one), "") for one in listed(value)]
        if not all(keys):
            raise BadCell(_("Un de ces articles n’est pas dans la charte en vigueur."))
        return list(dict.fromkeys(keys))

    # What repeats -----------------------------------------------------------------------

    def _rows(self, part: str, value: Any) -> list[dict[str, Any]]:
        """Rows of a part: a list of objects, the same as JSON in a cell, or one row a line with `|` between fields."""
        given = [] if is_empty(value) else _split_rows(part, value)
        if len(given) > MOST_ROWS:
            raise BadCell(_("Gardez au plus %(most)d lignes.") % {"most": MOST_ROWS})
        rows = []
        for rank, one in enumerate(given, 1):
            try:
                rows.append(self._row(part, one))
            except BadCell as error:
                raise BadCell(_("Ligne %(rank)d : %(error)s") % {"rank": rank, "error": error.message}) from error
        return rows

    def _row(self, part: str, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise BadCell(_("Une ligne se dit par ses champs."))
        strange = [str(name)[:40] for name in given if name not in PARTS[part]]
        if strange:
            raise BadCell(_("Champ inconnu : %(name)s.") % {"name": strange[0]})
        row = {}
        for name in PARTS[part]:
            field = PART_MODELS[part]._meta.get_field(name)
            value = given.get(name)
            try:
                row[name] = _nothing(field) if is_empty(value) else self._read(field, value)
            except BadCell as error:
                label = str(getattr(field, "verbose_name", name))
                raise BadCell(_("%(field)s : %(error)s") % {"field": label, "error": error.message}) from error
        return row


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing."""
    return value is None or value in ([], {}, ()) or (isinstance(value, str) and not value.strip())


def _nothing(field: Any) -> Any:
    """What an empty cell of a row stands for; the field's default when it may not be empty."""
    if field.blank or field.has_default():
        return field.get_default()
    raise BadCell(_("Cette réponse est nécessaire."))


def _split_rows(part: str, value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    if not isinstance(value, str):
        raise BadCell(_("Une liste de lignes est attendue."))
    if value.lstrip().startswith("["):
        try:
            rows = json.loads(value)
        except (ValueError, RecursionError):
            raise BadCell(_("Cette liste ne se lit pas.")) from None
        return list(rows)
    return _written_rows(part, value)


def _written_rows(part: str, value: str) -> list[dict[str, str]]:
    """One row a line, its fields between bars, in the order of PARTS."""
    lines = [line for line in value.replace("\r\n", "\n").split("\n") if line.strip()]
    split = [[cell.strip() for cell in line.split("|")] for line in lines]
    if any(len(cells) > len(PARTS[part]) for cells in split):
        raise BadCell(_("Une ligne a trop de champs : séparez-les par des barres « | », une ligne par entrée."))
    return [dict(zip(PARTS[part], cells, strict=False)) for cells in split]


def _known_values(labels: list[str]) -> str:
    return _("Cette valeur n’est pas dans la liste : %(values)s.") % {"values": ", ".join(labels[:12])}
