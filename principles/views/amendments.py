"""Amendments as they stand: the list, the page of each, and the acts that end one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coalition.core.access import Verdict, WrongState, can, require
from coalition.core.errors import DomainError
from coalition.core.templatetags.typography import date_words
from coalition.discussion.views import talk_about
from principles.actions import accept_amendment, refuse_amendment, withdraw_amendment
from principles.enums import AmendmentState
from principles.forms import DecisionForm
from principles.models import Amendment, Charter, VersionArticle
from principles.views.shared import (
    Leg,
    article_label,
    charter_crumb,
    crumbs,
    leg,
    legs,
)

PER_PAGE = 30


@require_safe
def amendment_list(request: HttpRequest) -> HttpResponse:
    """Every amendment once proposed, latest first, by state and by article, with counts."""
    charter = Charter.objects.main_or_404()
    public = charter.amendments.public()
    articles = {row.key: row for row in charter.current_version.articles.all()}
    counts = list(public.order_by().values_list("state", "article_key").annotate(total=Count("pk")))
    state, article = request.GET.get("state", ""), request.GET.get("article", "")
    chosen = public.filter(state=state) if state in AmendmentState.values else public
    chosen = chosen.filter(article_key=article) if article in articles else chosen
    found = chosen.select_related("organisation").order_by("-number")
    states = [(value, str(label)) for value, label in AmendmentState.choices if value != AmendmentState.DRAFT]
    named = [(key, article_label(row)) for key, row in articles.items()]
    context = {
        "charter": charter,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "articles": articles,
        "state_options": _options(states, state, [(row[0], row[2]) for row in counts]),
        "article_options": _options(named, article, [row[1:] for row in counts]),
        "state": state,
        "article": article,
        "drafts": Amendment.objects.filter(charter=charter).drafts_of(request.user),
        "crumbs": crumbs(charter_crumb(), last=_("Amendements")),
    }
    return render(request, "principles/amendment_list.html", context)


def _options(choices: list[tuple[str, str]], chosen: str, counts: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """The choices of a facet, each with how many amendments it holds."""
    return [
        {
            "value": value,
            "label": label,
            "checked": value == chosen,
            "count": sum(n for key, n in counts if key == value),
        }
        for value, label in choices
    ]


def _amendment_or_404(number: int) -> Amendment:
    found = Charter.objects.main_or_404()
    amendment: Amendment = get_object_or_404(Amendment.objects.public().whole(), charter=found, number=number)
    return amendment


@require_safe
def amendment(request: HttpRequest, number: int) -> HttpResponse:
    """One amendment: what it changes word by word, why, where it stands, what was decided and by whom."""
    found = _amendment_or_404(number)
    require(request.user, "amendment.view", found)
    others = Amendment.objects.filter(charter=found.charter, article_key=found.article_key).open().exclude(pk=found.pk)
    context = {
        **_context(found),
        "facts": _facts(found),
        "talk": talk_about(request.user, "amendment", f"{found.charter.slug}.{number}"),
        "phases": _phases(found),
        "rivals": others.select_related("organisation").order_by("-number")[:5] if _is_open(found) else (),
        "may": {verb: bool(can(request.user, f"amendment.{verb}", found)) for verb in ("withdraw", "accept", "refuse")},
        "crumbs": crumbs(charter_crumb(), last=_("Amendement nº %(number)d") % {"number": number}),
    }
    return render(request, "principles/amendment.html", context)


def _is_open(found: Amendment) -> bool:
    return found.state == AmendmentState.OPEN


def _legs(found: Amendment, *, text_en: str = "") -> list[Leg]:
    """What the amendment changes in both languages; an adopted one as the version that followed has it."""
    base, english = found.base_article, text_en or found.result_en
    if found.state == AmendmentState.ACCEPTED:
        adopted = VersionArticle.objects.filter(version=found.decision.version_id, key=found.article_key).first()
        english = adopted.text_en if adopted else english
    return legs(before_fr=base.text_fr, after_fr=found.text_fr, before_en=base.text_en, after_en=english)


def _context(found: Amendment, *, text_en: str = "") -> dict[str, Any]:
    return {
        "amendment": found,
        "article": found.base_article,
        "legs": _legs(found, text_en=text_en),
        "decision": getattr(found, "decision", None),
        "conflicts": _is_open(found) and found.conflicts,
        "lacks_english": _is_open(found) and found.lacks_english,
    }


def _facts(found: Amendment) -> list[dict[str, Any]]:
    base, who = found.base_version, found.organisation
    written = {
        "label": _("Écrit sur"),
        "value": _("la version %(number)d") % {"number": base.number},
        "url": base.get_absolute_url(),
    }
    proposer = {
        "label": _("Proposé par"),
        "value": who.name if who else _("L’équipe d’organisation"),
        "url": who.get_absolute_url() if who else "",
        "note": str(found.author),
    }
    about = {
        "label": _("Porte sur"),
        "value": article_label(found.base_article),
        "url": f"{charter_crumb()[1]}#{found.article_key}",
    }
    return [about, proposer, written, {"label": _("Proposé le"), "value": date_words(found.opened_at)}]


def _phases(found: Amendment) -> list[dict[str, Any]]:
    """Proposed, then decided or withdrawn: the two moments of an amendment's life."""
    proposed = {"label": _("Proposé"), "date": found.opened_at, "when": "was"}
    if _is_open(found):
        return [{**proposed, "when": "now"}, {"label": _("Décision"), "note": _("à venir, avec son motif")}]
    ended = found.decided_at or found.withdrawn_at
    return [proposed, {"label": found.get_state_display(), "date": ended, "when": "now"}]


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's amendment back: GET asks, POST acts."""
    found = _amendment_or_404(number)
    require(request.user, "amendment.withdraw", found)
    if request.method == "POST":
        withdraw_amendment(actor=request.user, amendment=found, now=timezone.now())
        messages.success(request, _("L’amendement est retiré. Il reste lisible, avec son motif."))
        return redirect(found)
    context = {**_context(found), "crumbs": _act_crumbs(found, _("Retirer"))}
    return render(request, "principles/amendment_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_accept(request: HttpRequest, number: int) -> HttpResponse:
    """Adopt an amendment: motive, review of the resulting text, then the act. 409 with the three texts on conflict."""
    found = _amendment_or_404(number)
    if _is_open(found) and can(request.user, "amendment.accept", found) is Verdict.CONFLICT:
        return _three_texts(request, found)
    require(request.user, "amendment.accept", found)
    try:
        return _decide(request, found, "accept")
    except WrongState:
        found = _amendment_or_404(number)
        if _is_open(found) and found.conflicts:
            return _three_texts(request, found)
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse an amendment: motive, review, then the act."""
    found = _amendment_or_404(number)
    require(request.user, "amendment.refuse", found)
    return _decide(request, found, "refuse")


def _decide(request: HttpRequest, found: Amendment, verb: str) -> HttpResponse:
    """The form of a decision; with `do=review` its review; with `do=confirm` the act itself."""
    posted = request.method == "POST"
    form = DecisionForm(request.POST if posted else None, needs_english=verb == "accept" and found.lacks_english)
    step = request.POST.get("do", "") if posted and form.is_valid() else ""
    if step == "confirm":
        try:
            _act(request, found, verb, form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
            step = ""
        else:
            return redirect(found)
    english = form.cleaned_data.get("text_en", "") if step == "review" else ""
    last = _("Adopter") if verb == "accept" else _("Refuser")
    context = {
        **_context(found, text_en=english),
        "form": form,
        "verb": verb,
        "review": step == "review",
        "next_number": found.charter.in_force.number + 1,
        "crumbs": _act_crumbs(found, last),
    }
    return render(request, "principles/amendment_decide.html", context)


def _act(request: HttpRequest, found: Amendment, verb: str, answers: dict[str, Any]) -> None:
    now = timezone.now()
    if verb == "refuse":
        refuse_amendment(actor=request.user, amendment=found, motive=answers["motive"], now=now)
        messages.success(request, _("L’amendement est refusé. Son auteur reçoit votre motif par courriel."))
        return
    decision = accept_amendment(
        actor=request.user, amendment=found, motive=answers["motive"], text_en=answers.get("text_en", ""), now=now
    )
    said = _("L’amendement est adopté : la version %(number)d est en vigueur. Les co-porteurs en sont prévenus.")
    messages.success(request, said % {"number": decision.version.number if decision.version else ""})


def _act_crumbs(found: Amendment, last: str) -> list[dict[str, str]]:
    own = _("Amendement nº %(number)d") % {"number": found.number}
    return crumbs(charter_crumb(), (own, found.get_absolute_url()), last=last)


def _three_texts(request: HttpRequest, found: Amendment) -> HttpResponse:
    """The article as the author read it, as the amendment has it, as it reads today: 409."""
    base, current = found.base_article, found.current_article
    context = {
        **_context(found),
        "current": current,
        "since": leg("fr", base.text_fr, current.text_fr if current else ""),
        "may_refuse": bool(can(request.user, "amendment.refuse", found)),
        "crumbs": _act_crumbs(found, _("Adopter")),
    }
    return render(request, "principles/amendment_conflict.html", context, status=409)
