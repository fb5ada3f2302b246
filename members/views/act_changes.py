"""Other words for a public act: the organisation proposes, an organiser answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coalition.core.access import WrongState, require
from coalition.core.errors import DomainError
from members.actions import accept_change, decline_change, propose_change
from members.enums import ChangeState
from members.forms import ChangeForm, DecisionForm
from members.models import Cosponsorship
from members.rules.cosponsorships import is_signatory
from members.views.cosponsorship import act_page, find_act


@require_http_methods(["GET", "HEAD", "POST"])
def cosponsorship_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the act in a form; what is sent waits for an organiser, what is public stays."""
    act = find_act(request, pk)
    require(request.user, "cosponsorship.change", act)
    may_agree = is_signatory(request.user, act) and not act.name_is_public
    form = ChangeForm(request.POST or None, act=act, may_agree=may_agree)
    if request.method == "POST" and form.is_valid() and _propose(request, act, form):
        messages.success(request, _("Modification proposée. L’acte public reste tel qu’il est jusqu’à la réponse."))
        return HttpResponseRedirect(act.get_absolute_url(), status=303)
    return render(request, "members/cosponsorship_change.html", {"form": form, "act": act})


def _propose(request: HttpRequest, act: Cosponsorship, form: ChangeForm) -> bool:
    """Whether the change was taken; if not, the form says why."""
    try:
        propose_change(
            cosponsorship=act,
            actor=request.user,
            commitments=form.cleaned_data["commitments"],
            sentences=form.sentences(),
            statement=form.cleaned_data["statement"],
            agree_to_be_named=form.cleaned_data.get("agree_to_be_named", False),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field or None, str(error.message))
        return False
    return True


@require_POST
def cosponsorship_change_decide(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """An organiser publishes the proposed words or declines them; a refusal without motive comes back."""
    act = find_act(request, pk)
    account: Any = request.user
    require(account, "cosponsorship.decide_change", act)
    proposed = get_object_or_404(act.changes.all(), pk=change)
    if proposed.state != ChangeState.OPEN:
        raise WrongState
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return act_page(request, act, change_form=form, form=form)
    if form.cleaned_data["decision"] == DecisionForm.YES:
        accept_change(change=proposed, actor=account, now=timezone.now())
        messages.success(request, _("La modification est publiée."))
    else:
        decline_change(change=proposed, actor=account, motive=form.cleaned_data["motive"], now=timezone.now())
        messages.success(request, _("La modification n’est pas retenue. Le motif part par courriel."))
    return HttpResponseRedirect(act.get_absolute_url(), status=303)
