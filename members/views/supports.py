"""Supporters: the public list, the form of a person, the two clicks of an organisation, confirmation, withdrawal."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import LoginNeeded, Refused, can, is_known, is_signed_in, require
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.middleware import plain_refusal
from coalition.core.profiles import ProfileItem, ProfileSection
from coalition.core.tokens import link_state
from coalition.notifications.leaving.clicks import answer_click
from members.actions import (
    StaleSupportLink,
    ask_support,
    confirm_support,
    support_as_organisation,
    withdraw_support,
    withdraw_support_by_link,
)
from members.enums import Role, SupporterKind, SupportState
from members.forms import OrganisationSupportForm, SupportForm, SupportWordsForm
from members.models import Coalition, Cosponsorship, Organisation, Support
from members.notifications import SUPPORT_PURPOSE, support_of_secret
from members.notifications.supports import is_support_secret

PAGE = 60


def _coalition() -> Coalition:
    found: Coalition | None = Coalition.objects.looking_for_cosponsors().first()
    if found is None:
        raise Http404
    return found


@require_safe
def supporters(request: HttpRequest) -> HttpResponse:
    """Who supports the coalition: organisations, and the persons who agreed to be named; the others are counted."""
    coalition = Coalition.objects.looking_for_cosponsors().first()
    own = Support.objects.filter(coalition=coalition)
    listed = own.listed().select_related("organisation")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    organisations, persons = own.of_organisations().count(), own.of_persons().count()
    context = {
        "coalition": coalition,
        "page": page,
        "count": organisations + persons,
        "unnamed": organisations + persons - page.paginator.count,
        "facts": [
            {"label": _("Organisations"), "value": organisations, "big": True},
            {"label": _("Personnes"), "value": persons, "big": True},
        ],
    }
    return render(request, "members/supporters.html", context)


def _organisations(request: HttpRequest, coalition: Coalition) -> Any:
    """The confirmed organisations this account may support for, that neither support nor co-sponsor yet."""
    if not is_known(request.user):
        return Organisation.objects.none()
    taken = Support.objects.active().filter(coalition=coalition).exclude(organisation=None).order_by()
    official = Cosponsorship.objects.official().filter(coalition=coalition).order_by()
    mine = Organisation.objects.confirmed().of_account(request.user, Role.EDITOR, Role.REPRESENTATIVE)
    mine = mine.exclude(pk__in=taken.values("organisation")).exclude(pk__in=official.values("organisation"))
    return mine.order_by("folded_name")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_new(request: HttpRequest) -> HttpResponse:
    """The form of a person; above it, for who acts for an organisation, its button."""
    coalition = _coalition()
    form = SupportForm(request.POST or None, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="support"):
            sentence = _("Beaucoup de soutiens viennent d’arriver de votre réseau. Recommencez dans une heure.")
            return plain_refusal(request, 429, sentence)
        data = dict(form.cleaned_data)
        if not data.pop("nickname"):
            ask_support(coalition=coalition, now=timezone.now(), **data)
        return HttpResponseRedirect(reverse("support_sent"), status=303)
    mine = OrganisationSupportForm(organisations=_organisations(request, coalition))
    context = {"coalition": coalition, "form": form, "organisation_form": mine}
    return render(request, "members/support_new.html", context)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the site knows of who asks."""
    account: Any = request.user
    if not is_signed_in(account):
        return {"language": reader_language()}
    return {"language": account.language, "name": account.name, "email": account.email}


