"""What both sides are told of a response: received, answered, withdrawn. Nobody else hears that there is one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.challenges.enums import ANSWERED, ResponseState
from coalition.challenges.models import Response
from coalition.challenges.notifications.challenges import (
    CHALLENGES,
    REASON_RESPONDER,
    REASON_WRITER,
    challenge_facts,
)
from coalition.challenges.notifications.people import about, the_challenge, the_response, told_for
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.notifications import while_allowed
from members.notifications.recipients import absolute_url


def _authority(event: Event) -> list[Recipient]:
    return told_for([about(event).organisation_id], event)


def _responder(event: Event) -> list[Recipient]:
    response: Any = event.subject
    return told_for([response.organisation_id], event)


def _context(event: Event, _recipient: Recipient) -> dict[str, Any]:
    response: Any = event.subject
    return challenge_facts(response.challenge) | {
        "responder": response.organisation.name,
        "offer": response.offer,
        "retained": response.state == ResponseState.RETAINED,
        "motive": response.reason,
        "url": absolute_url("challenge_response", response.pk),
    }


def _while_in(*states: str) -> Any:
    """Told only while the response is in one of these states, to who may still read it."""

    def visible(event: Event, recipient: Recipient) -> bool:
        response: Any = event.subject
        standing = Response.objects.filter(pk=response.pk, state__in=states).exists()
        return standing and while_allowed("response.view")(event, recipient)

    return visible


register_kind(
    Kind(
        name="response.received",
        category=CHALLENGES,
        label=_("Une réponse à votre défi"),
        reason=REASON_WRITER,
        recipients=_authority,
        context=_context,
        visible=_while_in(ResponseState.SENT),
        targets=the_response,
        joins=the_challenge,
    )
)
register_kind(
    Kind(
        name="response.answered",
        category=CHALLENGES,
        label=_("Votre réponse à un défi a une réponse"),
        reason=REASON_RESPONDER,
        recipients=_responder,
        context=_context,
        visible=_while_in(*ANSWERED),
        targets=the_response,
    )
)
register_kind(
    Kind(
        name="response.withdrawn",
        category=CHALLENGES,
        label=_("Une réponse à votre défi est retirée"),
        reason=REASON_WRITER,
        recipients=_authority,
        context=_context,
        visible=_while_in(ResponseState.WITHDRAWN),
        targets=the_response,
    )
)
