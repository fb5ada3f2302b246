"""« Importer vos cas »: a file, its columns, what would happen, then it happens, with a report of each line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.columns import TARGETS, target_label
from cases.actions.imports import choose_columns, discard_import, open_import, start_import
from cases.enums import ImportState, LineOutcome
from cases.forms.imports import ColumnsForm, ImportFileForm
from cases.models import CaseImport
from cases.querysets.pages import writable_organisations
from coalition.core.access import can, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.tables import csv_lines, streamed

SHOWN = 100
"""Lines of each sort on the page; the report to download holds all."""
RECENT = 20
EVERY_SECONDS = 3


def find_import(request: HttpRequest, key: UUID) -> CaseImport:
    """The file, for those who write for its organisation; for others there is none."""
    jobs = CaseImport.objects.select_related("organisation", "attachment")
    job: CaseImport = get_object_or_404(jobs, key=key)
    require(request.user, "case_import.open", job)
    return job


def to_import(job: CaseImport) -> HttpResponse:
    """The page of a file, whatever its state."""
    name = "case_import_columns" if job.state == ImportState.COLUMNS else "case_import"
    return HttpResponseRedirect(reverse(name, args=[job.key]), status=303)


def step_names() -> list[str]:
    """The four steps, in order."""
    return [_("Fichier"), _("Colonnes"), _("Vérification"), _("Résultat")]


@require_http_methods(["GET", "HEAD", "POST"])
def case_import_new(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is kept privately until it is read for the last time."""
    require(request.user, "case.create")
    organisations = writable_organisations(request.user)
    posted = request.method == "POST"
    form = ImportFileForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        organisations=organisations,
        initial={"language": reader_language()},
    )
    if posted and form.is_valid():
        job = _opened(request, form)
        if job is not None:
            return to_import(job)
    waiting = CaseImport.objects.filter(organisation__in=organisations).select_related("organisation")[:RECENT]
    context = {"form": form, "imports": waiting, "steps": step_names(), "fields": field_words()}
    return render(request, "cases/case_import_new.html", context)


def _opened(request: HttpRequest, form: ImportFileForm) -> CaseImport | None:
    data = form.cleaned_data
    try:
        return open_import(
            actor=request.user,
            organisation=data["organisation"],
            name=data["file"].name,
            data=data["file"].read(),
            language=data["language"],
            spoken=reader_language(),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return None


def field_words() -> list[dict[str, str]]:
    """The fields a column may give: the name our exports use, and what people call it."""
    return [{"name": name, "label": target_label(name)} for name in TARGETS]


@require_http_methods(["GET", "HEAD", "POST"])
def case_import_columns(request: HttpRequest, key: UUID) -> HttpResponse:
    """What each column stands for, as guessed, with its first values; sent, every line is checked."""
    job = find_import(request, key)
    if job.state not in (ImportState.COLUMNS, ImportState.CHECKED):
        return to_import(job)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        job=job,
        choices=[(one["name"], one["label"]) for one in field_words()],
        may_publish=bool(can(request.user, "case.publish_new", job.organisation)),
    )
    if request.method == "POST" and form.is_valid():
        publish = bool(form.cleaned_data.get("publish"))
        try:
            choose_columns(actor=request.user, job=job, fields=form.chosen(), publish=publish, now=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            return to_import(job)
    return render(request, "cases/case_import_columns.html", {"form": form, "job": job, "steps": step_names()})


@require_safe
def case_import(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is, then the report. The page asks again by itself where scripts run; a link does it elsewhere."""
    job = find_import(request, key)
    if job.state == ImportState.COLUMNS:
        return to_import(job)
    counts = job.counts()
    outcomes = [LineOutcome.REFUSED, LineOutcome.UPDATED, LineOutcome.CREATED, LineOutcome.UNCHANGED]
    context = {
        "job": job,
        "steps": step_names(),
        "step": 4 if job.state in (ImportState.RUNNING, ImportState.DONE, ImportState.FAILED) else 3,
        "tally": [{"word": each.label, "count": counts[each]} for each in outcomes if counts.get(each)],
        "to_do": counts.get(LineOutcome.CREATED, 0) + counts.get(LineOutcome.UPDATED, 0),
        "groups": [] if job.is_working else [_group(job, each, counts) for each in outcomes if counts.get(each)],
        "every": EVERY_SECONDS,
    }
    part = "cases/case_import_state.html" if getattr(request, "htmx", False) else "cases/case_import.html"
    response = render(request, part, context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _group(job: CaseImport, outcome: LineOutcome, counts: dict[str, int]) -> dict[str, Any]:
    """The first lines of one outcome; lines that are unchanged have nothing to tell."""
    lines = job.lines.filter(outcome=outcome).select_related("page")
    shown = [{"line": line, "field": _field_word(line.field)} for line in lines[:SHOWN]]
    return {"outcome": outcome, "label": outcome.label, "lines": shown, "count": counts[outcome], "shown": SHOWN}


def _field_word(name: str) -> str:
    return target_label(name) if name in TARGETS else ""


@require_POST
def case_import_start(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring the checked lines in."""
    job = find_import(request, key)
    return to_import(start_import(actor=request.user, job=job, now=timezone.now()))


@require_POST
def case_import_discard(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the file and its report away."""
    job = find_import(request, key)
    discard_import(actor=request.user, job=job, now=timezone.now())
    messages.success(request, _("Le fichier et son rapport sont retirés."))
    return HttpResponseRedirect(reverse("case_import_new"), status=303)


@require_safe
def case_import_report(request: HttpRequest, key: UUID) -> StreamingHttpResponse:
    """Every line of the report, as a table."""
    job = find_import(request, key)
    header = (_("ligne"), _("résultat"), _("titre"), _("champ"), _("explication"), _("adresse"))
    rows = (
        (
            line.number,
            str(LineOutcome(line.outcome).label),
            line.title,
            _field_word(line.field),
            line.sentence,
            request.build_absolute_uri(reverse("case_edit", args=[line.page_id])) if line.page_id else "",
        )
        for line in job.lines.order_by("number").iterator(chunk_size=500)
    )
    return streamed("rapport.csv", "text/csv; charset=utf-8", csv_lines(header, rows))
