"""One challenge, as the public reads it, and as its writers read the draft."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.challenges.enums import SIGNS, ChallengeState, Instrument, Phase, Sought
from coalition.challenges.models import Challenge, Response
from coalition.challenges.querysets import written_for
from coalition.core.access import can, is_known, require
from coalition.core.languages import in_each_language, language_mark
from coalition.core.markdown import to_html
from coalition.core.navigation import Link, crumbs
from coalition.core.templatetags.markup import plain
from coalition.core.templatetags.places import city_name
from coalition.core.vocabularies import DOMAIN, vocabulary

Context = dict[str, Any]
EXCERPT = 300


def find_challenge(request: HttpRequest, slug: str) -> Challenge:
    """The challenge of that address if this reader may know of it, else 404."""
    challenge: Challenge = get_object_or_404(Challenge.objects.select_related("organisation", "coalition"), slug=slug)
    require(request.user, "challenge.view", challenge)
    return challenge


def trail(*links: tuple[str, str]) -> list[Link]:
    """From the front page, through the board, to this page."""
    found: list[Link] = crumbs(_("Défis"), reverse("challenges"))
    return [*found, *(Link(label=label, url=url) for label, url in links)]


def status_of(challenge: Challenge) -> dict[str, str]:
    """The word of where it stands now, and the sign beside it."""
    if challenge.is_draft:
        return {"state": SIGNS[ChallengeState.DRAFT], "word": str(ChallengeState.DRAFT.label)}
    phase = challenge.phase_at(timezone.now())
    return {"state": SIGNS[phase], "word": str(phase.label)}


def excerpt(text: str) -> str:
    """The beginning of a Markdown text, as plain words."""
    words = plain(text)
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]}…"


def place_words(challenge: Challenge) -> str:
    """Its city and country, as the reader calls them."""
    return ", ".join(part for part in (city_name(challenge), str(challenge.country.name)) if part)


def schema_org(challenge: Challenge) -> Context:
    """The challenge in schema.org's words: something an organisation asks for."""
    url = settings.BASE_URL + challenge.get_absolute_url()
    data: Context = {
        "@context": "https://schema.org",
        "@type": "Demand",
        "@id": url,
        "url": url,
        "name": challenge.title,
        "description": excerpt(challenge.problem),
        "areaServed": place_words(challenge),
        "availabilityStarts": challenge.published_at.isoformat() if challenge.published_at else None,
        "availabilityEnds": challenge.closes_at.isoformat() if challenge.closes_at else None,
        "seller": {
            "@type": "Organization",
            "name": challenge.organisation.name,
            "url": settings.BASE_URL + challenge.organisation.get_absolute_url(),
        },
    }
    return {name: value for name, value in data.items() if value}


def _facts(challenge: Challenge, themes: list[str]) -> list[Context]:
    sought = [str(Sought(value).label) for value in challenge.sought if value in Sought.values]
    rows: list[Context] = [
        {
            "label": _("Porté par"),
            "value": challenge.organisation.name,
            "url": challenge.organisation.get_absolute_url(),
        },
        {"label": _("Lieu"), "value": place_words(challenge)},
        {"label": _("Ce qui est cherché"), "lines": sought},
        {"label": _("Qui est concerné"), "value": challenge.concerned},
        {"label": _("Thèmes"), "lines": themes},
        {"label": _("Cadre"), "value": str(Instrument(challenge.instrument).label)},
    ]
    if challenge.coalition:
        number = challenge.coalition.number
        words = _("Coalition nº %(number)d") % {"number": number}
        rows.append({"label": _("Coalition"), "value": words, "url": reverse("coalition_by_number", args=[number])})
    return [row for row in rows if row.get("value") or row.get("lines")]


def challenge_words(challenge: Challenge) -> Context:
    """What every page that shows the challenge says of it. One query for the themes."""
    known = vocabulary(DOMAIN)
    themes = [known[key].label for key in challenge.themes if key in known]
    return {
        "challenge": challenge,
        "status": status_of(challenge),
        "text_lang": language_mark(challenge.language),
        "in_language": _("En anglais") if challenge.language == "en" else _("En français"),
        "place": place_words(challenge),
        "rows": _facts(challenge, themes),
        "deadline": challenge.deadline_words,
        "problem": to_html(challenge.problem),
        "brings": to_html(challenge.brings),
        "outcome": to_html(challenge.outcome),
    }


def _answers(challenge: Challenge, phase: Phase) -> Context:
    """What the public may know of responses: their number and the named retained ones, once it is concluded."""
    if challenge.is_draft or phase != Phase.CLOSED:
        return {}
    live = challenge.responses.live()
    named = Response.objects.named().filter(challenge=challenge).select_related("organisation")
    return {"response_count": live.count(), "named": [one.organisation for one in named]}


def _may(account: Any, challenge: Challenge) -> Context:
    """What this reader may do here; no query for nobody."""
    if not is_known(account):
        return {}
    mine = written_for(account)
    acts = ("edit", "publish", "close", "withdraw", "read_responses")
    found: Context = {f"may_{act}": bool(can(account, f"challenge.{act}", challenge)) for act in acts}
    found["may_send"] = bool(can(account, "response.send", challenge))
    found["may_reopen"] = bool(can(account, "challenge.reopen", challenge)) and challenge.is_past(timezone.now())
    found["is_own"] = challenge.organisation_id in mine
    own = challenge.responses.live().filter(organisation__in=mine).select_related("organisation") if mine else []
    return found | {"own_responses": list(own)}


@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, until when, and how to answer; once concluded, what came of it."""
    found = find_challenge(request, slug)
    phase = found.phase_at(timezone.now())
    request.translated_urls = in_each_language(found.get_absolute_url)  # type: ignore[attr-defined]
    context = {
        **challenge_words(found),
        **_answers(found, phase),
        **_may(request.user, found),
        "is_open": not found.is_draft and phase == Phase.OPEN,
        "is_reading": not found.is_draft and phase == Phase.READING,
        "permanent_url": settings.BASE_URL + found.get_absolute_url(),
        "description": excerpt(found.problem),
        "json_ld": schema_org(found),
        "crumbs": trail((found.title, "")),
    }
    return render(request, "challenges/challenge.html", context)
