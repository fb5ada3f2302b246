"""A city takes its cases out, and nothing is lost on the way back in."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.actions import create_case, save_case, translate_case
from cases.actions.cells import WRITTEN, CellReader
from cases.actions.columns import guess_columns, read_table, record_of
from cases.actions.exporting import COLUMNS, cells_of, export_cases, json_line
from cases.actions.importing import Outcome, import_case
from cases.models import CasePage
from cases.models.words import words_of
from coalition.core.tables import csv_lines, xlsx_file
from tests.cases.conftest import NOW, Make, World

FULL: dict[str, Any] = {
    "summary": "Un message ; deux « mots ».",
    "country": "TG",
    "city": "Lomé",
    "latitude": 6.13,
    "longitude": -1.22,
    "stage": "stopped",
    "stage_reason": "=SOMME(1;2)",
    "started_on": date(2024, 3, 1),
    "ongoing": False,
    "figure_value": "-47 min",
    "context": "# Titre\n\nUn *texte*,\nsur trois lignes.",
    "failed": "'=déjà gardé",
    "person_days": 0,
    "partners": [{"name": "Régie | eau", "role": "é\"c'rit", "side": "", "url": "https://r.example/a,b"}],
    "indicators": [
        {"label": "Attente", "family": "", "unit": "min", "baseline": Decimal("62"), "baseline_on": None,
         "value": Decimal("15.5"), "measured_on": date(2024, 5, 2), "source": "Enquête"},
    ],
    "updates": [{"happened_on": date(2025, 1, 1), "text": "Un an.\nDéjà."}],
}  # fmt: skip


def import_back(world: World, data: bytes, organisation: Any) -> list[Outcome]:
    """What the import of a city does with an exported file, columns as guessed."""
    table = read_table(data=data)
    columns = guess_columns(table=table, remembered={})
    targets = {column["heading"]: column["field"] for column in columns if column["field"]}
    reader, done = CellReader(), []
    for line in table.lines:
        found = record_of(line=line, targets=targets, reader=reader, language="fr")
        _page, outcome = import_case(actor=None, record=found, organisation=organisation, publish=False, now=NOW)
        done.append(outcome)
    return done


def written(page: CasePage) -> dict[str, Any]:
    words = words_of(CasePage.objects.get(pk=page.pk).latest_words())
    return {name: words[name] or None for name in WRITTEN} | {"country": str(words["country"] or "")}


def as_jsonl(world: World) -> bytes:
    return "".join(json_line(case=case) for case in export_cases(organisation=world.city)).encode()


def as_csv(world: World) -> bytes:
    rows = [cells_of(case=case) for case in export_cases(organisation=world.city)]
    return b"".join(csv_lines(COLUMNS, rows))


def as_xlsx(world: World) -> bytes:
    rows = [cells_of(case=case, longest=32_767) for case in export_cases(organisation=world.city)]
    with xlsx_file(COLUMNS, rows) as file:
        return file.read()


@pytest.mark.parametrize("write", [as_jsonl, as_csv, as_xlsx])
def test_what_is_taken_out_comes_back_word_for_word(world: World, draft: Make, write: Callable[[World], bytes]) -> None:
    page = draft("+Un tour", **FULL)
    assert import_back(world, write(world), world.other_city) == [Outcome.CREATED]
    copy = CasePage.objects.get(organisation=world.other_city)
    assert written(copy) == written(page)
    assert import_back(world, write(world), world.other_city) == [Outcome.UNCHANGED]


@pytest.mark.parametrize("write", [as_jsonl, as_csv, as_xlsx])
def test_what_is_taken_out_is_known_again_where_it_came_from(
    world: World, draft: Make, write: Callable[[World], bytes]
) -> None:
    draft("Un tour", **FULL)
    assert import_back(world, write(world), world.city) == [Outcome.UNCHANGED]
    assert CasePage.objects.count() == 1


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=60).map(str.strip)
LINES = st.lists(TEXT, max_size=4).map("\n".join).map(str.strip)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
WORDS = st.fixed_dictionaries(
    {
        "title": TEXT.filter(bool),
        "summary": TEXT,
        "context": LINES,
        "failed": LINES,
        "city": TEXT,
        "started_on": DAYS,
        "ongoing": st.booleans(),
        "person_days": st.none() | st.integers(0, 1_000_000),
        "stage": st.sampled_from(["idea", "pilot", "evaluation", "scaled", "stopped"]),
        "latitude": st.none() | st.floats(-90, 90),
        "updates": st.lists(
            st.fixed_dictionaries(
                {"happened_on": st.dates(date(1990, 1, 1), date(2030, 1, 1)), "text": TEXT.filter(bool)}
            ),
            max_size=2,
        ),
        "indicators": st.lists(
            st.fixed_dictionaries(
                {
                    "label": TEXT.filter(bool),
                    "value": st.decimals(-(10**6), 10**6, places=4),
                    "measured_on": DAYS,
                }
            ),
            max_size=2,
        ),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
def test_whatever_a_case_says_survives_the_journey(world: World, words: dict[str, Any]) -> None:
    CasePage.objects.filter(organisation__in=(world.city, world.other_city)).delete()
    words["longitude"] = None if words["latitude"] is None else 2.5
    page = create_case(actor=None, organisation=world.city, language="fr", content=words, now=NOW)
    assert import_back(world, as_jsonl(world), world.other_city) == [Outcome.CREATED]
    assert written(CasePage.objects.get(organisation=world.other_city)) == written(page)


def test_translations_stay_tied_and_the_latest_words_leave(world: World, published: Make) -> None:
    page = published("Un tour")
    english = translate_case(actor=None, page=page, language="en", now=NOW)
    save_case(actor=None, page=english, content={"title": "A turn"}, based_on=english.latest_revision_id, now=NOW)
    rows = list(export_cases(organisation=world.city))
    assert [(row["language"], row["title"], row["state"]) for row in rows] == [
        ("fr", "Un tour", "published"), ("en", "A turn", "draft"),
    ]  # fmt: skip
    assert len({row["id"] for row in rows}) == 1
    import_back(world, as_jsonl(world), world.other_city)
    copies = CasePage.objects.filter(organisation=world.other_city)
    assert len({copy.number for copy in copies}) == 1
    assert copies.count() == 2


def test_spreadsheets_compute_nothing_of_ours(world: World, draft: Make) -> None:
    draft("=cmd|' /C calc'!A0", **FULL)
    table = list(csv.DictReader(io.StringIO(as_csv(world).decode("utf-8-sig"))))
    assert table[0]["title"].startswith("'=")
    assert table[0]["stage_reason"].startswith("'=")
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(world))).active
    assert {cell.data_type for cell in sheet[2] if isinstance(cell.value, str)} == {"s"}


def test_rows_that_no_cell_holds_are_left_out_rather_than_cut(world: World, draft: Make) -> None:
    draft("Un tour", updates=[{"happened_on": date(2025, 1, 1), "text": "x" * 2_000}] * 20)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(world))).active
    assert sheet[2][COLUMNS.index("updates")].value is None
    assert len(json.loads(as_jsonl(world))["updates"]) == 20


@pytest.mark.parametrize("count", [2, 12])
def test_taking_out_asks_as_many_questions_whatever_the_number(
    world: World, draft: Make, count: int, django_assert_max_num_queries: Any
) -> None:
    for rank in range(count):
        draft(f"Cas {rank}", **FULL)
    with django_assert_max_num_queries(5):
        assert len(list(export_cases(organisation=world.city))) == count
