"""A city brings its cases in: checked first, confirmed, written once, each line told."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from cases import tasks
from cases.actions import submit_case
from cases.actions.imports import (
    KEEPS_OPEN,
    KEEPS_REPORT,
    MOST_OPEN,
    ColumnsUnclear,
    advance_import,
    choose_columns,
    claim_import,
    discard_import,
    forget_open_imports,
    forget_reports,
    open_import,
    reading_of,
    start_import,
)
from cases.models import CaseImport, CaseImportLine, CasePage, CatalogueEntry, KnownColumn
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import Attachment, AuditLine
from coalition.notifications.models import Event
from members.models import Affiliation, User
from tests.cases.conftest import NOW, Make, World

SHEET = (
    "Identifiant;Titre;Résumé;Ville;Étape;Date de début;Toujours en cours;Couleur\r\n"
    "a1;Un tour par SMS;Un message remplace la file.;Évry;Pilote;12/03/2024;oui;bleu\r\n"
    "a2;Le guichet mobile;Un bus va vers les gens.;Lomé;bientôt;;;rouge\r\n"
    "a3;La carte des fuites;On signale les fuites.;Évry;Arrêté;2023;non;vert\r\n"
)
Bring = Callable[..., CaseImport]


def sent(world: World, data: bytes | str, *, actor: User | None = None, **more: Any) -> CaseImport:
    """A file of Rennes, its columns as guessed."""
    job = open_import(
        actor=actor or world.editor,
        organisation=more.pop("organisation", world.city),
        name="cas.csv",
        data=data.encode() if isinstance(data, str) else data,
        language="fr",
        spoken=more.pop("spoken", "fr"),
        now=NOW,
    )
    chosen = [column["field"] for column in job.columns]
    choose_columns(actor=actor or world.editor, job=job, fields=chosen, publish=more.pop("publish", False), now=NOW)
    return job


def worked(job: CaseImport, *, most: int = 2) -> CaseImport:
    """The same, after the worker."""
    claimed = claim_import(now=NOW)
    assert claimed == job
    reading = reading_of(job=claimed)
    assert reading is not None
    while advance_import(job=claimed, reading=reading, most=most, now=NOW):
        pass
    job.refresh_from_db()
    return job


def brought(world: World, data: bytes | str, **more: Any) -> CaseImport:
    """Sent, checked, confirmed, brought in."""
    actor = more.get("actor") or world.editor
    job = worked(sent(world, data, **more))
    return worked(start_import(actor=actor, job=job, now=NOW))


def outcomes(job: CaseImport) -> list[tuple[int, str]]:
    return list(job.lines.values_list("number", "outcome"))


def test_checking_tells_what_would_happen_and_writes_no_case(world: World) -> None:
    job = worked(sent(world, SHEET))
    assert job.state == "checked"
    assert outcomes(job) == [(2, "created"), (3, "refused"), (4, "created")]
    refused = job.lines.get(number=3)
    assert (refused.field, refused.title) == ("stage", "Le guichet mobile")
    assert "Cette valeur n’est pas dans la liste" in refused.sentence
    assert not CasePage.objects.exists()


def test_every_fault_of_a_line_is_told_and_what_it_calls_its_case(world: World) -> None:
    rows = [{"titre": "a\x00\ud800b", "debut": "hier"}, {"titre": 3, "debut": "demain"}, {"titre": {"a": 1}}]
    job = worked(sent(world, "\n".join(json.dumps(row) for row in rows)))
    assert [line.title for line in job.lines.all()] == ["a ?b", "", ""]
    assert "Début" in job.lines.get(number=1).sentence


def test_a_confirmed_file_becomes_drafts_and_the_file_goes(world: World) -> None:
    job = brought(world, SHEET)
    assert (job.state, job.attachment, job.counts()) == ("done", None, {"created": 2, "refused": 1})
    assert not Attachment.objects.exists()
    page = CasePage.objects.get(external_id="a1")
    assert (page.live, page.organisation, page.owner) == (False, world.city, world.editor)
    words = page.latest_words()
    assert (words.city, str(words.started_on), words.ongoing) == ("Évry", "2024-03-12", True)
    assert CasePage.objects.get(external_id="a3").latest_words().stage == "stopped"
    assert job.lines.get(number=2).page == page
    assert AuditLine.objects.filter(action="case_import.finish", data__created=2).exists()
    assert not Event.objects.exists()


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    brought(world, SHEET)
    before = dict(CasePage.objects.values_list("pk", "latest_revision_id"))
    again = brought(world, SHEET)
    assert again.counts() == {"unchanged": 2, "refused": 1}
    assert dict(CasePage.objects.values_list("pk", "latest_revision_id")) == before


def test_without_identifiers_the_title_and_the_city_tell_a_case(world: World) -> None:
    sheet = "Titre;Ville;Résumé\nUn tour par SMS;Évry;Un.\nUn tour par SMS;Lomé;Deux.\n"
    brought(world, sheet)
    assert brought(world, sheet).counts() == {"unchanged": 2}
    changed = brought(world, sheet.replace("Deux", "Trois"))
    assert changed.counts() == {"unchanged": 1, "updated": 1}
    assert CasePage.objects.count() == 2


def test_a_case_written_on_the_site_is_found_again_by_title_and_city(world: World, draft: Make) -> None:
    page = draft("Un tour par SMS", city="Évry")
    job = brought(world, "Titre;Ville;Chiffre\nun tour par SMS;évry;12\n")
    assert job.counts() == {"updated": 1}
    assert CasePage.objects.get().latest_words().figure_value == "12"
    assert CasePage.objects.get().pk == page.pk


def test_an_empty_cell_erases_nothing(world: World) -> None:
    brought(world, "id;Titre;Ville;Résumé\n1;Un tour;Évry;Un mot.\n")
    job = brought(world, "id;Titre;Ville;Résumé\n1;Un tour;;\n")
    assert job.counts() == {"unchanged": 1}
    assert CasePage.objects.get().latest_words().city == "Évry"


def test_a_case_twice_in_one_file_is_taken_once(world: World) -> None:
    job = brought(world, "id;Titre\n1;Un\n1;Deux\n;Trois\n;trois\n")
    assert outcomes(job) == [(2, "created"), (3, "refused"), (4, "created"), (5, "refused")]
    assert "ligne 2" in job.lines.get(number=3).sentence


def test_a_file_in_two_languages_makes_a_case_and_its_translation(world: World) -> None:
    rows = [
        {"id": "1", "language": "fr", "title": "Un tour", "failed": "Trop cher."},
        {"id": "1", "language": "en", "title": "A turn"},
    ]
    job = brought(world, "\n".join(json.dumps(row) for row in rows))
    assert job.counts() == {"created": 2}
    french, english = CasePage.objects.order_by("-written_in")
    assert (french.number, french.translation_key) == (english.number, english.translation_key)
    assert (english.latest_words().title, english.latest_words().failed) == ("A turn", "")
    assert brought(world, "\n".join(json.dumps(row) for row in rows)).counts() == {"unchanged": 2}


def test_another_city_may_use_the_same_identifiers(world: World) -> None:
    brought(world, SHEET)
    job = brought(world, SHEET, actor=world.stranger, organisation=world.other_city)
    assert job.counts() == {"created": 2, "refused": 1}
    assert CasePage.objects.filter(external_id="a1").count() == 2


def test_a_case_that_is_being_read_is_left_alone_and_says_so(world: World) -> None:
    brought(world, SHEET)
    submit_case(actor=world.editor, page=CasePage.objects.get(external_id="a1"), now=NOW)
    job = brought(world, SHEET.replace("Un message", "Deux messages"))
    line = job.lines.get(number=2)
    assert (line.outcome, "en relecture" in line.sentence) == ("refused", True)
    assert job.lines.get(number=4).outcome == "unchanged"


def test_sentences_are_in_the_language_of_whoever_sent_the_file(world: World) -> None:
    with translation.override("fr"):
        job = worked(sent(world, SHEET, spoken="en"))
    assert job.lines.get(number=3).sentence


def test_an_organiser_may_publish_at_once_and_an_editor_may_not(world: World) -> None:
    job = brought(world, SHEET, actor=world.organiser, publish=True)
    assert job.counts() == {"created": 2, "refused": 1}
    assert CatalogueEntry.objects.count() == 2
    with pytest.raises(Refused):
        sent(world, SHEET, publish=True)


def test_an_incomplete_case_is_not_made_public(world: World) -> None:
    job = brought(world, "id;Titre\n1;Un tour\n", actor=world.organiser, publish=True)
    assert job.lines.get().field == "summary"
    assert not CasePage.objects.exists()


def test_an_interruption_loses_and_doubles_nothing(world: World) -> None:
    job = worked(sent(world, SHEET))
    start_import(actor=world.editor, job=job, now=NOW)
    claimed = claim_import(now=NOW)
    assert claimed is not None
    reading = reading_of(job=claimed)
    assert reading is not None
    assert advance_import(job=claimed, reading=reading, most=1, now=NOW)
    assert claim_import(now=NOW) is None, "leased"
    later = claim_import(now=NOW + timedelta(minutes=2))
    assert later is not None
    assert later.reached == 1
    assert not advance_import(job=later, reading=reading, most=10, now=NOW)
    assert CasePage.objects.count() == 2
    assert not advance_import(job=claimed, reading=reading, most=10, now=NOW), "the first worker comes too late"
    assert outcomes(job) == [(2, "created"), (3, "refused"), (4, "created")]


def test_a_line_that_breaks_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    job = worked(sent(world, SHEET))
    start_import(actor=world.editor, job=job, now=NOW)
    genuine = tasks.advance_import.__globals__["import_case"]

    def breaking(**arguments: Any) -> Any:
        made = genuine(**arguments)
        if arguments["record"].external_id == "a1":
            raise RuntimeError("half-way")
        return made

    monkeypatch.setattr("cases.actions.imports.import_case", breaking)
    worked(job)
    assert outcomes(job) == [(2, "refused"), (3, "refused"), (4, "created")]
    assert list(CasePage.objects.values_list("external_id", flat=True)) == ["a3"]


def test_somebody_who_lost_the_role_writes_nothing(world: World) -> None:
    job = worked(sent(world, SHEET))
    start_import(actor=world.editor, job=job, now=NOW)
    Affiliation.objects.filter(account=world.editor).update(ended_on="2025-01-02")
    worked(job)
    assert job.counts() == {"refused": 3}
    assert not CasePage.objects.exists()


def test_columns_are_chosen_and_remembered(world: World) -> None:
    job = sent(world, SHEET)
    fields = [column["field"] for column in job.columns]
    assert fields == ["external_id", "title", "summary", "city", "stage", "started_on", "ongoing", ""]
    worked(job)
    choose_columns(actor=world.editor, job=job, fields=[*fields[:-1], "failed"], publish=False, now=NOW)
    assert KnownColumn.objects.get(organisation=world.city, heading="couleur").field == "failed"
    assert sent(world, SHEET).columns[-1]["field"] == "failed"


@pytest.mark.parametrize("fields", [["", "", ""], ["title", "title", ""], ["title", "owner", ""], ["title"]])
def test_columns_that_make_no_case_are_refused(world: World, fields: list[str]) -> None:
    job = sent(world, "Titre;Ville;Truc\na;b;c\n")
    worked(job)
    with pytest.raises(ColumnsUnclear):
        choose_columns(actor=world.editor, job=job, fields=fields, publish=False, now=NOW)


def test_each_step_follows_the_other(world: World) -> None:
    job = sent(world, SHEET)
    with pytest.raises(WrongState):
        start_import(actor=world.editor, job=job, now=NOW)
    worked(job)
    start_import(actor=world.editor, job=job, now=NOW)
    with pytest.raises(WrongState):
        choose_columns(actor=world.editor, job=job, fields=["title"] + [""] * 7, publish=False, now=NOW)
    with pytest.raises(WrongState):
        discard_import(actor=world.editor, job=job, now=NOW)


def test_others_know_nothing_of_a_file(world: World) -> None:
    job = sent(world, SHEET)
    for account in (world.stranger, world.member, world.representative):
        with pytest.raises(Hidden):
            start_import(actor=account, job=job, now=NOW)
        with pytest.raises(Hidden):
            discard_import(actor=account, job=job, now=NOW)
    with pytest.raises(Refused):
        sent(world, SHEET, actor=world.member)


def test_there_are_at_most_five_files_at_a_time(world: World) -> None:
    for _rank in range(MOST_OPEN):
        sent(world, SHEET)
    with pytest.raises(DomainError):
        sent(world, SHEET)


def test_a_file_that_is_gone_ends_the_import_with_a_sentence(world: World) -> None:
    job = sent(world, SHEET)
    Attachment.objects.all().delete()
    tasks.bring_in_cases()
    job.refresh_from_db()
    assert (job.state, bool(job.failure)) == ("failed", True)


def test_the_worker_does_what_waits(world: World) -> None:
    job = sent(world, SHEET)
    tasks.bring_in_cases()
    job.refresh_from_db()
    assert job.state == "checked"
    tasks.bring_in_cases()
    start_import(actor=world.editor, job=job, now=timezone.now())
    tasks.bring_in_cases()
    job.refresh_from_db()
    assert job.state == "done"


def test_files_and_reports_are_forgotten_in_time(world: World) -> None:
    sent(world, SHEET)
    assert forget_open_imports(NOW, False) == 0
    assert forget_open_imports(NOW + timedelta(seconds=1), True) == 1
    assert forget_open_imports(NOW + timedelta(seconds=1), False) == 1
    assert not Attachment.objects.exists()
    brought(world, SHEET)
    assert forget_reports(NOW + timedelta(seconds=1), False) == 1
    assert not CaseImportLine.objects.exists()
    assert CasePage.objects.count() == 2
    assert KEEPS_OPEN < KEEPS_REPORT


# The pages ------------------------------------------------------------------------------


@pytest.fixture
def browser(world: World, signed_in: Callable[[User], Client]) -> Iterator[Client]:
    yield signed_in(world.editor)


def upload(browser: Client, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("cas.csv", data)
    organisation = more.pop("organisation")
    return browser.post(
        reverse("case_import_new"), {"organisation": organisation.pk, "language": "fr", "file": file}, **more
    )


def test_a_person_brings_a_file_in_page_by_page(world: World, browser: Client) -> None:
    assert "Importer vos cas" in browser.get(reverse("case_drafts")).content.decode()
    sent_to = upload(browser, SHEET.encode("cp1252"), organisation=world.city)
    assert sent_to.status_code == 303
    job = CaseImport.objects.get()
    columns = browser.get(sent_to["Location"]).content.decode()
    assert "Un tour par SMS" in columns
    assert "Couleur" in columns
    answers = {f"column_{rank}": column["field"] for rank, column in enumerate(job.columns)}
    page = browser.post(sent_to["Location"], answers, follow=True).content.decode()
    assert "0 lignes sur 3" in page
    assert "Voir où il en est" in page
    tasks.bring_in_cases()
    report = browser.get(reverse("case_import", args=[job.key])).content.decode()
    assert "Importer 2 cas" in report
    assert "Ligne 3" in report
    browser.post(reverse("case_import_start", args=[job.key]))
    tasks.bring_in_cases()
    done = browser.get(reverse("case_import", args=[job.key])).content.decode()
    assert "La carte des fuites" in done
    table = b"".join(browser.get(reverse("case_import_report", args=[job.key])).streaming_content).decode()  # type: ignore[attr-defined]
    assert table.splitlines()[2].startswith("3,Refusé,")
    assert browser.post(reverse("case_import_discard", args=[job.key])).status_code == 303
    assert not CaseImport.objects.exists()


def test_a_part_of_the_page_is_enough_for_a_browser_that_asks_again(world: World, browser: Client) -> None:
    job = sent(world, SHEET)
    part = browser.get(reverse("case_import", args=[job.key]), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" in part


def test_a_file_that_is_no_table_comes_back_with_its_sentence(world: World, browser: Client) -> None:
    answer = upload(browser, b"%PDF\x00\x01", organisation=world.city)
    assert answer.status_code == 200
    assert "texte que nous savons lire" in answer.content.decode()
    assert not CaseImport.objects.exists()
    assert not Attachment.objects.exists()


def test_the_file_of_another_city_is_not_there(
    world: World, browser: Client, signed_in: Callable[[User], Client]
) -> None:
    job = sent(world, SHEET)
    other = signed_in(world.stranger)
    for name in ("case_import", "case_import_columns", "case_import_report"):
        assert other.get(reverse(name, args=[job.key])).status_code == 404
    for name in ("case_import_start", "case_import_discard"):
        assert other.post(reverse(name, args=[job.key])).status_code == 404
    assert upload(other, SHEET.encode(), organisation=world.city).status_code == 200
    assert CaseImport.objects.count() == 1


@pytest.mark.parametrize("count", [3, 60])
def test_a_report_asks_as_many_questions_whatever_its_length(
    world: World, browser: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    rows = "".join(f"{rank};Cas {rank}\n" for rank in range(count))
    job = worked(sent(world, f"id;Titre\n{rows}"), most=100)
    with django_assert_max_num_queries(16):
        browser.get(reverse("case_import", args=[job.key]))


def test_a_workbook_is_taken_like_a_text(world: World) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Titre", "Jours de travail", "Latitude", "Longitude"])
    book.active.append(["Un tour", 12.0, "48,11", -1.68])
    out = io.BytesIO()
    book.save(out)
    job = brought(world, out.getvalue())
    words = CasePage.objects.get().latest_words()
    assert (job.format, words.person_days, words.latitude, words.longitude) == ("xlsx", 12, 48.11, -1.68)
