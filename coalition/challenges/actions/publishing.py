"""A challenge becomes public, or is taken back by organisers."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.challenges.actions.wording import check_publishable, checked_challenge, checked_text
from coalition.challenges.actions.writing import locked_challenge
from coalition.challenges.enums import ChallengeState
from coalition.challenges.models import Challenge, ChallengeWords
from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.notifications.actions import record_event
from members.actions import acting_for
from members.actions.moves import moment_key


@transaction.atomic
def publish_challenge(*, actor: Any, challenge: Challenge, now: datetime) -> Challenge:
    """Make a draft public, at once; those who follow its organisation or its coalition are told.

    Rule: "challenge.publish". DomainError when something the public needs is missing, or the deadline is past.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "challenge.publish", current)
    check_publishable(checked_challenge(ChallengeWords.of(current), known=current.themes), now)
    draft = Challenge.objects.filter(pk=current.pk, state=ChallengeState.DRAFT, version=current.version)
    moments = {"published_at": current.published_at or now, "updated_at": now}
    if not draft.update(state=ChallengeState.PUBLISHED, motive="", version=current.version + 1, **moments):
        raise WrongState
    published = Challenge.objects.select_related("organisation").get(pk=current.pk)
    facts = acting_for(account=actor, organisation=published.organisation)
    record(actor=actor, action="challenge.publish", obj=published, now=now, **facts)
    key = f"challenge.published:{published.pk}:{moment_key(now)}"
    record_event(kind="challenge.published", key=key, subject=published, payload={}, now=now, actor=actor)
    return published


@transaction.atomic
def withdraw_challenge(*, actor: Any, challenge: Challenge, motive: str, now: datetime) -> Challenge:
    """Take a published challenge back to a draft, with a motive its writers read and are mailed.

    Rule: "challenge.withdraw" (organisers). Responses stay, and wait. DomainError without a motive.
    """
    current = locked_challenge(challenge=challenge)
    require(actor, "challenge.withdraw", current)
    why = checked_text(motive, "reason", _("Dites pourquoi : ceux qui ont écrit ce défi le liront."))
    public = Challenge.objects.filter(pk=current.pk, state=ChallengeState.PUBLISHED)
    if not public.update(state=ChallengeState.DRAFT, motive=why, updated_at=now, version=current.version + 1):
        raise WrongState
    draft = Challenge.objects.select_related("organisation").get(pk=current.pk)
    record(actor=actor, action="challenge.withdraw", obj=draft, now=now)
    key = f"challenge.withdrawn:{draft.pk}:{moment_key(now)}"
    record_event(kind="challenge.withdrawn", key=key, subject=draft, payload={}, now=now, actor=actor)
    return draft
