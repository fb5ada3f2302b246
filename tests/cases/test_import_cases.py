"""Loading a collection: what goes in, what is refused and why, and running it again."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.actions import CaseRecord, InvalidCase, Outcome, import_case
from cases.actions.records import LONGEST_LINE, BadLine, read_record
from cases.management.commands import import_cases as command
from cases.models import CasePage, CatalogueEntry
from coalition.notifications.models import Event
from members.models import Organisation
from tests.cases.conftest import NOW, World

ROW: dict[str, Any] = {
    "id": "source:1",
    "source": "city/records:cases/1.md",
    "title": "Un tour par SMS",
    "summary": "Un message remplace la file.",
    "body": "# Contexte\n\nTrop d’attente.",
    "lang": "fr",
    "country": "TG",
    "city": "Lomé",
    "lat": 6.13,
    "lon": 1.22,
    "start": "2024-03",
    "end": None,
    "status": "abandon",
    "sectors": ["Inconnu", "Transports"],
    "organisation": "Grand Lomé",
    "url": "https://example.org/",
    "licence": "CC BY 4.0",
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(*rows: Any) -> Path:
        file = tmp_path / "cases.jsonl"
        lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
        file.write_bytes(b"\n".join(lines) + b"\n")
        return file

    return make


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_cases", str(file), *(options or ("--organisation-from-row",)), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_row_becomes_a_public_case_of_its_organisation(world: World, write: Write) -> None:
    assert "1 created" in run(write(ROW))
    page = CasePage.objects.get()
    entry = CatalogueEntry.objects.get()
    assert (entry.title, entry.stage, entry.domain, entry.organisation_name) == (
        "Un tour par SMS", "stopped", "planning", "Grand Lomé",
    )  # fmt: skip
    assert (page.source_licence, page.source_title) == ("CC BY 4.0", "city/records:cases/1.md")
    assert page.source_url == "https://github.com/city/records/blob/HEAD/cases/1.md"
    assert str(page.started_on) == "2024-03-01"
    assert page.stage_reason == "Statut à la source\u00a0: abandon"
    assert Organisation.objects.get(name="Grand Lomé").state == "confirmed"
    assert not Event.objects.exists()


def test_a_second_run_writes_nothing_and_a_changed_row_is_updated(world: World, write: Write) -> None:
    run(write(ROW))
    before = CasePage.objects.get()
    assert "1 unchanged" in run(write(ROW))
    assert CasePage.objects.get().latest_revision_id == before.latest_revision_id
    assert "1 updated" in run(write({**ROW, "title": "Un tour, mieux dit"}))
    assert CatalogueEntry.objects.get().title == "Un tour, mieux dit"
    assert CasePage.objects.get().number == before.number


def test_drafts_stay_drafts_and_can_be_published_by_a_later_run(world: World, write: Write) -> None:
    file = write(ROW)
    run(file, "--organisation-from-row", "--draft")
    assert CatalogueEntry.objects.count() == 0
    assert "1 updated" in run(file)
    assert CatalogueEntry.objects.count() == 1


BAD: dict[str, tuple[Any, str]] = {
    "broken JSON": (b'{"id": "x", "title": ', "JSON illisible"),
    "not UTF-8": (b'{"id": "\xff\xfe"}', "UTF-8"),
    "not an object": (b"[1, 2]", "objet JSON"),
    "bottomless": (b"[" * 100_000, "JSON illisible"),
    "no title": ({**ROW, "title": None}, "titre manquant"),
    "no identifier": ({**ROW, "id": ""}, "identifiant manquant"),
    "no organisation": ({**ROW, "organisation": " "}, "organisation manquant"),
    "unknown language": ({**ROW, "lang": "tlh"}, "langue inconnue\u00a0: tlh"),
    "language not said": ({**ROW, "lang": "und"}, "langue inconnue"),
    "unknown country": ({**ROW, "country": "XX"}, "pays inconnu"),
    "NUL": ({**ROW, "title": "a\x00b"}, "caractères illisibles"),
    "half a surrogate": (json.dumps({**ROW, "title": "\ud800"}).encode(), "caractères illisibles"),
    "title too long": ({**ROW, "title": "x" * 300}, "plus de 255"),
    "body too long": ({**ROW, "body": "x" * 30_000}, "plus de 20000"),
    "line too long": (b'{"a": "' + b"x" * (LONGEST_LINE + 10) + b'"}', "ligne trop longue"),
    "a number for a title": ({**ROW, "title": 7}, "un texte est attendu"),
    "no such day": ({**ROW, "start": "2024-02-31"}, "date illisible"),
    "off the planet": ({**ROW, "lat": 95}, "degrés"),
    "not a number": (json.dumps({**ROW, "lat": float("nan")}).encode(), "degrés"),
    "ended before it began": ({**ROW, "start": "2025", "end": "2024"}, "avant le début"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_reported_and_the_rest_goes_in(world: World, write: Write, tmp_path: Path, name: str) -> None:
    bad, reason = BAD[name]
    reject = tmp_path / "reject.jsonl"
    out = run(
        write(ROW, bad, {**ROW, "id": "source:2", "title": "Un autre"}),
        "--organisation-from-row",
        "--reject",
        str(reject),
    )
    assert "2 created" in out
    assert "1 rejected" in out
    line = json.loads(reject.read_text("utf-8"))
    assert line["line"] == 2
    assert reason in line["reason"]
    assert set(CatalogueEntry.objects.values_list("title", flat=True)) == {"Un tour par SMS", "Un autre"}


def test_rows_that_say_no_language_take_the_one_given(world: World, write: Write) -> None:
    run(write({**ROW, "lang": "und"}), "--organisation-from-row", "--language", "en")
    assert CatalogueEntry.objects.get().language == "en"
    assert read_record(line=json.dumps(ROW).encode(), language="en").language == "fr"


def test_an_interruption_says_where_it_stopped_and_the_next_run_goes_on(
    world: World, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(*({**ROW, "id": f"source:{n}", "title": f"Cas {n}"} for n in range(5)))
    taken = command.import_case

    def interrupted(**arguments: Any) -> Any:
        if arguments["record"].external_id == "source:3":
            raise KeyboardInterrupt
        return taken(**arguments)

    monkeypatch.setattr(command, "import_case", interrupted)
    errors = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_cases", str(file), "--organisation-from-row", stdout=StringIO(), stderr=errors)
    assert stopped.value.code == 130
    assert "Stopped after line 3" in errors.getvalue()
    assert CatalogueEntry.objects.count() == 3
    monkeypatch.setattr(command, "import_case", taken)
    assert "2 created, 0 updated, 3 unchanged" in run(file)
    assert len(list(CasePage.objects.all().search("Cas 1"))) >= 1


def test_all_cases_may_be_given_to_one_organisation(world: World, write: Write) -> None:
    run(write(ROW), "--organisation", "rennes")
    assert CatalogueEntry.objects.get().organisation_name == "Rennes"
    with pytest.raises(CommandError):
        run(write(ROW), "--organisation", "nobody")
    with pytest.raises(CommandError):
        run(Path("/nowhere/at-all.jsonl"))


def test_the_progress_line_is_drawn_only_where_somebody_looks() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    seen, unseen = Terminal(), StringIO()
    for out in (seen, unseen):
        progress = command.Progress(10, out)
        progress.show(5)
        progress.show(10)
        progress.end()
    assert "10/10" in seen.getvalue()
    assert "left" in seen.getvalue()
    assert unseen.getvalue() == ""


def test_one_record_is_one_transaction(world: World) -> None:
    record = CaseRecord("source:9", "fr", "Rennes", "FR", {"title": "Un", "summary": ""})
    with pytest.raises(InvalidCase):
        import_case(actor=None, record=record, organisation=world.city, publish=True, now=NOW)
    assert CasePage.objects.count() == 0
    _page, outcome = import_case(actor=None, record=record, organisation=world.city, publish=False, now=NOW)
    assert outcome is Outcome.CREATED


def test_reading_says_why_not() -> None:
    with pytest.raises(BadLine):
        read_record(line=b"null")
    record = read_record(
        line=json.dumps({**ROW, "url": "javascript:alert(1)", "sectors": "x", "status": "??"}).encode()
    )
    assert record.content["website"] == ""
    assert record.content["domain"] == "services"
    assert record.content["stage"] == "pilot"


def test_who_answers_for_rows_without_owner_or_country_takes_them(world: World, write: Write) -> None:
    rows = (
        {**ROW, "id": "s:1", "organisation": None},
        {**ROW, "id": "s:2", "title": "Un outil", "country": None, "organisation": "Libre outil"},
        {**ROW, "id": "s:3", "title": "Une phrase", "organisation": "tout " * 60},
        {**ROW, "id": "s:4", "title": "Plusieurs", "organisation": "Office des eaux, " + "et bien d’autres " * 20},
    )
    file = write(*rows)
    assert "4 rejected" not in run(file, "--organisation-from-row", "--otherwise", "rennes")
    owners = dict(CatalogueEntry.objects.values_list("title", "organisation_name"))
    assert owners == {
        "Un tour par SMS": "Rennes", "Un outil": "Rennes", "Une phrase": "Rennes", "Plusieurs": "Office des eaux",
    }  # fmt: skip
    tool = CasePage.objects.get(title="Un outil")
    assert not tool.country
    assert [partner.name for partner in tool.partners.all()] == ["Libre outil"]
    assert "4 unchanged" in run(file, "--organisation-from-row", "--otherwise", "rennes")
    assert "1 rejected" in run(
        write({**ROW, "id": "s:5", "country": "XX"}), "--organisation-from-row", "--otherwise", "rennes"
    )
