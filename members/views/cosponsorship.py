"""The public list of co-sponsors, an act and where it stands, the organisers' answer, withdrawal."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, require
from coalition.core.documents import current_document
from coalition.core.errors import DomainError
from members.actions import (
    approve_cosponsorship,
    ask_for_document,
    decline_cosponsorship,
    hide_signatory,
    resend_confirmation,
    withdraw_cosponsorship,
)
from members.enums import ChangeState, CosponsorshipState, WithdrawalTrace
from members.forms import ActDecisionForm, DecisionForm, WithdrawForm
from members.models import Coalition, Cosponsorship
from members.rules import is_member_of
from members.views.act_links import act_links
from members.views.acts import act_intro, act_rows, change_rows, consent_rows, may_name_signatory, next_steps
from members.views.timeline import act_timeline

PAGE = 50


@require_safe
def cosponsors(request: HttpRequest) -> HttpResponse:
    """Who co-sponsors, which version each signed, since when, what each will do; and what remains of who left."""
    coalition = Coalition.objects.looking_for_cosponsors().first()
    acts = Cosponsorship.objects.official().filter(coalition=coalition)
    acts = acts.select_related("organisation").prefetch_related("reservations")
    page = Paginator(acts, PAGE).get_page(request.GET.get("page"))
    document = current_document(coalition) if coalition else None
    context = {
        "coalition": coalition,
        "document": document,
        "page": page,
        "count": page.paginator.count,
        **_who_left(coalition),
    }
    return render(request, "members/cosponsors.html", context)


def _who_left(coalition: Coalition | None) -> dict[str, Any]:
    """The withdrawals as the coalition decided to show them: named, with or without their reason, or counted."""
    left = Cosponsorship.objects.left().filter(coalition=coalition)
    if coalition is None or coalition.withdrawal_trace == WithdrawalTrace.COUNT:
        return {"left": [], "left_count": left.count(), "with_reason": False}
    named = list(left.of_confirmed().select_related("organisation"))
    return {
        "left": named,
        "left_count": len(named),
        "with_reason": coalition.withdrawal_trace == WithdrawalTrace.FULL,
    }


def find_act(request: HttpRequest, pk: int) -> Cosponsorship:
    """The act if this reader may know of it, else 404."""
    visible = Cosponsorship.objects.visible_to(request.user)
    act: Cosponsorship = get_object_or_404(
        visible.select_related("organisation", "coalition", "affiliation__account", "mandate_document"), pk=pk
    )
    require(request.user, "cosponsorship.view", act)
    return act


def act_page(request: HttpRequest, act: Cosponsorship, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The sheet of the act, its life so far, who acts next, and what this reader may do about it."""
    account = request.user
    inside = bool(can(account, "cosponsorship.view_signatory", act))
    known = inside or is_member_of(account, act.organisation)
    named = may_name_signatory(account, act)
    context = {
        "act": act,
        "word": _("Pièce demandée") if known and act.asked_at else act.get_state_display(),
        "intro": act_intro(act),
        "rows": act_rows(act, named=named, mandate=inside),
        "steps": next_steps(act) if known else [],
        "entries": act_timeline(act, inside=known, named=named),
        "inside": inside,
        "links": act_links(account, act),
        "decision_form": ActDecisionForm() if can(account, "cosponsorship.decide", act) else None,
        **(_inside(account, act) if inside else {}),
        **extra,
    }
    return render(request, "members/cosponsorship.html", context, status=status)


def _inside(account: Any, act: Cosponsorship) -> dict[str, Any]:
    """What only the organisation's representatives and the organisers read: consent, and words that are proposed."""
    found: dict[str, Any] = {
        "consent": consent_rows(act),
        "may_hide_name": bool(can(account, "cosponsorship.hide_name", act)),
    }
    change = act.changes.filter(state=ChangeState.OPEN).first()
    if change is not None:
        found |= {
            "change": change,
            "change_rows": change_rows(act, change),
            "may_decide_change": bool(can(account, "cosponsorship.decide_change", act)),
            "change_form": DecisionForm(),
        }
    return found


@require_safe
def cosponsorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Receipt for who signed, status for the organisation, public sheet once official. Made to be printed."""
    act = find_act(request, pk)
    if act.state == CosponsorshipState.DRAFT:
        return HttpResponseRedirect(f"{reverse('cosponsorship_sign')}?organisation={act.organisation_id}")
    return act_page(request, act)


@require_POST
def cosponsorship_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An organiser accepts, asks for a document or declines; what lacks its words comes back with the form."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.decide", act)
    form = ActDecisionForm(request.POST)
    if not form.is_valid():
        return act_page(request, act, decision_form=form, form=form)
    now, motive, decision = timezone.now(), form.cleaned_data["motive"], form.cleaned_data["decision"]
    if decision == ActDecisionForm.YES:
        approve_cosponsorship(cosponsorship=act, actor=request.user, motive=motive, now=now)
        messages.success(request, _("Signature acceptée. L’organisation est co-porteuse et reçoit un courriel."))
    elif decision == ActDecisionForm.ASK:
        ask_for_document(cosponsorship=act, actor=request.user, wanted=motive, now=now)
        messages.success(request, _("Pièce demandée. L’organisation reçoit un courriel ; c’est à elle d’agir."))
    else:
        decline_cosponsorship(cosponsorship=act, actor=request.user, motive=motive, now=now)
        messages.success(request, _("Signature non retenue. Le motif part par courriel."))
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


@require_POST
def cosponsorship_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another confirmation link for the signatory."""
    act = find_act(request, pk)
    account: Any = request.user
    try:
        resend_confirmation(cosponsorship=act, actor=account, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Un nouveau lien part vers %(address)s.") % {"address": account.email})
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


@require_POST
def cosponsorship_hide_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The consent to publish the signatory's name ends; the act stays."""
    act = find_act(request, pk)
    hide_signatory(cosponsorship=act, actor=request.user, now=timezone.now())
    messages.success(request, _("Ce nom n’est plus publié. L’acte reste signé au nom de l’organisation."))
    return HttpResponseRedirect(act.get_absolute_url(), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Two clicks: this page asks why, its button withdraws."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.withdraw", act)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_cosponsorship(
                cosponsorship=act, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            messages.success(request, _("Votre organisation s’est retirée. L’acte reste au registre."))
            return HttpResponseRedirect(act.get_absolute_url(), status=303)
    return render(request, "members/cosponsorship_withdraw.html", {"form": form, "act": act})
