"""The command that loads a list of organisations: three formats, a dry run, a line of report for each line."""

import csv
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from members.actions.duplicates import probable_pairs
from members.models import Organisation

pytestmark = pytest.mark.django_db

HEADERS = ("name", "kind", "city", "country", "lat", "lon", "url")
ROWS: list[dict[str, Any]] = [
    dict(zip(HEADERS, values, strict=True))
    for values in (
        ("Ville de Thiès", "Local Government", "Thiès", "SN", "", "", ""),
        ("Mairie de Thies", "", "Thies", "SN", "", "", "thies.example"),
        ("VILLE DE THIÈS", "", "", "SN", "", "", ""),
        ("Sans pays", "", "", "", "", "", ""),
        ("=cmd()", "NGO", "", "SN", "", "", ""),
    )
]


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_organisations", str(path), *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def jsonl(folder: Path, lines: list[Any]) -> Path:
    file = folder / "liste.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return file


def written(folder: Path, suffix: str) -> Path:
    file = folder / f"liste{suffix}"
    if suffix == ".jsonl":
        return jsonl(folder, ROWS)
    if suffix == ".csv":
        with file.open("w", newline="", encoding="utf-8-sig") as out:
            writer = csv.DictWriter(out, list(ROWS[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(ROWS)
        return file
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(list(ROWS[0]))
    for row in ROWS:
        sheet.append(["'=cmd()" if value == "=cmd()" else value for value in row.values()])
    book.save(file)
    return file


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
def test_each_line_has_its_outcome_in_the_report(tmp_path: Path, suffix: str) -> None:
    report = tmp_path / "out.csv"
    summary = run(written(tmp_path, suffix), "--report", str(report))
    assert "5 lines: 2 new, 1 same, 1 lookalike, 1 refused" in summary
    assert "look-alikes by reason: 1 name" in summary
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["outcome"] for line in lines] == ["new", "lookalike", "same", "refused", "new"]
    assert lines[1]["looks_like"] == "ville-de-thies"
    assert "même nom" in lines[1]["reasons"]
    assert "pays" in lines[3]["refused_because"]
    assert lines[4]["name"].startswith("'")
    assert len(probable_pairs()) == 1


def test_a_dry_run_says_the_same_and_keeps_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, ".jsonl")
    summary = run(file, "--dry-run")
    assert "5 lines: 2 new, 1 same, 1 lookalike, 1 refused" in summary
    assert "Nothing was kept" in summary
    assert not Organisation.objects.exists()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, ".jsonl")
    run(file)
    before = list(Organisation.objects.order_by("pk").values())
    assert "0 new, 4 same, 0 lookalike, 1 refused" in run(file)
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_lines_that_are_no_lines_are_refused_one_by_one(tmp_path: Path) -> None:
    deep = "[" * 5000
    good = {"name": "Ville de Thiès", "country": "SN"}
    hidden = {"name": "Ville de \u202eThiès", "country": "SN"}
    nul = {"name": "Ville\u0000", "country": "SN"}
    lines = ["pas du json", "[1]", deep, "x" * 200_000, hidden, nul, "", good]
    summary = run(jsonl(tmp_path, lines))
    assert "7 lines: 2 new, 0 same, 0 lookalike, 5 refused" in summary
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Ville", "Ville de Thiès"]


def test_another_sort_of_file_or_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="JSONL, CSV or XLSX"):
        run(tmp_path / "liste.pdf")
    with pytest.raises(CommandError, match="no such file"):
        run(tmp_path / "liste.csv")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        file = jsonl(tmp_path, [{"name": f"Ville {number}", "country": "ZZ"} for number in range(lines)])
        tracemalloc.start()
        run(file)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4000) < peak(400) + 300_000


def test_the_real_list_comes_in_and_its_doubles_are_proposed(real_data: Path) -> None:
    """2,050 real organisations; the figures are those of docs/features/organisations.md."""
    summary = run(real_data / "organisations.jsonl")
    assert "2050 lines:" in summary
    known = Organisation.objects.confirmed()
    assert 1_985 <= known.count() <= 1_995
    pairs = probable_pairs()
    assert 65 <= len(pairs) <= 95
    reasons = [reason.value for pair in pairs for reason in pair.reasons]
    assert 35 <= reasons.count("name") <= 45
    assert reasons.count("city") <= 20
    assert known.exclude(geoname_id=None).count() > 1_000
