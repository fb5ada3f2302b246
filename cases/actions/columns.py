"""A table of a city read into lines, and its columns recognised: JSONL, CSV or XLSX, headings in French or English."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, override

from cases.actions.cells import WRITTEN, BadCell, CellReader, is_empty, read_line
from cases.actions.importing import CaseRecord, title_id
from cases.actions.writing import InvalidCase
from cases.enums import PART_LABELS, PARTS, FileFormat
from cases.models import CasePage
from coalition.core.sheets import Limits, SheetRefused, is_workbook, read_sheet, too_long
from coalition.core.tables import FORMULA
from coalition.core.text import fold, one_line

LIMITS = Limits(lines=5_000, columns=120, size=10 * 1024 * 1024, unpacked=60 * 1024 * 1024)
LONGEST_LINE = 500_000
LONGEST_HEADING = 200
SAMPLES = 3
LONGEST_SAMPLE = 80
TARGETS: tuple[str, ...] = ("external_id", "language", *WRITTEN)
"""What a column may stand for."""
LANGUAGES = {"fr": ("fr", "francais", "french", "fra"), "en": ("en", "anglais", "english", "eng")}
SPEECH = {word: code for code, words in LANGUAGES.items() for word in words}

_ALSO = {
    "external_id": "id identifiant identifier reference ref code external_id",
    "language": "langue lang language",
    "title": "titre nom name intitule projet project nom_du_projet project_name",
    "summary": "resume description_courte en_deux_phrases chapeau abstract short_description",
    "kind": "nature type",
    "country": "pays",
    "city": "ville commune municipality localite town",
    "latitude": "lat",
    "longitude": "lon lng long",
    "stage": "etape statut status etat avancement",
    "stage_reason": "motif pourquoi_a_cette_etape",
    "started_on": "start debut date_de_debut start_date",
    "ended_on": "end fin date_de_fin end_date",
    "ongoing": "en_cours toujours_en_cours",
    "domain": "domaine domaine_urbain thematique theme secteur sector sectors",
    "priorities": "priorites priorite",
    "instruments": "instrument instruments_employes",
    "layer": "couche",
    "responsibility": "faire",
    "scope": "echelle perimetre scale",
    "figure_value": "chiffre un_chiffre_qui_dit_tout",
    "context": "contexte description body",
    "problem": "probleme",
    "tried": "ce_qui_a_ete_fait action actions solution",
    "worked": "resultats results",
    "failed": "echecs difficultes failures",
    "lessons": "lecons enseignements",
    "cost_band": "cout ordre_de_cout cost budget",
    "person_days": "jours jours_homme person_days",
    "connectivity": "connexion connectivite",
    "licences": "licenses",
    "principles": "principes articles principes_de_la_charte_illustres",
    "source_title": "source",
    "source_url": "adresse_de_la_source source_link",
    "source_licence": "licence license",
    "website": "url site site_web lien link",
    "partners": "partenaire",
    "indicators": "indicateurs indicateur",
    "evidence": "preuves preuve preuves_et_donnees",
    "updates": "suites nouvelles",
}
"""Other headings for a field, folded, with `_` for spaces."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a file: its number as the reader's program shows it, its cells by heading, or why it is none."""

    number: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A file read: what it is, its headings in order, its lines."""

    format: FileFormat
    headings: list[str]
    lines: list[TableLine]


# Reading the file -----------------------------------------------------------------------


def read_table(*, data: bytes) -> CaseTable:
    """The lines of a JSONL, CSV or XLSX file, told apart by content. Raises SheetRefused with a sentence.

    A line of JSON that cannot be read is kept with its reason; the file as a whole is refused only when it is too
    large, in another format, or holds nothing.
    """
    if is_workbook(data) or not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _read_sheet(data)
    if len(data) > LIMITS.size:
        raise SheetRefused(_("Ce fichier dépasse 10 Mo : partagez-le en plusieurs."), field="file")
    lines: list[TableLine] = []
    headings: dict[str, None] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        lines.append(_json_line(number, line))
        headings |= dict.fromkeys(lines[-1].cells)
        if len(lines) > LIMITS.lines:
            raise too_long(LIMITS)
    if len(headings) > LIMITS.columns:
        raise SheetRefused(_("Ce fichier a trop de colonnes : gardez celles qui servent."), field="file")
    return CaseTable(FileFormat.JSONL, list(headings), lines)


def _json_line(number: int, line: bytes) -> TableLine:
    if len(line) > LONGEST_LINE:
        return TableLine(number, error=_("Cette ligne est trop longue."))
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return TableLine(number, error=_("Cette ligne n’est pas en UTF-8."))
    except (ValueError, RecursionError):
        return TableLine(number, error=_("Cette ligne n’est pas du JSON lisible."))
    if not isinstance(row, dict):
        return TableLine(number, error=_("Un objet JSON est attendu sur chaque ligne."))
    return TableLine(number, {one_line(name)[:LONGEST_HEADING]: value for name, value in row.items()})


def _read_sheet(data: bytes) -> CaseTable:
    sheet = is_workbook(data)
    rows = read_sheet(data=data, limits=LIMITS, computed=True)
    numbered = [(number, row) for number, row in enumerate(rows, 1) if not all(map(is_empty, row))]
    if len(numbered) < 2:
        raise SheetRefused(_("Ce fichier ne contient aucun cas sous la ligne des titres."), field="file")
    headings = _headings(numbered[0][1])
    lines = [TableLine(number, _cells(headings, row, sheet)) for number, row in numbered[1:]]
    return CaseTable(FileFormat.XLSX if sheet else FileFormat.CSV, [name for name in headings if name], lines)


def _cells(headings: list[str], row: list[Any], sheet: bool) -> dict[str, Any]:
    return {name: _plain(cell, sheet) for name, cell in zip(headings, row, strict=False) if name}


def _headings(row: Iterable[Any]) -> list[str]:
    """One name a column, none twice; "" for a column without heading."""
    names: list[str] = []
    for cell in row:
        name = one_line("" if cell is None else str(cell))[:LONGEST_HEADING].strip()
        rank, wanted = 2, name
        while name and wanted in names:
            wanted, rank = f"{name} ({rank})", rank + 1
        names.append(wanted)
    return names


def _plain(cell: Any, sheet: bool) -> Any:
    """A cell as it was meant: a spreadsheet's whole numbers without point; our guard against formulas taken off."""
    if sheet:
        return int(cell) if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer() else cell
    text = str(cell)
    return text[1:] if text.startswith("'") and text.lstrip("'").lstrip().startswith(FORMULA) else text


