"""Being told of the new cases of a search: asking, confirming, managing, stopping."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import (
    StaleAlertLink,
    ask_alert,
    confirm_alerts,
    end_search,
    end_search_by_link,
    follow_search,
    hush_search,
    pace_search,
    pace_search_by_link,
)
from cases.actions.alerts import waiting_with
from cases.enums import SearchState
from cases.forms.alerts import AlertForm, PaceForm
from cases.models import SavedSearch, Terms
from cases.models.alerts import selection_words
from cases.notifications.alerts import ALERT_PURPOSE, key_of_secret, search_secret
from cases.search import Selection, read_selection
from coalition.core.access import LoginNeeded, can, is_known, is_signed_in, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.middleware import plain_refusal
from coalition.core.profiles import ProfileItem, ProfileSection
from coalition.core.tokens import link_state
from coalition.notifications.leaving.clicks import answer_click

SHOWN = 5


def _crumbs(title: str) -> list[dict[str, str]]:
    return [
        {"label": _("Accueil"), "url": f"/{reader_language()}/"},
        {"label": _("Cas"), "url": reverse("case_index")},
        {"label": title, "url": ""},
    ]


def _asking_page(request: HttpRequest, selection: Selection, form: AlertForm, error: str = "") -> HttpResponse:
    context = {
        "selection": selection,
        "words": selection_words(selection),
        "form": form,
        "own_form": PaceForm(auto_id="own_%s") if is_known(request.user) else None,
        "refusal": error,
        "crumbs": _crumbs(_("M’avertir des nouveaux cas")),
    }
    return render(request, "cases/alert_new.html", context, status=422 if error else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_alert_new(request: HttpRequest) -> HttpResponse:
    """What would be watched, in words, and where to write. The same answer whatever we know of the address."""
    selection = read_selection(request.GET)
    known = {"email": getattr(request.user, "email", "")} if is_signed_in(request.user) else {}
    form = AlertForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method != "POST" or not form.is_valid():
        return _asking_page(request, selection, form)
    if not ratelimit.consume(request, action="case_alert"):
        sentence = _("Beaucoup d’alertes viennent d’être demandées de votre réseau. Recommencez dans une heure.")
        return plain_refusal(request, 429, sentence)
    if not form.cleaned_data["nickname"]:
        asked = {"address": form.cleaned_data["email"], "frequency": form.cleaned_data["frequency"]}
        try:
            ask_alert(selection=selection, language=reader_language(), now=timezone.now(), **asked)
        except DomainError as error:
            return _asking_page(request, selection, form, str(error.message))
    return HttpResponseRedirect(reverse("case_alert_sent"), status=303)


@require_safe
def case_alert_sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same page whatever we know of the address."""
    return render(request, "cases/alert_sent.html", {"crumbs": _crumbs(_("Ouvrez votre boîte aux lettres"))})


@require_POST
def case_alert_follow(request: HttpRequest) -> HttpResponse:
    """One's own account follows the search; nothing has to be confirmed, its address is proved."""
    require(request.user, "search.save")
    selection, form = read_selection(request.GET), PaceForm(request.POST, auto_id="own_%s")
    pace = form.cleaned_data["frequency"] if form.is_valid() else PaceForm.base_fields["frequency"].initial
    try:
        follow_search(
            actor=request.user, selection=selection, language=reader_language(), frequency=pace, now=timezone.now()
        )
    except DomainError as error:
        return _asking_page(request, selection, AlertForm(), str(error.message))
    messages.success(request, _("C’est noté. Un courriel partira quand un nouveau cas répondra à cette recherche."))
    return HttpResponseRedirect(reverse("case_alerts"), status=303)


