"""Amendments as they stand: the list and the page of each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.access import can, require
from coalition.core.templatetags.typography import date_words
from coalition.discussion.views import talk_about
from principles.actions import supporters_of
from principles.enums import PENDING, AmendmentKind, AmendmentState, Language
from principles.models import Amendment, Charter, uncover
from principles.rules import reads_inside
from principles.views.shared import (
    amendment_legs,
    amendment_or_404,
    article_label,
    charter_crumb,
    crumbs,
    place_words,
)
from principles.views.standing import standing_context

PER_PAGE = 30
SHOWN_RIVALS = 8
VERBS = (
    "withdraw", "accept", "refuse", "revise", "resolve", "write_leg", "endorse", "take_position", "hide", "restore"
)  # fmt: skip


@require_safe
def amendment_list(request: HttpRequest) -> HttpResponse:
    """Every amendment once proposed, latest first, by state and by article, with counts."""
    charter = Charter.objects.main_or_404()
    inside = reads_inside(request.user)
    known = charter.amendments.proposed() if inside else charter.amendments.public()
    articles = {row.key: row for row in charter.current_version.articles.all()}
    counts = list(known.order_by().values_list("state", "article_key").annotate(total=Count("pk")))
    state, article = request.GET.get("state", ""), request.GET.get("article", "")
    found = _narrowed(known, state, article if article in articles else "")
    hidden = (AmendmentState.DRAFT,) if inside else (AmendmentState.DRAFT, AmendmentState.SUBMITTED)
    states = [(value, str(label)) for value, label in AmendmentState.choices if value not in hidden]
    named = [(key, article_label(row)) for key, row in articles.items()]
    own = Amendment.objects.filter(charter=charter)
    context = {
        "charter": charter,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "articles": articles,
        "state_options": _options(states, state, [(row[0], row[2]) for row in counts]),
        "article_options": _options(named, article, [row[1:] for row in counts]),
        "state": state,
        "article": article,
        "drafts": own.drafts_of(request.user),
        "shared": own.shared_with(request.user).select_related("organisation"),
        "may_create": bool(can(request.user, "amendment.create")),
        "crumbs": crumbs(charter_crumb(), last=_("Amendements")),
    }
    return render(request, "principles/amendment_list.html", context)


def _narrowed(known: Any, state: str, article: str) -> Any:
    """Those of a state and of an article, where these are known ones, latest first."""
    chosen = known.filter(state=state) if state in AmendmentState.values else known
    chosen = chosen.filter(article_key=article) if article else chosen
    return chosen.select_related("organisation").order_by("-number")


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


@require_safe
def amendment(request: HttpRequest, number: int) -> HttpResponse:
    """One amendment: what it changes word by word, why, where it stands, what was decided and by whom."""
    found = amendment_or_404(request, number)
    require(request.user, "amendment.view", found)
    is_open = found.state == AmendmentState.OPEN
    reads = bool(can(request.user, "amendment.view_text", found))
    if reads:
        uncover(found)
    decision = getattr(found, "decision", None)
    context = {
        "amendment": found,
        "article": found.base_article,
        "reads": reads,
        "legs": amendment_legs(found) if reads else [],
        "place": place_words(found),
        "decision": decision,
        "minority": list(decision.minority.all()) if decision else [],
        "missing": [Language(one).label for one in found.missing_legs] if reads and found.state in PENDING else [],
        "facts": _facts(found),
        "talk": talk_about(request.user, "amendment", f"{found.charter.slug}.{number}"),
        "phases": _phases(found),
        "rivals": list(Amendment.objects.colliding_with(found)[:SHOWN_RIVALS]) if is_open else [],
        "coauthors": list(found.coauthors.accepted().select_related("organisation", "account")),
        "rewordings": list(
            found.wordings.exclude(cause="proposed").select_related("author", "organisation", "base_version")
        ),
        "supports": _supports(found),
        "may": {verb: bool(can(request.user, f"amendment.{verb}", found)) for verb in VERBS},
        "crumbs": crumbs(charter_crumb(), last=_("Amendement nº %(number)d") % {"number": number}),
        **standing_context(found, decision, timezone.now()),
    }
    return render(request, "principles/amendment.html", context)


def _supports(found: Amendment) -> dict[str, Any] | None:
    """How many organisations ask for the examination and how many must, while it waits for them."""
    if found.state != AmendmentState.SUBMITTED:
        return None
    given = found.endorsements.select_related("organisation")
    needed = found.charter.supporters_needed
    return {"count": supporters_of(amendment=found), "needed": needed, "given": list(given)}


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
        "label": found.get_kind_display(),
        "value": article_label(found.base_article),
        "url": "" if found.kind == AmendmentKind.INSERT else f"{charter_crumb()[1]}#{found.article_key}",
    }
    dated = found.opened_at or found.submitted_at
    return [about, proposer, written, {"label": _("Proposé le"), "value": date_words(dated)}]


def _phases(found: Amendment) -> list[dict[str, Any]]:
    """Proposed, then decided or withdrawn: the moments of an amendment's life."""
    if found.state == AmendmentState.SUBMITTED:
        waiting = {"label": found.get_state_display(), "date": found.submitted_at, "when": "now"}
        return [waiting, {"label": _("Examen"), "note": _("quand assez d’organisations le demandent")}]
    proposed = {"label": _("Proposé"), "date": found.opened_at or found.submitted_at, "when": "was"}
    if found.state == AmendmentState.OPEN:
        return [{**proposed, "when": "now"}, {"label": _("Décision"), "note": _("à venir, avec son motif")}]
    ended = found.decided_at or found.withdrawn_at
    return [proposed, {"label": found.get_state_display(), "date": ended, "when": "now"}]