# Recognising columns --------------------------------------------------------------------


@cache
def known_headings() -> dict[str, str]:
    """Field by folded heading: our names, what the form calls them in both languages, and other usual words."""
    headings: dict[str, str] = {}
    for name, words in _ALSO.items():
        headings |= dict.fromkeys((word.replace("_", " ") for word in words.split()), name)
    for language, _label in settings.LANGUAGES:
        with override(language):
            for name in WRITTEN:
                headings.setdefault(fold(target_label(name)), name)
    headings |= {name.replace("_", " "): name for name in TARGETS}
    return headings


def target_label(name: str) -> str:
    """What a field is called, in the reader's language."""
    if name in PARTS:
        return str(PART_LABELS[name])
    label = {"external_id": _("Votre identifiant"), "language": _("Langue du texte")}.get(name)
    text = label or str(CasePage._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def guess_columns(*, table: CaseTable, remembered: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each heading what it seems to stand for, with sample values: {heading, samples, field}.

    What the organisation chose the last time counts first; each field is given to one column only.
    """
    known, taken = known_headings(), set()
    columns = []
    for heading in table.headings:
        folded = fold(heading).replace("_", " ").strip(" :*?")
        guess = remembered.get(fold(heading), known.get(folded, ""))
        guess = "" if guess in taken or guess not in TARGETS else guess
        taken.add(guess)
        columns.append({"heading": heading, "samples": _samples(table, heading), "field": guess})
    return columns


def readable(text: str, longest: int) -> str:
    """A text of somebody's file on one line, fit to be kept and shown: no half signs, not longer than `longest`."""
    shown = one_line(text.encode("utf-8", "replace").decode("utf-8"))
    return shown[: longest - 1] + "…" if len(shown) > longest else shown


def _samples(table: CaseTable, heading: str) -> list[str]:
    """The first values of a column, shortened."""
    found: list[str] = []
    for line in table.lines:
        value = line.cells.get(heading)
        if is_empty(value):
            continue
        text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))
        found.append(readable(text, LONGEST_SAMPLE))
        if len(found) == SAMPLES:
            break
    return found


# From a line to a record ----------------------------------------------------------------

TITLE_MISSING = gettext_lazy("Il manque un titre.")


def record_of(*, line: TableLine, targets: Mapping[str, str], reader: CellReader, language: str) -> CaseRecord:
    """The record a line holds. `targets`: field by heading; `language`: that of lines which do not say theirs.

    An empty cell says nothing, so that it never erases what the case says. Raises InvalidCase, by field.
    """
    if line.error:
        raise InvalidCase({"": [line.error]})
    cells = {name: line.cells.get(heading) for heading, name in targets.items()}
    cells = {name: value for name, value in cells.items() if not is_empty(value)}
    told = fold(str(cells.pop("language", language)))
    if told not in SPEECH:
        raise InvalidCase({"language": [_("Cette langue n’est pas connue : français ou anglais.")]})
    try:
        identifier = read_line(cells.pop("external_id", ""))
    except BadCell as error:
        raise InvalidCase({"external_id": [str(error.message)]}) from error
    words = reader.words(cells)
    if not words.get("title"):
        raise InvalidCase({"title": [str(TITLE_MISSING)]})
    made = identifier or title_id(title=words["title"], city=words.get("city", ""))
    return CaseRecord(made, SPEECH[told], "", words.get("country", ""), words)
