"""The public list of co-sponsors, an act and where it stands, the organisers' answer, withdrawal."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalition.core.access import can, require
from coalition.core.documents import current_document
from coalition.core.errors import DomainError
from members.actions import approve_cosponsorship, decline_cosponsorship, withdraw_cosponsorship
from members.forms import DecisionForm, WithdrawForm
from members.models import Coalition, Cosponsorship
from members.views.acts import act_intro, act_rows, may_name_signatory, next_steps

PAGE = 50


@require_safe
def cosponsors(request: HttpRequest) -> HttpResponse:
    """Who co-sponsors, which version each signed, since when, what each will do."""
    coalition = Coalition.objects.looking_for_cosponsors().first()
    acts = Cosponsorship.objects.official().filter(coalition=coalition).select_related("organisation")
    page = Paginator(acts, PAGE).get_page(request.GET.get("page"))
    document = current_document(coalition) if coalition else None
    context = {"coalition": coalition, "document": document, "page": page, "count": page.paginator.count}
    return render(request, "members/cosponsors.html", context)


def find_act(request: HttpRequest, pk: int) -> Cosponsorship:
    """The act if this reader may know of it, else 404."""
    visible = Cosponsorship.objects.visible_to(request.user)
    act: Cosponsorship = get_object_or_404(
        visible.select_related("organisation", "coalition", "affiliation__account"), pk=pk
    )
    require(request.user, "cosponsorship.view", act)
    return act


def act_page(request: HttpRequest, act: Cosponsorship, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The sheet of the act, its state, and what this reader may do about it."""
    account = request.user
    may_decide = bool(can(account, "cosponsorship.decide", act))
    inside = bool(can(account, "cosponsorship.view_signatory", act))
    context = {
        "act": act,
        "intro": act_intro(act),
        "rows": act_rows(act, named=may_name_signatory(account, act)),
        "steps": next_steps(act) if inside else [],
        "inside": inside,
        "may_withdraw": bool(can(account, "cosponsorship.withdraw", act)),
        "decision_form": DecisionForm() if may_decide else None,
        **extra,
    }
    return render(request, "members/cosponsorship.html", context, status=status)


@require_safe
def cosponsorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Receipt for who signed, status for the organisation, public sheet once official. Made to be printed."""
    return act_page(request, find_act(request, pk))


@require_POST
def cosponsorship_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An organiser accepts or declines; a refusal without motive comes back with the form."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.decide", act)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return act_page(request, act, decision_form=form, form=form)
    now, motive = timezone.now(), form.cleaned_data["motive"]
    if form.cleaned_data["decision"] == DecisionForm.YES:
        approve_cosponsorship(cosponsorship=act, actor=request.user, motive=motive, now=now)
        messages.success(request, _("Signature acceptée. L’organisation est co-porteuse et reçoit un courriel."))
    else:
        decline_cosponsorship(cosponsorship=act, actor=request.user, motive=motive, now=now)
        messages.success(request, _("Signature non retenue. Le motif part par courriel."))
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
