"""The people of an organisation: who acts for it today and did before, and what each may change."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import EDITORS_LET_IN, can, is_organiser, require
from coalition.core.attachments import attachment_response
from coalition.core.errors import DomainError
from members.actions import LastRepresentative, change_affiliation, end_affiliation, name_successor, note_proof_read
from members.actions.admin_entry import let_editor_in, shut_editor_out
from members.actions.invitations import TooManyInvitations
from members.enums import RIGHTS, InvitationState, Role
from members.forms import AffiliationForm, HandOverForm, JoinDecisionForm
from members.models import Affiliation, Invitation, JoinRequest, Organisation
from members.rules.mandates import verified_addresses, verified_email_domains
from members.views.profile import find_organisation

ANSWERS_SHOWN = timedelta(days=30)
"""How long a declined request stays on its author's page."""
PAST = 100
"""Ended lines shown on the page, the latest first."""


def people_url(organisation: Organisation) -> str:
    """Where the organisation's people are."""
    return reverse("people", args=[organisation.slug])


def back_to_people(organisation: Organisation) -> HttpResponse:
    """After an act."""
    return HttpResponseRedirect(people_url(organisation), status=303)


def find_affiliation(request: HttpRequest, slug: str, pk: int) -> Affiliation:
    """A line of this organisation, else 404; what may be done with it is asked afterwards."""
    organisation = find_organisation(request, slug)
    lines = Affiliation.objects.select_related("account", "organisation", "mandate_document")
    line: Affiliation = get_object_or_404(lines, pk=pk, organisation=organisation)
    return line


def _lines(organisation: Organisation) -> dict[str, Any]:
    """Everything its representatives see; five queries whatever the numbers."""
    every = Affiliation.objects.filter(organisation=organisation).select_related("account", "mandate_document")
    past = every.exclude(ended_on=None).select_related("account", "ended_by").order_by("-ended_on", "-pk")
    open_ones = Invitation.objects.open().filter(organisation=organisation)
    closed = Invitation.objects.filter(organisation=organisation).exclude(state=InvitationState.OPEN)
    asked = JoinRequest.objects.open().filter(organisation=organisation).select_related("account")
    running = list(every.active().order_by("started_on", "pk"))
    return {
        "running": running,
        "representatives": sum(line.role == Role.REPRESENTATIVE for line in running),
        "past": list(past[:PAST]),
        "invitations": list(open_ones.select_related("invited_by", "hands_over__account")),
        "answered": list(closed.select_related("invited_by")[:PAST]),
        "decisions": decision_forms(list(asked)),
        "now": timezone.now(),
    }


