"""Trying again what was given up."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.enums import DeliveryState, IncomingState, Return
from coalition.notifications.models import Delivery, Event, IncomingMail
from coalition.notifications.office.figures import is_templated
from coalition.notifications.rendering import is_address
from coalition.notifications.stops.listing import holds_back, stopped_among


@transaction.atomic
def retry_delivery(*, actor: Any, delivery: Delivery, now: datetime) -> Delivery:
    """Let a failed mail try again from the beginning, under the same Message-ID.

    DomainError when its words are gone (a mail composed elsewhere), when what it goes to is no address, or when the
    address is stopped; WrongState when it is not failed any more. Audited.
    """
    require(actor, "delivery.retry", delivery)
    kind = delivery.event.kind
    if not is_templated(kind):
        raise DomainError(_("Le texte de ce courriel n’est plus gardé : la personne doit le redemander."))
    if not is_address(delivery.address):
        raise DomainError(_("Ce n’est pas une adresse électronique."))
    if holds_back(stopped_among([delivery.address]).get(delivery.address), essential=False):
        raise DomainError(_("Cette adresse est arrêtée : reprenez-la d’abord."))
    again = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED).update(
        state=DeliveryState.PENDING, attempts=0, not_before=Now(), returned=Return.NONE, returned_at=None
    )
    return _noted(again, actor, "delivery.retried", delivery, now)


@transaction.atomic
def retry_event(*, actor: Any, event: Event, now: datetime) -> Event:
    """Let an event that could not be told try again. WrongState when it is not given up any more. Audited."""
    require(actor, "delivery.retry", event)
    again = Event.objects.given_up().filter(pk=event.pk).update(attempts=0, not_before=Now())
    return _noted(again, actor, "event.retried", event, now)


@transaction.atomic
def retry_answer(*, actor: Any, mail: IncomingMail, now: datetime) -> IncomingMail:
    """Let an answer by mail that could not be acted upon try again.

    DomainError when its words are forgotten already; WrongState when it is not failed any more. Audited.
    """
    require(actor, "delivery.retry", mail)
    failed = IncomingMail.objects.filter(pk=mail.pk, state=IncomingState.FAILED)
    if failed.filter(raw=b"").exists():
        raise DomainError(_("Le texte de cette réponse n’est plus gardé."))
    again = failed.update(state=IncomingState.WAITING, settled_at=None, attempts=0, not_before=Now())
    return _noted(again, actor, "answer.retried", mail, now)


def _noted(again: int, actor: Any, action: str, obj: Any, now: datetime) -> Any:
    if not again:
        raise WrongState(_("Ce n’est plus en échec."))
    record(actor=actor, action=action, obj=obj, now=now)
    return obj
