"""What is told, once, to those whose answer is awaited while the time for it runs out."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import SPEAKERS, OrganisationState
from members.models import Affiliation
from members.notifications import recipients_of
from principles.enums import AmendmentState
from principles.models import Amendment, Charter, Position, voters_of
from principles.notifications.audiences import (
    about,
    amendment_context,
    charter_targets,
    own_amendment,
    readable,
)


def closing_on(*, charter: Charter, day: date) -> list[Amendment]:
    """The open amendments of the charter whose time for positions ends on that day (UTC), by number. One query."""
    rows = Amendment.objects.open().filter(charter=charter, hidden_at=None).select_related("charter")
    ends = ((one, one.positions_until()) for one in rows.order_by("number"))
    return [one for one, until in ends if until is not None and until.date() == day]


def _until(event: Event) -> datetime:
    return parse_datetime(event.payload["until"]) or event.created_at


def _silent(event: Event) -> dict[int, list[Amendment]]:
    """By organisation that has a voice: the amendments it has said nothing of. Three queries."""
    charter = about(event)
    closing = closing_on(charter=charter, day=_until(event).date())
    said = set(Position.objects.filter(amendment__in=closing).values_list("organisation_id", "amendment_id"))
    left = {pk: [one for one in closing if (pk, one.pk) not in said] for pk in voters_of(charter=charter)}
    return {pk: amendments for pk, amendments in left.items() if amendments}


def _awaited(event: Event) -> list[Recipient]:
    """The representatives of organisations that have a voice and have not used it, each once."""
    running = Affiliation.objects.active().representatives().filter(
        organisation__in=_silent(event).keys(), organisation__state=OrganisationState.CONFIRMED
    )  # fmt: skip
    accounts = {one.account_id: one.account for one in running.select_related("account")}
    return recipients_of(accounts.values(), role="representative")


def _left_to_say(event: Event, recipient: Recipient) -> list[Amendment]:
    """What the organisations this person represents have still to say, by number."""
    mine = Affiliation.objects.active().representatives().filter(account=recipient.account_id)
    silent = _silent(event)
    found = {one.pk: one for pk in mine.values_list("organisation", flat=True) for one in silent.get(pk, [])}
    return sorted(found.values(), key=lambda one: one.number or 0)


def _still_time(event: Event, recipient: Recipient) -> bool:
    return timezone.now() < _until(event) and bool(_left_to_say(event, recipient))


def _deadline_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    charter = about(event)
    left = _left_to_say(event, recipient)
    return {"charter": charter, "until": _until(event), "amendments": left, "path": charter.get_absolute_url()}


def _waiting_for(event: Event) -> Any:
    """The invitation the event is about, while nobody has answered it."""
    waiting = about(event).coauthors.waiting().filter(organisation=event.payload.get("organisation"))
    return waiting.filter(amendment__state=AmendmentState.DRAFT)


def _invited_still(event: Event) -> list[Recipient]:
    organisations = _waiting_for(event).values("organisation")
    running = Affiliation.objects.active().filter(organisation__in=organisations, role__in=SPEAKERS)
    return recipients_of(one.account for one in running.select_related("account"))


register_kind(
    Kind(
        name="charter.deadline_near",
        category="charter",
        label=_("Il reste peu de temps pour prendre position"),
        reason=_(
            "Vous recevez ce message parce que vous représentez une organisation qui n’a pas encore pris position."
        ),
        recipients=_awaited,
        context=_deadline_context,
        visible=_still_time,
        targets=charter_targets,
    )
)
register_kind(
    Kind(
        name="amendment.coauthor_waiting",
        category="charter",
        label=_("Une invitation à écrire ensemble attend votre réponse"),
        reason=_(
            "Vous recevez ce message parce que vous parlez pour une organisation invitée à écrire cet amendement."
        ),
        recipients=_invited_still,
        context=amendment_context,
        visible=lambda event, recipient: _waiting_for(event).exists() and readable(event, recipient),
        targets=own_amendment,
    )
)
