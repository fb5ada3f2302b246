"""The desk as one table in the admin, the longest wait first, with its downloads."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from coalition.core.access import require
from coalition.core.tables import XLSX_TYPE, csv_response, xlsx_bytes
from coalition.pages.querysets.desk import days_of, desk_queues, oldest_first

MOST = 500
HEADER = ("queue", "side", "since", "days", "about", "title", "next", "note", "url")


class Line(NamedTuple):
    """One row of the report."""

    queue: str
    side: str
    since: Any
    days: int
    about: str
    title: str
    who: str
    note: str
    url: str


def waiting_lines(side: str = "") -> Iterator[Line]:
    """Everything that waits, the longest wait first; at most MOST lines a queue."""
    now = timezone.now()
    for queue, wait in oldest_first(desk_queues(side, limit=MOST)):
        days = days_of(wait, now)
        yield Line(queue.title, queue.side, wait.date, days, wait.what, wait.title, wait.who, wait.note, wait.url)


class QueueReport(ReportView):
    """Who waits, since when, and who acts next."""

    page_title = _("File d’attente")
    header_icon = "time"
    index_url_name = "desk_report:index"
    index_results_url_name = "desk_report:results"
    list_export = HEADER
    columns = (
        TitleColumn("title", label=_("Objet"), get_url=lambda line: line.url),
        Column("queue", label=_("Dans la file")),
        Column("about", label=_("De")),
        Column("days", label=_("Jours d’attente")),
        DateColumn("since", label=_("Depuis")),
        Column("who", label=_("Qui agit")),
        Column("note", label=_("Précision")),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The desk’s own rule, whatever Wagtail thinks."""
        require(request.user, "desk.open")
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> list[Line]:
        """The lines, as a list; `?for=us` or `?for=them` narrows them."""
        side = self.request.GET.get("for", "")
        return list(waiting_lines(side if side in ("us", "them") else ""))

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        """By the writers that let nothing compute, instead of Wagtail’s."""
        rows = [[*line[:2], line.since.date().isoformat(), *line[3:]] for line in self.get_queryset()]
        if spreadsheet_format == self.FORMAT_CSV:
            return csv_response("file-d-attente.csv", HEADER, rows)
        response = HttpResponse(xlsx_bytes(HEADER, rows), content_type=XLSX_TYPE)
        response["Content-Disposition"] = 'attachment; filename="file-d-attente.xlsx"'
        return response


class QueueReportViewSet(ViewSet):
    """Where the report stands in the admin."""

    name = "desk_report"
    url_prefix = "file-d-attente"
    icon = "time"
    menu_label = _("File d’attente")
    menu_order = 120
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """The page, and its rows alone."""
        return [
            path("", QueueReport.as_view(), name="index"),
            path("results/", QueueReport.as_view(results_only=True), name="results"),
        ]
