"""The acts that end an amendment: withdraw, adopt, refuse."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coalition.core.access import Verdict, WrongState, can, require
from coalition.core.errors import DomainError
from principles.actions import (
    accept_amendment,
    refuse_amendment,
    require_readable,
    standing_now,
    withdraw_amendment,
)
from principles.enums import AmendmentKind, AmendmentState, Language, Outcome, Result
from principles.forms import DecisionForm
from principles.models import Amendment, Rebase, Standing, VersionArticle, rebase
from principles.views.shared import (
    amendment_crumbs,
    amendment_legs,
    amendment_or_404,
    article_pair,
    has_text,
    leg,
    place_words,
)
from principles.views.standing import checks, rule_words


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's amendment back: GET asks, POST acts."""
    found = amendment_or_404(request, number)
    require(request.user, "amendment.withdraw", found)
    if request.method == "POST":
        withdraw_amendment(actor=request.user, amendment=found, now=timezone.now())
        messages.success(request, _("L’amendement est retiré. Il reste lisible, avec son motif."))
        return redirect(found)
    context = {**_context(found), "crumbs": amendment_crumbs(found, _("Retirer"))}
    return render(request, "principles/amendment_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_accept(request: HttpRequest, number: int) -> HttpResponse:
    """Adopt an amendment: motive, review of the resulting text, then the act. 409 with the three texts on conflict."""
    found = amendment_or_404(request, number)
    if (
        found.needs_rebase
        and found.hidden_at is None
        and can(request.user, "amendment.accept", found) is Verdict.CONFLICT
    ):
        return _three_texts(request, found)
    require_readable(actor=request.user, action="amendment.accept", amendment=found)
    laid = _laid_on_today(found)
    if laid is not None and not laid.is_clean:
        return _three_texts(request, found)
    try:
        return _decide(request, found, "accept", laid)
    except WrongState:
        found = amendment_or_404(request, number)
        if found.state == AmendmentState.OPEN:
            return _three_texts(request, found)
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse an amendment: motive, review, then the act."""
    found = amendment_or_404(request, number)
    require_readable(actor=request.user, action="amendment.refuse", amendment=found)
    return _decide(request, found, "refuse", None)


def _laid_on_today(found: Amendment) -> Rebase | None:
    """The amendment on the version in force, where it is written on an older one; None where it is not."""
    if not found.is_behind:
        return None
    rows = list(VersionArticle.objects.filter(version__in=(found.base_version_id, found.charter.current_version_id)))
    base = [one for one in rows if one.version_id == found.base_version_id]
    return rebase(found, base, [one for one in rows if one not in base])


def _decide(request: HttpRequest, found: Amendment, verb: str, laid: Rebase | None) -> HttpResponse:
    """The form of a decision; with `do=review` its review; with `do=confirm` the act itself."""
    accepts = verb == "accept"
    standing = standing_now(amendment=found, now=timezone.now())
    form = _decision_form(request, found, laid, standing, accepts=accepts)
    step = request.POST.get("do", "") if form.is_bound and form.is_valid() else ""
    if step == "confirm":
        try:
            _act(request, found, verb, form)
        except DomainError as error:
            form.refuse(error)
            step = ""
        else:
            return redirect(found)
    context = {
        **_context(found, texts=_shown(form, laid, step)),
        "form": form,
        "verb": verb,
        "review": step == "review",
        "otherwise": step == "review" and _in_other_words(form, _proposed(found, laid)),
        "merged": laid is not None,
        "next_number": found.charter.in_force.number + 1,
        "rule": rule_words(found.charter),
        "result": Result(standing.result).label,
        "checks": checks(standing),
        "crumbs": amendment_crumbs(found, _("Adopter") if accepts else _("Refuser")),
    }
    return render(request, "principles/amendment_decide.html", context)


def _decision_form(
    request: HttpRequest, found: Amendment, laid: Rebase | None, standing: Standing, *, accepts: bool
) -> DecisionForm:
    """What this decision asks: English where it is missing, other words where there is a text, a departure if it is."""
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        initial=_proposed(found, laid),
        needs_english=accepts and found.lacks_english and not found.lacks_title(Language.ENGLISH),
        modifies=accepts and has_text(found) and not found.missing_legs,
        may_depart=standing.departs(Outcome.ACCEPTED if accepts else Outcome.REFUSED),
    )


def _proposed(found: Amendment, laid: Rebase | None) -> dict[str, Any]:
    """What the form starts from: the texts as they would be adopted, and what they were computed on."""
    return {
        "modified_fr": laid.text_fr if laid else found.result_fr,
        "modified_en": laid.text_en if laid else found.result_en,
        **{f"modified_title_{one}": title for one, title in _titles(found, laid).items()},
        "seen_version": found.charter.in_force.number,
        "seen_wording": found.wording,
    }


def _in_other_words(form: DecisionForm, proposed: dict[str, Any]) -> bool:
    """The organiser changed what is proposed."""
    return any(text != proposed[f"modified_{language}"] for language, text in (form.modified() or {}).items())


def _titles(found: Amendment, laid: Rebase | None) -> dict[str, str]:
    """The titles as they would be adopted: those of the article of today where it leaves them."""
    if laid is None or found.kind != AmendmentKind.EDIT:
        return {one: found.result_title(one) for one in Language.values}
    return {one: laid.titles[one] or getattr(found.current_article, f"title_{one}", "") for one in Language.values}


def _shown(form: DecisionForm, laid: Rebase | None, step: str) -> dict[str, str]:
    """The texts the page compares with the article: merged where it is written on an older version, then as changed."""
    texts = {"fr": laid.text_fr, "en": laid.text_en} if laid and laid.text_fr and laid.text_en else {}
    if step == "review":
        if form.cleaned_data.get("text_en"):
            texts["en"] = form.cleaned_data["text_en"]
        texts |= form.modified() or {}
    return texts


def _act(request: HttpRequest, found: Amendment, verb: str, form: DecisionForm) -> None:
    now, answers = timezone.now(), form.cleaned_data
    decided: dict[str, Any] = {
        "actor": request.user,
        "amendment": found,
        "motive": answers["motive"],
        "departs": bool(answers.get("departs")),
        "now": now,
    }
    if verb == "refuse":
        refuse_amendment(**decided)
        messages.success(request, _("L’amendement est refusé. Son auteur reçoit votre motif par courriel."))
        return
    decision = accept_amendment(
        **decided,
        text_en=answers.get("text_en", ""),
        modified=form.modified(),
        seen_version=answers["seen_version"],
        seen_wording=answers["seen_wording"],
    )
    said = _("L’amendement est adopté : la version %(number)d est en vigueur. Les co-porteurs en sont prévenus.")
    messages.success(request, said % {"number": decision.version.number if decision.version else ""})


def _context(found: Amendment, *, texts: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "amendment": found,
        "article": found.current_article or found.base_article,
        "legs": amendment_legs(found, texts=texts),
        "place": place_words(found),
        "lacks_english": found.state == AmendmentState.OPEN and found.lacks_english,
    }


def _three_texts(request: HttpRequest, found: Amendment) -> HttpResponse:
    """The article as the author read it, as the amendment has it, as it reads today: 409."""
    base, current = found.base_article, found.current_article
    context = {
        **_context(found),
        "article": base,
        "current": current,
        "since": leg("fr", *article_pair(base, "fr", current.text_fr, current.title_fr))
        if current
        else leg("fr", base.text_fr, ""),
        "may_refuse": bool(can(request.user, "amendment.refuse", found)),
        "may_review": bool(can(request.user, "amendment.accept", found)) and not found.is_behind,
        "crumbs": amendment_crumbs(found, _("Adopter")),
    }
    return render(request, "principles/amendment_conflict.html", context, status=409)
