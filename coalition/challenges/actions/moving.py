"""Challenges and responses follow their organisation when it becomes one with another.

| two at once | who stays | what becomes of the other |
| --- | --- | --- |
| live responses to one challenge | retained, then sent, then declined; the later | withdrawn |
| a live response of either to a challenge of the other | none: nobody answers itself | withdrawn |
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.challenges.enums import LIVE, ResponseState
from coalition.challenges.models import Challenge, Response
from coalition.core.merging import Moved, register_move

TARGET = "members.Organisation"
STRENGTH = (ResponseState.DECLINED, ResponseState.SENT, ResponseState.RETAINED)


def _set_aside(keys: list[int], now: datetime) -> int:
    standing = Response.objects.filter(pk__in=keys, state__in=LIVE)
    return standing.update(state=ResponseState.WITHDRAWN, withdrawn_at=now, updated_at=now)


def move_challenges(kept: Any, gone: Any, now: datetime) -> Moved:
    """Challenges move, and are found by the name that stays; what the one that stays had answered is set aside."""
    moving = list(Challenge.objects.filter(organisation=gone))
    own = Response.objects.live().filter(challenge__in=moving, organisation=kept)
    settled = _set_aside(list(own.values_list("pk", flat=True)), now)
    for challenge in moving:
        challenge.organisation = kept
        Challenge.objects.filter(pk=challenge.pk).update(organisation=kept, folded_text=challenge.searched_words())
    return Moved(len(moving), settled)


def _rank(response: Response) -> tuple[int, datetime, int]:
    return STRENGTH.index(ResponseState(response.state)), response.sent_at, response.pk


def move_responses(kept: Any, gone: Any, now: datetime) -> Moved:
    """Responses move with their history; of two live ones to a challenge, the stronger stands."""
    theirs = {one.challenge_id: one for one in Response.objects.live().filter(organisation=kept)}
    aside = []
    for response in Response.objects.live().filter(organisation=gone).select_related("challenge"):
        rival = theirs.get(response.challenge_id)
        if response.challenge.organisation_id in (kept.pk, gone.pk):
            aside.append(response.pk)
        elif rival is not None:
            aside.append(min(response, rival, key=_rank).pk)
    settled = _set_aside(aside, now)
    return Moved(Response.objects.filter(organisation=gone).update(organisation=kept), settled)


def register() -> None:
    """Called once, when the app is ready."""
    register_move(TARGET, "challenges.Challenge.organisation", move_challenges, _("défis"))
    register_move(TARGET, "challenges.Response.organisation", move_responses, _("réponses à des défis"))