def _link_state(token: str) -> tuple[SavedSearch | None, str, int]:
    """The search behind a mailed link, what can be said of the link, and the page's status."""
    now = timezone.now()
    return link_state(
        purpose=ALERT_PURPOSE, secret=token, waits=lambda search: search.state == SearchState.PENDING, now=now
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_alert_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows what would be watched, POST lets it run. Works without login."""
    search, state, status = _link_state(token)
    if state != "live" or search is None:
        status = 409 if request.method == "POST" and status == 200 else status
        return render(request, "cases/alert_confirm.html", {"link": state}, status=status)
    searches = waiting_with(search)
    if request.method == "POST":
        try:
            network = get_adapter().get_client_ip(request)
            searches = confirm_alerts(token=token, now=timezone.now(), network=network)
        except StaleAlertLink:
            return render(request, "cases/alert_confirm.html", {"link": "used"}, status=409)
        state = "confirmed"
    secret = search_secret(search)
    return render(request, "cases/alert_confirm.html", {"link": state, "searches": _rows(searches), "secret": secret})


def _rows(searches: list[SavedSearch]) -> list[dict[str, Any]]:
    """Searches as pages list them: what each watches, its rhythm, the form to change it, its signed word."""
    terms = Terms.load() if searches else None
    return [
        {
            "search": search,
            "words": search.words(terms),
            "form": PaceForm(initial={"frequency": search.frequency}, auto_id=f"s{search.pk}_%s"),
            "secret": search_secret(search),
            "query": f"?{search.query}" if search.query else "",
        }
        for search in searches
    ]


def _of_secret(secret: str) -> tuple[int, SavedSearch | None]:
    """The key a signed word names, and the search while it stands. Http404 for a word we never wrote."""
    key = key_of_secret(secret)
    if key is None:
        raise Http404
    return key, SavedSearch.objects.standing().select_related("account").filter(pk=key).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_alert_manage(request: HttpRequest, secret: str) -> HttpResponse:
    """« Gérer », from a mail: GET shows what this mailbox follows, POST changes the rhythm of the search named."""
    _key, search = _of_secret(secret)
    form = PaceForm(request.POST or None)
    if request.method == "POST" and search is not None and form.is_valid():
        pace_search_by_link(search=search, frequency=form.cleaned_data["frequency"], now=timezone.now())
        return HttpResponseRedirect(reverse("case_alert_manage", args=[secret]), status=303)
    context = {"rows": _rows(_same_mailbox(search)), "crumbs": _crumbs(_("Vos alertes")), "by_link": True}
    return render(request, "cases/alerts.html", context)


def _same_mailbox(search: SavedSearch | None) -> list[SavedSearch]:
    """What runs for the owner of this search, itself first."""
    if search is None:
        return []
    running = SavedSearch.objects.running()
    same = running.filter(account=search.account) if search.account else running.of_address(search.address)
    return sorted(same, key=lambda each: (each.pk != search.pk, each.pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_alert_stop(request: HttpRequest, secret: str) -> HttpResponse:
    """The link that always works: GET asks, POST stops the search, as often as it is used."""
    key, search = _of_secret(secret)
    if request.method == "POST":
        end_search_by_link(key=key, now=timezone.now())
        search = None
    words = search.words() if search is not None else []
    return render(request, "cases/alert_stop.html", {"search": search, "words": words})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case_alert_one_click(request: HttpRequest, secret: str) -> HttpResponse:
    """What mail programmes post when their own button is pressed (RFC 8058): no page, no cookie, no token of a form.

    A person who opens the address is shown the page that asks.
    """
    key, _search = _of_secret(secret)
    page, now = reverse("case_alert_stop", args=[secret]), timezone.now()
    return answer_click(request, page=page, stop=lambda: end_search_by_link(key=key, now=now))


@require_safe
def case_alerts(request: HttpRequest) -> HttpResponse:
    """« Vos alertes » of an account."""
    require(request.user, "search.list")
    mine = SavedSearch.objects.running().filter(account=request.user.pk)
    context = {"rows": _rows(list(mine)), "crumbs": _crumbs(_("Vos alertes"))}
    return render(request, "cases/alerts.html", context)


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    if not is_signed_in(request.user):
        raise LoginNeeded
    search = get_object_or_404(SavedSearch.objects.running().select_related("account"), pk=pk)
    require(request.user, "search.manage", search)
    return search


@require_POST
def case_alert_pace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another rhythm for one's own search."""
    search, form = _own(request, pk), PaceForm(request.POST)
    if form.is_valid():
        pace_search(actor=request.user, search=search, frequency=form.cleaned_data["frequency"], now=timezone.now())
        messages.success(request, _("Le rythme de cette alerte est changé."))
    return HttpResponseRedirect(reverse("case_alerts"), status=303)


@require_POST
def case_alert_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one's own search."""
    end_search(actor=request.user, search=_own(request, pk), now=timezone.now())
    messages.success(request, _("Cette alerte est arrêtée."))
    return HttpResponseRedirect(reverse("case_alerts"), status=303)


@require_POST
def case_alert_act(request: HttpRequest, pk: int) -> HttpResponse:
    """The buttons of « Ce que vous suivez »: stop, silence, hear of it again."""
    search, act, now = _own(request, pk), request.POST.get("act"), timezone.now()
    if act == "unfollow":
        end_search(actor=request.user, search=search, now=now)
        messages.success(request, _("Vous ne le suivez plus."))
    elif act in ("mute", "follow"):
        hush_search(actor=request.user, search=search, muted=act == "mute", now=now)
        silent = _("C’est silencieux : plus rien ne vous en sera dit.")
        messages.success(request, silent if act == "mute" else _("Vous le suivez : ce qui s’y passe vous sera dit."))
    else:
        return HttpResponseBadRequest(_("Choisissez ce que vous voulez en faire."))
    return HttpResponseRedirect(reverse("follows"), status=303)


def own_alerts(account: Any) -> ProfileSection | None:
    """« Vos alertes » on the page of an account; None for one that follows no search."""
    if not can(account, "search.list"):
        return None
    mine = list(SavedSearch.objects.running().filter(account=account)[:SHOWN])
    if not mine:
        return None
    return ProfileSection(
        title=_("Vos alertes"),
        items=[
            ProfileItem(title=", ".join(row["words"]) or _("Tous les cas"), text=row["search"].get_frequency_display())
            for row in _rows(mine)
        ],
        more_url=reverse("case_alerts"),
        more_label=_("Gérer vos alertes"),
    )
