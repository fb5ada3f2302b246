"""Writing an event, reading it again before it is published, and what befalls it afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import is_organiser, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.moments import span_words
from coalition.notifications.reader_views import see_other
from coalition.pages.actions import EventConflict, create_event, edit_event, publish_event
from coalition.pages.enums import EventState
from coalition.pages.forms import EventForm, answers_of
from coalition.pages.models import Event, EventWords, event_line
from coalition.pages.querysets.events import WRITERS
from coalition.pages.views.event_page import event_context, event_crumbs, find_event
from members.models import Coalition, Organisation

MOST_SHOWN = 60
COMPARED = (
    "title", "kind", "summary", "venue", "street", "city", "country", "online_url", "spoken_words", "audience",
    "access", "registration", "registration_url", "description",
)  # fmt: skip


def writable_organisations(account: Any) -> Any:
    """The organisations this account may write events for, by name."""
    confirmed = Organisation.objects.confirmed().order_by("folded_name")
    return confirmed if is_organiser(account) else confirmed.of_account(account, *WRITERS)


def _steps() -> list[str]:
    return [_("Écrire"), _("Relire et publier")]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """A new event, as a draft; then the page where it is read again before it is published."""
    require(request.user, "event.create")
    form = _new_form(request)
    if request.method == "POST":
        _require_holders(request)
        if form.is_valid():
            created = _created(request, form)
            if created is not None:
                return see_other(reverse("event_publish", args=[created.slug]))
    title = _("Écrire un rendez-vous")
    context = {"form": form, "heading": title, "event": None, "steps": _steps(), "crumbs": event_crumbs(title)}
    return render(request, "events/write.html", context, status=422 if form.is_bound else 200)


def _new_form(request: HttpRequest) -> EventForm:
    organisations = writable_organisations(request.user)
    coalitions = Coalition.objects.order_by("number") if is_organiser(request.user) else None
    zone = getattr(request.user, "time_zone", "") or "Europe/Paris"
    initial: dict[str, Any] = {"language": reader_language(), "time_zone": zone}
    mine = list(organisations[:2])
    asked = request.GET.get("organisation", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        initial["organisation"] = int(asked)
    elif len(mine) == 1:
        initial["organisation"] = mine[0].pk
    posted = request.POST if request.method == "POST" else None
    return EventForm(posted, organisations=organisations, coalitions=coalitions, initial=initial)


def _require_holders(request: HttpRequest) -> None:
    """One that is not among theirs was asked for: the door says no, not the form."""
    asked = request.POST.get("organisation", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        organisation = Organisation.objects.filter(pk=int(asked)).first()
        if organisation is not None:
            require(request.user, "event.create", organisation)
    if request.POST.get("coalition", ""):
        require(request.user, "event.create_for_coalition")


def _created(request: HttpRequest, form: EventForm) -> Event | None:
    said = form.cleaned_data
    try:
        return create_event(
            actor=request.user,
            organisation=said.get("organisation"),
            coalition=said.get("coalition"),
            words=form.words(),
            now=timezone.now(),
        )
    except DomainError as error:
        _add_error(form, error)
        return None


def _add_error(form: Any, error: DomainError) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Other words; when somebody saved meanwhile, both texts, and nothing is lost."""
    found = find_event(request, slug, "event.edit")
    posted = request.POST if request.method == "POST" else None
    form = EventForm(posted, initial=answers_of(found), held=True)
    if posted is not None and form.is_valid():
        try:
            saved = edit_event(
                actor=request.user,
                event=found,
                words=form.words(),
                based_on=form.cleaned_data["based_on"] or 0,
                now=timezone.now(),
            )
        except EventConflict as conflict:
            return _conflict(request, form.words(), conflict.theirs)
        except DomainError as error:
            _add_error(form, error)
        else:
            return _after(request, saved)
    title = _("Modifier le rendez-vous")
    context = {"form": form, "heading": title, "event": found, "steps": _steps(), "crumbs": event_crumbs(title, found)}
    return render(request, "events/write.html", context, status=422 if form.is_bound else 200)


def _after(request: HttpRequest, saved: Event) -> HttpResponse:
    """A draft goes on to be read again; what is public shows itself."""
    if saved.state == EventState.DRAFT:
        return see_other(reverse("event_publish", args=[saved.slug]))
    messages.success(request, _("C’est enregistré. Ceux qui le suivent apprennent une date ou un lieu qui changent."))
    return see_other(saved.get_absolute_url())


def _heading(name: str) -> str:
    """What the form calls one of the words compared."""
    label: Any = EventForm.base_fields[name.removesuffix("_words")].label
    return str(label)


def _said(event: Event, name: str) -> str:
    """One of the words compared, as a reader reads it."""
    if name == "kind":
        return str(event.get_kind_display())
    return str(event.country.name if name == "country" else getattr(event, name))


def _conflict(request: HttpRequest, words: EventWords, theirs: Event) -> HttpResponse:
    """Both texts where they differ; yours in a form that saves over the other one knowingly. Nothing was written."""
    mine = Event(**words.columns(), version=theirs.version)
    differences = [
        {"label": _heading(name), "mine": _said(mine, name), "theirs": _said(theirs, name)}
        for name in COMPARED
        if _said(mine, name) != _said(theirs, name)
    ]
    when = [span_words(one.starts_at, one.ends_at, one.time_zone) for one in (mine, theirs)]
    if when[0] != when[1]:
        differences.insert(0, {"label": _("Quand"), "mine": when[0], "theirs": when[1]})
    context = {
        "form": EventForm(initial=answers_of(mine), held=True),
        "event": theirs,
        "differences": differences,
        "crumbs": event_crumbs(_("Deux textes"), theirs),
    }
    return render(request, "events/conflict.html", context, status=409)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def event_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as everybody will read it, then one button."""
    found, now = find_event(request, slug, "event.publish"), timezone.now()
    error: DomainError | None = None
    if request.method == "POST":
        asked = request.POST.get("based_on", "")
        based_on = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        try:
            publish_event(actor=request.user, event=found, based_on=based_on, now=now)
        except DomainError as refusal:
            error = refusal
            found = find_event(request, slug, "event.publish")
        else:
            messages.success(request, _("Publié. Ceux qui suivent qui le tient vont l’apprendre."))
            return see_other(found.get_absolute_url())
    context = {
        **event_context(request, found, now),
        "refusal": str(error.message) if error else "",
        "steps": _steps(),
        "crumbs": event_crumbs(_("Relire et publier"), found),
    }
    status = 409 if isinstance(error, EventConflict) else 422 if error else 200
    return render(request, "events/publish.html", context, status=status)


@never_cache
@require_safe
def event_desk(request: HttpRequest) -> HttpResponse:
    """« Vos rendez-vous »: drafts, those to come, those to tell of; every one for organisers."""
    require(request.user, "event.create")
    now = timezone.now()
    rows = list(Event.objects.held_by(request.user).whole().order_by("-starts_at", "-pk")[:MOST_SHOWN])
    lines = [event_line(one, now) for one in rows]
    public = [line for line in lines if line["event"].state != EventState.DRAFT]
    context = {
        "drafts": [line for line in lines if line["event"].state == EventState.DRAFT],
        "coming": [line for line in reversed(public) if not line["past"]],
        "past": [line for line in public if line["past"]],
        "crumbs": event_crumbs(_("Vos rendez-vous")),
    }
    return render(request, "events/desk.html", context)