def people_page(request: HttpRequest, organisation: Organisation, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page, whole for representatives and organisers, one's own line for the others."""
    account: Any = request.user
    whole = bool(can(account, "organisation.view_members", organisation))
    own = Affiliation.objects.active().filter(organisation=organisation, account=account).first()
    context = {
        "organisation": organisation,
        "whole": whole,
        "own": own,
        "may_invite": bool(can(account, "organisation.invite", organisation)),
        "may_hand_over": bool(can(account, "affiliation.hand_over", organisation)),
        "organiser": is_organiser(account),
        **(_lines(organisation) if whole else {}),
        **extra,
    }
    return render(request, "members/people.html", context, status=status)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for the organisation, who is invited, who asks, who did before."""
    organisation = find_organisation(request, slug)
    require(request.user, "organisation.people", organisation)
    return people_page(request, organisation)


def _mandate(line: Affiliation) -> dict[str, Any]:
    names = ("role", "function", "mandate_reference", "mandate_date", "mandate_until")
    return {name: getattr(line, name) for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Role, function, mandate and its proof; the line as it was stays in the history."""
    line = find_affiliation(request, slug, pk)
    require(request.user, "affiliation.change", line)
    form = AffiliationForm(request.POST or None, request.FILES or None, initial=_mandate(line))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_affiliation(affiliation=line, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            status = 409 if isinstance(error, LastRepresentative) else 200
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Le mandat est à jour. Ce qu’il était reste dans l’historique."))
            return back_to_people(line.organisation)
    context = {
        "form": form,
        "line": line,
        "organisation": line.organisation,
        "rights": _rights(),
        "may_let_in": bool(can(request.user, "affiliation.let_in", line)),
        "is_let_in": EDITORS_LET_IN in line.account.group_names,
    }
    return render(request, "members/affiliation_edit.html", context, status=status)


def _rights() -> list[dict[str, Any]]:
    """What each role may do, for those who choose one."""
    return [{"title": role.label, "text": RIGHTS[role]} for role in Role]


@require_POST
def affiliation_admin_entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let an editor into the admin's editor, or shut it again; organisers decide."""
    line = find_affiliation(request, slug, pk)
    if request.POST.get("entry") == "out":
        shut_editor_out(affiliation=line, actor=request.user, now=timezone.now())
        messages.success(request, _("L’éditeur avancé lui est fermé."))
    else:
        let_editor_in(affiliation=line, actor=request.user, now=timezone.now())
        messages.success(request, _("L’éditeur avancé lui est ouvert, dès que son second facteur est actif."))
    return HttpResponseRedirect(reverse("affiliation_edit", args=[slug, pk]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leave, or send somebody away: this page says what follows, its button does it."""
    line = find_affiliation(request, slug, pk)
    require(request.user, "affiliation.end", line)
    leaves, refusal = request.user.pk == line.account_id, ""
    if request.method == "POST":
        try:
            end_affiliation(affiliation=line, actor=request.user, now=timezone.now())
        except LastRepresentative as error:
            refusal = str(error.message)
        else:
            messages.success(
                request, _("Vous avez quitté l’organisation.") if leaves else _("La personne est retirée.")
            )
            if leaves:
                return HttpResponseRedirect(reverse("account_overview"), status=303)
            return back_to_people(line.organisation)
    context = {
        "line": line,
        "organisation": line.organisation,
        "leaves": leaves,
        "refusal": refusal,
        "may_hand_over": bool(can(request.user, "affiliation.hand_over", line.organisation)),
    }
    return render(request, "members/affiliation_end.html", context, status=409 if refusal else 200)


@require_safe
def mandate_document(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The proof of a mandate, as a download; each reading leaves a line in the log."""
    line = find_affiliation(request, slug, pk)
    require(request.user, "affiliation.read_document", line)
    if request.method == "GET":
        note_proof_read(affiliation=line, actor=request.user, now=timezone.now())
    assert line.mandate_document is not None  # noqa: S101 - for the type checker: the rule has looked
    return attachment_response(line.mandate_document)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who takes one's mandate; nothing changes until that person accepts."""
    organisation = find_organisation(request, slug)
    require(request.user, "affiliation.hand_over", organisation)
    others = Affiliation.objects.active().filter(organisation=organisation).exclude(role=Role.REPRESENTATIVE)
    colleagues = list(others.select_related("account").order_by("started_on", "pk"))
    form = HandOverForm(request.POST or None, colleagues=colleagues)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "successor"}
        try:
            name_successor(organisation=organisation, actor=request.user, now=timezone.now(), **data)
        except DomainError as error:
            status = 429 if isinstance(error, TooManyInvitations) else 200
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(
                request, _("Un courriel part. Vous gardez votre mandat jusqu’à ce que cette personne accepte.")
            )
            return back_to_people(organisation)
    context = {"form": form, "organisation": organisation}
    return render(request, "members/hand_over.html", context, status=status)


def own_organisations(account: Any) -> dict[str, Any]:
    """What the account page says of organisations beside those one acts for: invitations, requests, open doors."""
    addresses = verified_addresses(account)
    waiting = Invitation.objects.open().filter(email__in=addresses, expires_at__gt=timezone.now())
    since = timezone.now() - ANSWERS_SHOWN
    asked = JoinRequest.objects.filter(account=account).standing(since=since).select_related("organisation")
    inside = Affiliation.objects.active().filter(account=account).values("organisation")
    near = Organisation.objects.confirmed().filter(verified_domains__domain__in=verified_email_domains(account))
    invitations = waiting.select_related("organisation", "invited_by")
    return {
        "own_invitations": [{"invitation": one, "rights": RIGHTS[Role(one.role)]} for one in invitations],
        "join_requests": list(asked.with_answerers()),
        "near_organisations": list(near.exclude(pk__in=inside).distinct().order_by("folded_name")),
    }


def decision_forms(requests: list[JoinRequest], bound: JoinDecisionForm | None = None) -> list[dict[str, Any]]:
    """Each open request with its form; the one that was sent and refused keeps what was typed."""
    found = []
    for one in requests:
        prefix = f"r{one.pk}"
        mine = bound is not None and bound.prefix == prefix
        form = bound if mine else JoinDecisionForm(prefix=prefix, initial={"role": one.role})
        found.append({"request": one, "form": form})
    return found
