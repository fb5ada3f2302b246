"""What challenges tell on pages the members app draws: an organisation's profile, one's own account."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from coalition.challenges.enums import SIGNS, ResponseState
from coalition.challenges.models import Challenge, Response
from coalition.challenges.querysets import written_for
from coalition.challenges.views.page import status_of
from coalition.core.profiles import ProfileItem, ProfileSection

SHOWN = 10


def _item(challenge: Challenge, text: str = "") -> ProfileItem:
    status = status_of(challenge)
    moment = challenge.closed_at or challenge.published_at or challenge.created_at
    return ProfileItem(
        title=challenge.title,
        url=challenge.get_absolute_url(),
        text=text,
        date=moment.date(),
        state=status["state"],
        word=status["word"],
    )


def organisation_challenges(organisation: Any, _account: Any) -> ProfileSection | None:
    """« Ses défis »: the organisation's public ones, the same for every account. One query."""
    found = Challenge.objects.public().filter(organisation=organisation).in_order(timezone.now())
    rows = list(found.select_related("organisation")[:SHOWN])
    return ProfileSection(title=_("Ses défis"), items=[_item(one) for one in rows]) if rows else None


def own_challenges(account: Any) -> ProfileSection | None:
    """« Vos défis »: those of the organisations the account writes for, drafts first, with what waits for an answer."""
    mine = written_for(account)
    if not mine:
        return None
    rows = Challenge.objects.filter(organisation__in=mine).with_waiting().select_related("organisation")
    return ProfileSection(
        title=_("Vos défis"),
        items=[_item(one, _waiting(one)) for one in rows.order_by("-waiting", "-updated_at", "-pk")[:SHOWN]],
        empty=_("Un problème que d’autres pourraient vous aider à résoudre ? Posez-le ici."),
        more_url=reverse("challenge_new"),
        more_label=_("Poser un défi"),
    )


def _waiting(challenge: Any) -> str:
    name, n = challenge.organisation.name, challenge.waiting
    if not n:
        return str(name)
    return f"{name} · " + ngettext("%(n)d réponse à lire", "%(n)d réponses à lire", n) % {"n": n}


def own_responses(account: Any) -> ProfileSection | None:
    """« Vos réponses »: those of the organisations the account writes for, the last moved first; None without any."""
    mine = written_for(account)
    if not mine:
        return None
    rows = Response.objects.filter(organisation__in=mine).with_all().order_by("-updated_at", "-pk")
    items = [_response_item(one) for one in rows[:SHOWN]]
    return ProfileSection(title=_("Vos réponses"), items=items) if items else None


def _response_item(response: Response) -> ProfileItem:
    state = ResponseState(response.state)
    return ProfileItem(
        title=response.challenge.title,
        url=response.get_absolute_url(),
        text=response.organisation.name,
        date=response.updated_at.date(),
        state=SIGNS[state],
        word=str(state.label),
    )
