"""Invitations: sent, cancelled, sent again; the mailed link and its answer; whole lists."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import can, is_known, is_signed_in, require
from coalition.core.errors import DomainError
from coalition.core.tokens import known_token
from members.actions import (
    ListRefused,
    StaleInvitation,
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    invite_list,
    invite_person,
    judge_list,
    list_text,
    read_list,
    resend_invitation,
)
from members.actions.invitation_lists import MOST_BYTES, Judged, Line
from members.actions.invitations import TooManyInvitations, masked
from members.enums import RIGHTS, InvitationState, OrganisationState, Role
from members.forms import InvitationForm, InvitationListConfirmForm, InvitationListForm
from members.models import Invitation
from members.notifications.mandates import INVITATION_PURPOSE
from members.rules.mandates import verified_addresses
from members.views.people import back_to_people
from members.views.profile import find_organisation

STATUS = {"open": 200, "accepted": 200, "declined": 200, "cancelled": 410, "expired": 410, "forged": 404}
"""What a reader of the link is answered, by what has become of the invitation."""
REFUSED = {"accepted": 409, "declined": 409, "cancelled": 409, "expired": 403, "forged": 404}
"""The same for who tries to answer it."""


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody by address."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.invite", organisation)
    form = InvitationForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            invite_person(organisation=organisation, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            status = 429 if isinstance(error, TooManyInvitations) else 200
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(
                request, _("L’invitation part. La personne a quatorze jours pour répondre ; vous serez prévenu.")
            )
            return back_to_people(organisation)
    rights = [{"title": role.label, "text": RIGHTS[role]} for role in Role]
    context = {"form": form, "organisation": organisation, "rights": rights}
    return render(request, "members/invitation_new.html", context, status=status)


def _managed(request: HttpRequest, slug: str, pk: int) -> Invitation:
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.invite", organisation)
    found: Invitation = get_object_or_404(
        Invitation.objects.select_related("organisation"), pk=pk, organisation=organisation
    )
    return found


@require_POST
def invitation_cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an unanswered invitation back."""
    found = _managed(request, slug, pk)
    cancel_invitation(invitation=found, actor=request.user, now=timezone.now())
    messages.success(request, _("L’invitation est annulée : son lien ne mène plus à rien."))
    return back_to_people(found.organisation)


@require_POST
def invitation_resend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a fresh invitation in the place of an unanswered one."""
    found = _managed(request, slug, pk)
    try:
        resend_invitation(invitation=found, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Un nouveau courriel part. Seul son lien est valable, quatorze jours."))
    return back_to_people(found.organisation)


# The mailed link --------------------------------------------------------------------------


def _of_link(token: str) -> tuple[Invitation | None, str]:
    """The invitation behind a mailed secret, and what has become of it."""
    known = known_token(purpose=INVITATION_PURPOSE, secret=token)
    found: Any = known.subject if known else None
    if known is None or found is None or known.address.lower() != found.email.lower():
        return None, "forged"
    if found.state != InvitationState.OPEN:
        return found, found.state
    if found.organisation.state != OrganisationState.CONFIRMED:
        return found, "cancelled"
    return found, "expired" if min(found.expires_at, known.expires_at) <= timezone.now() else "open"


def _link_page(request: HttpRequest, token: str, *, status: int | None = None) -> HttpResponse:
    found, state = _of_link(token)
    account: Any = request.user
    here = reverse("invitation", args=[token])
    context: dict[str, Any] = {"invitation": found, "state": state, "organisation": found and found.organisation}
    if found is not None:
        fits = is_known(account) and found.email.lower() in verified_addresses(account)
        context |= {
            "rights": RIGHTS[Role(found.role)],
            "signed_in": is_signed_in(account),
            "fits": fits,
            "inside": bool(fits and can(account, "organisation.people", found.organisation)),
            "address": found.email if state == "open" and not is_signed_in(account) else masked(found.email),
            "login_to": f"{reverse('account_login')}?{urlencode({'next': here})}",
            "signup_to": f"{reverse('account_signup')}?{urlencode({'next': here, 'email': found.email})}",
        }
    return render(request, "members/invitation.html", context, status=status or STATUS[state])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: GET shows who invites and into what; the buttons accept (with the account) or decline."""
    if request.method != "POST":
        return _link_page(request, token)
    declines = request.POST.get("answer") == "decline"
    if not declines and not is_signed_in(request.user):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    found, state = _of_link(token)
    if found is None or state != "open":
        return _link_page(request, token, status=REFUSED[state])
    return _answer(request, found, declines, token)


