"""What is told of a challenge: published, changed, closing soon, concluded; and taken back, to those who wrote it."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _, gettext_lazy

from coalition.challenges.enums import Instrument, Sought
from coalition.challenges.models import Challenge
from coalition.challenges.notifications.people import (
    about,
    followers_of,
    may_still_answer,
    responders,
    still_public,
    the_challenge,
    the_challenge_and_its_home,
    told_for,
)
from coalition.core.moments import moment_words
from coalition.notifications.enums import Category, Rhythm
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.models import User
from members.notifications import while_allowed
from members.notifications.recipients import absolute_url

REASON_FOLLOWER = gettext_lazy(
    "Vous recevez ce message parce que vous suivez ce défi, l’organisation ou la coalition qui le porte."
)
REASON_CHALLENGE = gettext_lazy(
    "Vous recevez ce message parce que vous suivez ce défi ou que votre organisation y a répondu."
)
REASON_RESPONDER = gettext_lazy("Vous recevez ce message parce que votre organisation a répondu à ce défi.")
REASON_WRITER = gettext_lazy("Vous recevez ce message parce que vous écrivez les défis de cette organisation.")
CHALLENGES = "challenges"
"""Category of what concerns both sides of a response: told at once, always."""


def challenge_facts(challenge: Challenge) -> dict[str, Any]:
    """What every mail about a challenge shows."""
    return {
        "title": challenge.title,
        "organisation": challenge.organisation.name,
        "deadline": challenge.deadline_words,
        "sought": sought_words(challenge.sought),
        "url": absolute_url("challenge", challenge.slug),
    }


def sought_words(values: Iterable[str]) -> str:
    """What is sought, as one enumeration."""
    return ", ".join(str(Sought(value).label) for value in values if value in Sought.values)


def _context(event: Event, _recipient: Recipient) -> dict[str, Any]:
    challenge = about(event)
    return challenge_facts(challenge) | {"outcome": challenge.outcome, "motive": challenge.motive}


def change_words(challenge: Challenge, changes: dict[str, list[Any]]) -> list[dict[str, str]]:
    """Each change as {label, before, after}, in the reader's language."""
    labels = {
        "closes_at": _("Répondre avant"),
        "sought": _("Ce qui est cherché"),
        "instrument": _("Instrument"),
        "notice_url": _("Annonce officielle"),
    }
    return [
        {
            "label": label,
            "before": _value_words(name, changes[name][0], challenge),
            "after": _value_words(name, changes[name][1], challenge),
        }
        for name, label in labels.items()
        if name in changes
    ]


def _value_words(name: str, value: Any, challenge: Challenge) -> str:
    if name == "sought":
        return sought_words(value)
    if name == "instrument":
        return str(Instrument(value).label) if value in Instrument.values else str(value)
    if name == "closes_at":
        moment = parse_datetime(value) if value else None
        return moment_words(moment, challenge.time_zone) if moment else _("sans date de fin")
    return str(value) or _("aucune")


def _changed_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    return _context(event, recipient) | {"changes": change_words(about(event), event.payload["changes"])}


def _closing_crowd(event: Event) -> Any:
    """Followers who act for an organisation that could answer and has not."""
    return followers_of(the_challenge(event)).filter(may_still_answer(about(event)))


def _still_time(event: Event, recipient: Recipient) -> bool:
    """The deadline is the one that was told, still to come, and the reader's organisations have not all answered."""
    challenge = Challenge.objects.open(timezone.now()).filter(pk=about(event).pk).first()
    until = parse_datetime(event.payload["until"])
    if challenge is None or challenge.closes_at != until:
        return False
    return User.objects.filter(may_still_answer(challenge), pk=recipient.account_id).exists()


def _writers_of(event: Event) -> list[Recipient]:
    return told_for([about(event).organisation_id], event)


def _responders_always(event: Event) -> list[Recipient]:
    return told_for(about(event).responses.live().values("organisation"), event)


register_kind(
    Kind(
        name="challenge.published",
        category=Category.FOLLOWING.value,
        label=gettext_lazy("Nouveau défi"),
        reason=REASON_FOLLOWER,
        recipients=lambda event: (),
        context=_context,
        visible=still_public,
        targets=the_challenge_and_its_home,
        crowd=lambda event: followers_of(the_challenge_and_its_home(event)),
        joins=the_challenge,
    )
)
register_kind(
    Kind(
        name="challenge.changed",
        category=Category.FOLLOWING.value,
        label=gettext_lazy("Un défi a changé"),
        reason=REASON_CHALLENGE,
        recipients=responders,
        context=_changed_context,
        visible=still_public,
        targets=the_challenge,
        crowd=lambda event: followers_of(the_challenge(event)),
        defaults={"editor": Rhythm.NOW.value},
    )
)
register_kind(
    Kind(
        name="challenge.closing",
        category=Category.FOLLOWING.value,
        label=gettext_lazy("Il reste peu de temps pour répondre à un défi"),
        reason=REASON_FOLLOWER,
        recipients=lambda event: (),
        context=_context,
        visible=_still_time,
        targets=the_challenge,
        crowd=_closing_crowd,
    )
)
register_kind(
    Kind(
        name="challenge.closed",
        category=CHALLENGES,
        label=gettext_lazy("Un défi est conclu"),
        reason=REASON_RESPONDER,
        recipients=_responders_always,
        context=_context,
        visible=still_public,
        targets=the_challenge,
        news=gettext_lazy("Défi conclu"),
    )
)
register_kind(
    Kind(
        name="challenge.withdrawn",
        category=CHALLENGES,
        label=gettext_lazy("Votre défi est retiré du site"),
        reason=REASON_WRITER,
        recipients=_writers_of,
        context=_context,
        visible=lambda event, recipient: about(event).is_draft and while_allowed("challenge.edit")(event, recipient),
        targets=the_challenge,
    )
)