@require_safe
def support_sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same page whatever we know of the address."""
    return render(request, "members/support_sent.html")


@require_POST
def support_organisation(request: HttpRequest) -> HttpResponse:
    """The second click of an organisation."""
    coalition = _coalition()
    account: Any = request.user
    if not is_signed_in(account):
        raise LoginNeeded
    form = OrganisationSupportForm(request.POST, organisations=Organisation.objects.visible_to(account))
    if not form.is_valid():
        raise Refused(_("Choisissez une organisation au nom de laquelle vous agissez."))
    organisation = form.cleaned_data["organisation"]
    try:
        _support, created = support_as_organisation(
            coalition=coalition, organisation=organisation, actor=account, now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        told = _("%(name)s soutient la coalition et paraît dans cette liste.")
        again = _("%(name)s soutenait déjà la coalition.")
        messages.success(request, (told if created else again) % {"name": organisation.name})
    return HttpResponseRedirect(reverse("supporters"), status=303)


def _link_state(token: str) -> tuple[Support | None, str, int]:
    """The support behind a mailed link, what can be said of the link, and the page's status."""
    now = timezone.now()
    return link_state(
        purpose=SUPPORT_PURPOSE, secret=token, waits=lambda support: support.state == SupportState.AWAITING, now=now
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows what was written, to keep or correct; POST makes it count. Works without login."""
    support, state, status = _link_state(token)
    if state != "live" or support is None:
        used = request.method == "POST" and status == 200
        context: dict[str, Any] = {"support": support, "link": state}
        return render(request, "members/support_confirm.html", context, status=409 if used else status)
    words = {name: getattr(support, name) for name in ("name", "city", "message", "name_is_public")}
    form = SupportWordsForm(request.POST if request.method == "POST" else None, initial=words)
    if request.method == "POST" and form.is_valid():
        network = get_adapter().get_client_ip(request)
        try:
            support = confirm_support(token=token, now=timezone.now(), network=network, **form.cleaned_data)
        except StaleSupportLink:
            return render(request, "members/support_confirm.html", {"support": support, "link": "used"}, status=409)
        state = "confirmed"
    return render(request, "members/support_confirm.html", {"support": support, "link": state, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_leave(request: HttpRequest, secret: str) -> HttpResponse:
    """The link that always works: GET asks, POST ends the support, as often as it is used."""
    support = support_of_secret(secret)
    if support is None:
        return render(request, "members/support_leave.html", {"support": None}, status=404)
    if request.method == "POST":
        support = withdraw_support_by_link(secret=secret, now=timezone.now())
    gone = support.state == SupportState.WITHDRAWN
    return render(request, "members/support_leave.html", {"support": support, "gone": gone})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_one_click(request: HttpRequest, secret: str) -> HttpResponse:
    """What mail programs post when their own button is pressed (RFC 8058); people are shown the page that asks."""
    if not is_support_secret(secret):
        raise Http404
    page = reverse("support_leave", args=[secret])
    return answer_click(request, page=page, stop=lambda: _withdraw(secret))


def _withdraw(secret: str) -> None:
    """End the support, as often as it is asked, even when nothing is left of it."""
    if support_of_secret(secret) is not None:
        withdraw_support_by_link(secret=secret, now=timezone.now())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The same from an account: one's own support, one's organisation's, or any for an organiser."""
    if not is_signed_in(request.user):
        raise LoginNeeded
    support = get_object_or_404(Support.objects.select_related("organisation", "coalition"), pk=pk)
    require(request.user, "support.withdraw", support)
    if request.method == "POST":
        withdraw_support(support=support, actor=request.user, now=timezone.now())
        messages.success(request, _("Ce soutien est retiré."))
        return HttpResponseRedirect(reverse("supporters"), status=303)
    gone = support.state == SupportState.WITHDRAWN
    return render(request, "members/support_leave.html", {"support": support, "gone": gone, "inside": True})


def supports_of_account(account: Any) -> ProfileSection | None:
    """What the account supports, itself or by its organisations, each line leading to where it is withdrawn."""
    if not is_known(account):
        return None
    editing = [pk for pk, role in account.roles.items() if role in (Role.EDITOR, Role.REPRESENTATIVE)]
    own = Q(kind=SupporterKind.PERSON) & (Q(account=account) | Q(email__iexact=account.email))
    given = Support.objects.active().filter(own | Q(organisation__in=editing)).select_related("organisation")
    items = [_line(support, account) for support in given]
    return ProfileSection(_("Vos soutiens"), items) if items else None


def supports_of_profile(organisation: Any, account: Any) -> ProfileSection | None:
    """That an organisation supports a coalition without co-sponsoring it; no query when it is known not to."""
    if not getattr(organisation, "has_supported", True):
        return None
    given = Support.objects.of_organisations().filter(organisation=organisation)
    items = [_line(support, account) for support in given.select_related("organisation")]
    return ProfileSection(_("Soutiens"), items) if items else None


def _line(support: Support, account: Any) -> ProfileItem:
    """One support in a list; its link leads to its end for who may end it, to the public list for others."""
    mine = can(account, "support.withdraw", support)
    return ProfileItem(
        title=support.organisation.name if support.organisation else support.name,
        what=_("Soutient la coalition"),
        text=_("se retirer") if mine else support.message,
        date=support.confirmed_at.date() if support.confirmed_at else None,
        url=reverse("support_withdraw", args=[support.pk]) if mine else reverse("supporters"),
    )
