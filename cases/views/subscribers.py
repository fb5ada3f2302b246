"""Who is told of new cases: the list superusers read, take away, and bring addresses into."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.subscribers import (
    LIMITS,
    Judged,
    Line,
    import_subscribers,
    judge_subscribers,
    note_subscribers_read,
    read_subscribers,
    subscriber_text,
    subscribers_of_text,
)
from cases.enums import SearchState, SubscriberState
from cases.forms.subscribers import (
    SubscriberConfirmForm,
    SubscriberFilterForm,
    SubscriberImportForm,
    SubscriberSearchForm,
)
from cases.models import SavedSearch, Terms
from cases.models.alerts import canonical_query, selection_words, stored_selection
from cases.search import Selection
from coalition.core.access import require
from coalition.core.errors import DomainError
from coalition.core.exports import require_fresh_proof
from coalition.core.languages import reader_language
from coalition.core.tables import csv_response, csv_stream

PER_PAGE = 50
MOST_QUESTIONS = 50
SHOWN = 300
"""Lines of a report on the page; the report to download holds all."""
COLUMNS = ("address", "account", "state", "question", "query", "language", "frequency", "asked", "confirmed", "ended")
FINE = ("new", "quiet", "added", "added_quiet")


def _crumbs(title: str = "") -> list[dict[str, str]]:
    crumbs = [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("À traiter"), "url": reverse("desk")},
        {"label": _("Abonnés aux alertes"), "url": reverse("case_subscribers")},
    ]
    return [*crumbs, {"label": title, "url": ""}] if title else crumbs


def _chosen(filters: dict[str, str]) -> Any:
    """The searches these filters leave, latest first."""
    found = SavedSearch.objects.with_mailbox().order_by("-pk")
    if "state" in filters:
        found = found.in_subscriber_state(filters["state"])
    return found.filter(**{name: filters[name] for name in ("language", "frequency") if name in filters})


def state_of(search: Any) -> str:
    """The state the list shows; `search` comes from `with_mailbox`."""
    if search.state == SearchState.ENDED:
        return SubscriberState.LEFT
    return SubscriberState.STOPPED if search.held else SubscriberState(search.state)


def _counts() -> dict[str, int]:
    """How many of each state. One query."""
    waits, runs = Q(state=SearchState.PENDING), Q(state=SearchState.ACTIVE)
    return SavedSearch.objects.with_mailbox().aggregate(
        active=Count("pk", filter=runs & Q(held=False)),
        pending=Count("pk", filter=waits & Q(held=False)),
        stopped=Count("pk", filter=(waits | runs) & Q(held=True)),
        left=Count("pk", filter=Q(state=SearchState.ENDED)),
    )


def _facts() -> list[dict[str, Any]]:
    counts = _counts()
    return [{"label": state.label, "value": counts[state.value], "big": True} for state in SubscriberState]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_subscribers(request: HttpRequest) -> HttpResponse:
    """The list, filtered; POST looks for an address, so that no log holds what was looked for."""
    require(request.user, "subscriber.list")
    filter_form = SubscriberFilterForm(request.GET)
    search_form = SubscriberSearchForm(request.POST if request.method == "POST" else None)
    wanted, found = "", _chosen(filter_form.asked())
    if request.method == "POST" and search_form.is_valid():
        wanted = search_form.cleaned_data["address"].strip().lower()
        found = SavedSearch.objects.with_mailbox().filter(reached__contains=wanted).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(1 if wanted else request.GET.get("page"))
    terms = Terms.load()
    context = {
        "facts": _facts(),
        "filter_form": filter_form,
        "filtered": f"?{request.GET.urlencode()}" if request.GET else "",
        "search_form": search_form,
        "wanted": wanted,
        "page": page,
        "rows": [_row(search, terms) for search in page],
        "crumbs": _crumbs(),
    }
    return render(request, "cases/subscribers.html", context, status=422 if search_form.errors else 200)


def _row(search: Any, terms: Terms) -> dict[str, Any]:
    state = state_of(search)
    return {
        "search": search,
        "state": state,
        "word": SubscriberState(state).label,
        "question": _question(search.selection, terms),
    }


def _question(selection: Selection, terms: Terms) -> str:
    return " · ".join(selection_words(selection, terms)) or _("Tous les nouveaux cas")


@never_cache
@require_POST
def case_subscribers_csv(request: HttpRequest) -> HttpResponseBase:
    """What the filters show, as a file. The password is asked again; the log keeps who, when and how many."""
    require(request.user, "subscriber.list")
    require_fresh_proof(request)
    filters = SubscriberFilterForm(request.GET).asked()
    found = _chosen(filters)
    note_subscribers_read(actor=request.user, count=found.count(), filters=filters, now=timezone.now())
    response = csv_stream("subscribers.csv", COLUMNS, _cells(found, Terms.load()))
    response["Cache-Control"] = "private, no-store"
    return response


def _cells(found: Any, terms: Terms) -> Iterator[tuple[Any, ...]]:
    for search in found.iterator():
        days = [
            day.date().isoformat() if day else "" for day in (search.asked_at, search.confirmed_at, search.ended_at)
        ]
        about = (search.reached, "yes" if search.account_id else "no", state_of(search))
        words = (_question(search.selection, terms), search.query, search.language, search.frequency)
        yield (*about, *words, *days)


# Bringing in ------------------------------------------------------------------------------


def outcome_words() -> dict[str, str]:
    """What is said of a line of a list."""
    return {
        "new": _("recevra un courriel pour confirmer"),
        "quiet": _("sera ajoutée ; un courriel pour confirmer lui est déjà parti depuis moins d’un jour"),
        "added": _("ajoutée : un courriel pour confirmer part"),
        "added_quiet": _("ajoutée : le courriel parti depuis moins d’un jour confirmera aussi cette alerte"),
        "follows": _("suit déjà cette recherche"),
        "waits": _("a déjà été invitée à confirmer cette recherche"),
        "left": _("a arrêté une alerte ou effacé son compte : nous ne lui écrivons pas"),
        "stopped": _("adresse arrêtée, en échec ou plainte : nous ne lui écrivons pas"),
        "twice": _("déjà plus haut dans cette liste"),
        "address": _("adresse illisible"),
        "language": _("langue inconnue : français ou anglais"),
        "frequency": _("rythme inconnu : chaque jour ou chaque semaine"),
    }


def _report(judged: list[Judged]) -> dict[str, Any]:
    words, counts = outcome_words(), Counter(one.outcome for one in judged)
    first = sorted(judged, key=lambda one: (one.outcome in FINE, one.line.number))[:SHOWN]
    return {
        "judged": [{"line": one.line, "word": words[one.outcome], "fine": one.outcome in FINE} for one in first],
        "tally": [{"word": word, "count": counts[name]} for name, word in words.items() if counts[name]],
        "others": len(judged) - len(first),
        "to_add": counts["new"] + counts["quiet"],
        "mails": counts["new"] + counts["added"],
        "added": counts["added"] + counts["added_quiet"],
    }


def _questions() -> list[str]:
    """What is followed most, as it is kept."""
    asked = SavedSearch.objects.standing().values("query").annotate(n=Count("pk")).order_by("-n", "query")
    return list(asked.values_list("query", flat=True)[:MOST_QUESTIONS])


def _import_page(request: HttpRequest, form: SubscriberImportForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "crumbs": _crumbs(_("Ajouter des adresses")), **more}
    return render(request, "cases/subscribers_import.html", context, status=status)


def _form(request: HttpRequest, *, posted: bool) -> SubscriberImportForm:
    given = (request.POST, request.FILES) if posted else (None, None)
    return SubscriberImportForm(*given, questions=_questions(), terms=Terms.load())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_subscribers_import(request: HttpRequest) -> HttpResponse:
    """A list is read and each line judged; the button under the report keeps and asks. The file is not kept."""
    require(request.user, "subscriber.import")
    if "rows" in request.POST:
        return _confirmed(request)
    form = _form(request, posted=request.method == "POST")
    if request.method != "POST":
        return _import_page(request, form)
    if not form.is_valid():
        return _import_page(request, form, status=422)
    try:
        lines = read_subscribers(data=_bytes(form), **_defaults(form))
        judged = judge_subscribers(lines=lines, selection=form.selection, now=timezone.now())
    except DomainError as error:
        given = "file" if form.cleaned_data["file"] else "pasted"
        form.add_error(given if error.field == "file" else error.field or None, str(error.message))
        return _import_page(request, form, status=422)
    back = {
        "question": canonical_query(form.selection),
        "rows": subscriber_text(lines=lines),
        "source": form.cleaned_data["source"],
    }
    context: dict[str, Any] = {
        "question": _question(form.selection, form.terms),
        "confirm": SubscriberConfirmForm(initial=back),
    }
    return _import_page(request, form, **context, **_report(judged))


def _bytes(form: SubscriberImportForm) -> bytes:
    """What was given; a mark before pasted words says that they are text, whatever they begin with."""
    file = form.cleaned_data["file"]
    data: bytes = file.read(LIMITS.size + 1) if file else f"\ufeff{form.cleaned_data['pasted']}".encode()
    return data


def _defaults(form: SubscriberImportForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("language", "frequency")}


def _confirmed(request: HttpRequest) -> HttpResponse:
    """The report again: written down, or as a file."""
    confirm = SubscriberConfirmForm(request.POST)
    try:
        lines = subscribers_of_text(text=confirm.cleaned_data["rows"] if confirm.is_valid() else "")
        selection = stored_selection(confirm.cleaned_data["question"])
        if "report" in request.POST:
            return _report_file(judge_subscribers(lines=lines, selection=selection, now=timezone.now()))
        judged = import_subscribers(
            lines=lines,
            selection=selection,
            source=confirm.cleaned_data["source"],
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        return _import_page(request, _form(request, posted=False), status=422, refusal=str(error.message))
    words = _question(selection, Terms.load())
    return _import_page(request, _form(request, posted=False), done=True, question=words, **_report(judged))


def _report_file(judged: list[Judged]) -> HttpResponse:
    """Every line of the list and what becomes of it."""
    words = outcome_words()

    def cells(one: Judged) -> tuple[Any, ...]:
        line: Line = one.line
        return line.number, line.address, line.language, line.frequency, one.outcome, words[one.outcome]

    header = ("line", "address", "language", "frequency", "outcome", "words")
    return csv_response("subscribers-report.csv", header, [cells(one) for one in judged])
