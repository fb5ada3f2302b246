"""A city takes its own cases out, drafts included."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cases.actions.exporting import COLUMNS, LONGEST_XLSX_CELL, cells_of, export_cases, json_line
from cases.enums import FileFormat
from coalition.core.access import require
from coalition.core.tables import XLSX_TYPE, csv_lines, streamed, xlsx_file
from members.models import Organisation


@require_safe
def case_export(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Every case of the organisation in its latest words: JSONL, which loses nothing, CSV, or XLSX."""
    organisation = get_object_or_404(Organisation.objects.confirmed(), slug=slug)
    require(request.user, "case.export", organisation)
    name, cases = f"{organisation.slug}-cas.{kind}", export_cases(organisation=organisation)
    if kind == FileFormat.JSONL:
        return streamed(name, "application/x-ndjson; charset=utf-8", (json_line(case=case) for case in cases))
    if kind == FileFormat.CSV:
        return streamed(name, "text/csv; charset=utf-8", csv_lines(COLUMNS, (cells_of(case=case) for case in cases)))
    if kind != FileFormat.XLSX:
        raise Http404
    rows = (cells_of(case=case, longest=LONGEST_XLSX_CELL) for case in cases)
    response = FileResponse(xlsx_file(COLUMNS, rows), as_attachment=True, filename=name, content_type=XLSX_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response