def _answer(request: HttpRequest, found: Invitation, declines: bool, token: str = "") -> HttpResponse:
    now = timezone.now()
    try:
        if declines:
            decline_invitation(invitation=found, actor=request.user, token=token, now=now)
        else:
            accept_invitation(invitation=found, actor=request.user, now=now)
    except StaleInvitation as error:
        if token:
            return _link_page(request, token, status=REFUSED[error.reason])
        messages.error(request, _("Cette invitation n’est plus valable : demandez-en une autre."))
        return HttpResponseRedirect(reverse("account_overview"), status=303)
    if not declines:
        messages.success(request, _("Bienvenue. Vous agissez maintenant pour cette organisation."))
        return back_to_people(found.organisation)
    if token and not is_signed_in(request.user):
        return _link_page(request, token)
    messages.success(request, _("L’invitation est déclinée. La personne qui vous a invité est prévenue."))
    return HttpResponseRedirect(reverse("account_overview"), status=303)


@require_POST
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The same from the account page, for an account that proved the invited address; to others it does not exist."""
    require(request.user, "account.own")
    mine = Invitation.objects.filter(email__in=verified_addresses(request.user)).select_related("organisation")
    found: Invitation = get_object_or_404(mine, pk=pk)
    return _answer(request, found, request.POST.get("answer") == "decline")


# Whole lists --------------------------------------------------------------------------------


def outcome_words() -> dict[str, str]:
    """What is said of a line of a list."""
    return {
        "invite": _("à inviter"),
        "sent": _("invitation envoyée"),
        "member": _("agit déjà pour l’organisation"),
        "invited": _("déjà invité, attend sa réponse"),
        "twice": _("déjà plus haut dans cette liste"),
        "unknown": _("organisation inconnue ici"),
        "several": _("plusieurs organisations portent ce nom : écrivez son adresse courte"),
        "address": _("adresse illisible"),
        "role": _("rôle inconnu : membre, rédaction ou représentation"),
        "language": _("langue inconnue : français ou anglais"),
    }


def _report(judged: list[Judged]) -> dict[str, Any]:
    words, counts = outcome_words(), Counter(one.outcome for one in judged)
    fine = ("invite", "sent", "member", "invited")
    return {
        "judged": [
            {"line": one.line, "place": one.place, "word": words[one.outcome], "fine": one.outcome in fine}
            for one in judged
        ],
        "tally": [{"word": word, "count": counts[name]} for name, word in words.items() if counts[name]],
        "to_send": counts["invite"],
        "sent": counts["sent"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_list(request: HttpRequest) -> HttpResponse:
    """A file is read and each line judged; the button under the report sends. The file is not kept."""
    require(request.user, "invitation.import_list")
    if "rows" in request.POST:
        return _send_list(request)
    form = InvitationListForm(request.POST or None, request.FILES or None)
    report: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_list(data=form.cleaned_data["file"].read(MOST_BYTES + 1))
        except ListRefused as error:
            form.add_error(error.field or None, str(error.message))
        else:
            confirm = InvitationListConfirmForm(initial={"rows": list_text(lines=lines)})
            report = {**_report(judge_list(lines=lines)), "confirm": confirm}
    return render(request, "members/invitation_list.html", {"form": form, **report})


def _send_list(request: HttpRequest) -> HttpResponse:
    confirm = InvitationListConfirmForm(request.POST)
    lines: list[Line] = []
    form = InvitationListForm()
    if confirm.is_valid():
        try:
            lines = read_list(data=confirm.cleaned_data["rows"].encode())
        except ListRefused as error:
            messages.error(request, str(error.message))
    report = _report(invite_list(lines=lines, actor=request.user, now=timezone.now())) if lines else {}
    return render(request, "members/invitation_list.html", {"form": form, "done": bool(lines), **report})
