"""What people write in cells, read as they meant it, or refused with a sentence."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import InvalidCase
from cases.actions.cells import LONGEST_CELL, BadCell, CellReader, country_codes, month_ranks
from cases.models import Term

pytestmark = pytest.mark.django_db
Read = Callable[[str, Any], Any]


@pytest.fixture
def read() -> Read:
    return CellReader().word


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/03/2024", date(2024, 3, 12)),
        ("2/3/2024", date(2024, 3, 2)),
        ("12.03.2024", date(2024, 3, 12)),
        ("03/2024", date(2024, 3, 1)),
        ("2024", date(2024, 1, 1)),
        (2024, date(2024, 1, 1)),
        ("2024-03", date(2024, 3, 1)),
        ("2024-03-12", date(2024, 3, 12)),
        ("2024-03-12T10:00:00", date(2024, 3, 12)),
        ("12 mars 2024", date(2024, 3, 12)),
        ("1er août 2023", date(2023, 8, 1)),
        ("déc. 2023", date(2023, 12, 1)),
        ("March 2024", date(2024, 3, 1)),
        (datetime(2024, 3, 12, 8, 30), date(2024, 3, 12)),  # noqa: DTZ001  # as workbooks hold days
        (date(2024, 3, 12), date(2024, 3, 12)),
    ],
)
def test_days_are_read_day_first_as_they_are_written(read: Read, written: Any, day: date) -> None:
    assert read("started_on", written) == day


@pytest.mark.parametrize("written", ["31/02/2024", "13/13/2024", "hier", "12/03/24", "0000", True, [1], "9" * 50])
def test_a_day_that_is_none_is_refused(read: Read, written: Any) -> None:
    with pytest.raises(BadCell):
        read("started_on", written)


def test_months_are_known_by_their_beginnings() -> None:
    assert (month_ranks()["juillet"], month_ranks()["juil"], month_ranks()["sept"], month_ranks()["may"]) == (
        7,
        7,
        9,
        5,
    )


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("latitude", "48,11", 48.11),
        ("latitude", "-1.5", -1.5),
        ("latitude", 12, 12.0),
        ("person_days", "1 200", 1200),
        ("person_days", "1\u202f200", 1200),
        ("person_days", 12.0, 12),
        ("ongoing", "Oui", True),
        ("ongoing", "non", False),
        ("ongoing", "x", True),
        ("ongoing", False, False),
        ("ongoing", "", False),
        ("country", "Togo", "TG"),
        ("country", "Allemagne", "DE"),
        ("country", "germany", "DE"),
        ("country", "fr", "FR"),
        ("stage", "À l’échelle", "scaled"),
        ("stage", "STOPPED", "stopped"),
        ("stage", "Pilot", "pilot"),
        ("kind", "étude de cas", "study"),
        ("website", "rennes.fr/tour", "https://rennes.fr/tour"),
        ("title", "  Un \n titre\tcoupé ", "Un titre coupé"),
        ("title", 42, "42"),
        ("context", "un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        ("summary", "", ""),
        ("source_date", None, None),
        ("instruments", "", []),
    ],
)
def test_cells_are_read_as_they_were_meant(read: Read, name: str, written: Any, kept: Any) -> None:
    assert read(name, written) == kept


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("latitude", "nord"),
        ("latitude", float("nan")),
        ("latitude", True),
        ("person_days", "2,5"),
        ("person_days", "-1"),
        ("person_days", 2**40),
        ("person_days", "1e400"),
        ("ongoing", "peut-être"),
        ("country", "Atlantide"),
        ("country", ["FR"]),
        ("stage", "bientôt"),
        ("stage", ""),
        ("domain", None),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org"),
        ("title", "nul\x00"),
        ("title", "\ud800"),
        ("title", "x" * 256),
        ("title", {"a": 1}),
        ("title", True),
        ("context", "x" * 20_001),
        ("context", "x" * (LONGEST_CELL + 1)),
        ("instruments", [1]),
        ("principles", "article inconnu"),
    ],
)
def test_hostile_cells_are_refused_with_a_sentence(read: Read, name: str, written: Any) -> None:
    with pytest.raises(BadCell) as refused:
        read(name, written)
    assert str(refused.value.message).endswith(".")


def test_values_of_a_vocabulary_are_known_by_key_and_by_name_in_both_languages() -> None:
    Term.objects.create(
        vocabulary="instrument", key="commande", label_fr="Commande publique", label_en="Public procurement"
    )
    Term.objects.create(vocabulary="instrument", key="appel", label_fr="Appel à projets", label_en="Call for projects")
    read = CellReader().word
    assert read("instruments", "Commande publique ; call for PROJECTS; commande") == ["commande", "appel"]
    assert read("instruments", ["appel"]) == ["appel"]
    with pytest.raises(BadCell, match="commande"):
        read("instruments", "Loterie")


def test_rows_are_read_from_lines_json_and_lists(read: Read) -> None:
    wanted = [
        {"name": "Université", "role": "évaluation", "side": "", "url": "https://u.example"},
        {"name": "Régie", "role": "", "side": "", "url": ""},
    ]
    assert read("partners", "Université | évaluation | | u.example\nRégie") == wanted
    assert read(
        "partners", '[{"name": "Université", "role": "évaluation", "url": "u.example"}, {"name": "Régie"}]'
    ) == (wanted)
    assert read("partners", [{"name": "Régie"}]) == wanted[1:]
    (row,) = read("indicators", "Attente | | min | 62 | 2023 | 15,5 | 03/2024 | Enquête")
    assert (row["baseline"], row["value"], row["measured_on"]) == (Decimal(62), Decimal("15.5"), date(2024, 3, 1))


@pytest.mark.parametrize(
    "written",
    [
        "a | b | c | d | e",
        "[broken",
        "[" * 5_000,
        [3],
        {"name": "x"},
        [{"name": "x", "secret": 1}],
        [{"role": "sans nom"}],
        [{"name": "x"}] * 41,
        [{"name": "x", "url": "javascript:alert(1)"}],
    ],
)
def test_rows_that_cannot_be_kept_say_which(read: Read, written: Any) -> None:
    with pytest.raises(BadCell):
        read("partners", written)


def test_every_fault_of_a_line_is_told_at_once() -> None:
    with pytest.raises(InvalidCase) as refused:
        CellReader().words({"title": "x" * 300, "started_on": "hier", "latitude": "12"})
    assert set(refused.value.errors) == {"title", "started_on", "longitude"}


def test_countries_are_known_by_their_names() -> None:
    assert country_codes()["cote d'ivoire"] == country_codes()["ci"] == "CI"
