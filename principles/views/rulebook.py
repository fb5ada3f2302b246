"""The phases and the rule of a charter, for organisers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import require
from coalition.core.errors import DomainError
from principles.actions import set_decision_rule, set_phases
from principles.forms import PhasesForm, RuleForm
from principles.models import Charter
from principles.views.shared import charter_crumb, crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def charter_rules(request: HttpRequest) -> HttpResponse:
    """When amendments open and close, and how they are decided; `do` says which of the two is given."""
    charter = Charter.objects.main_or_404()
    require(request.user, "charter.set_rules", charter)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    dates = {name: getattr(charter, name) for name in ("amendments_from", "deliberation_from", "adopted_from")}
    phases = PhasesForm(request.POST if asked == "phases" else None, initial=dates)
    rule = RuleForm(request.POST if asked == "rule" else None, instance=Charter.objects.get(pk=charter.pk))
    if _kept(request, charter, phases, rule):
        messages.success(request, _("C’est noté, et public sur chaque amendement."))
        return redirect("charter_rules")
    context = {
        "charter": charter,
        "phase": charter.phase(timezone.now()),
        "phases_form": phases,
        "rule_form": rule,
        "form": phases if phases.is_bound else rule,
        "crumbs": crumbs(charter_crumb(), last=_("Phases et règle de décision")),
    }
    return render(request, "principles/charter_rules.html", context)


def _kept(request: HttpRequest, charter: Charter, phases: PhasesForm, rule: RuleForm) -> bool:
    """Do what the form that was sent asks; False when it is refused, or none was sent."""
    now = timezone.now()
    form: PhasesForm | RuleForm = phases if phases.is_bound else rule
    if not form.is_bound or not form.is_valid():
        return False
    try:
        if form is phases:
            set_phases(actor=request.user, charter=charter, now=now, **phases.cleaned_data)
        else:
            set_decision_rule(actor=request.user, charter=charter, now=now, **rule.choices_made())
    except DomainError as error:
        form.refuse(error)
        return False
    return True
