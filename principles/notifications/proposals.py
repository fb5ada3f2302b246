"""What is told of an amendment from the first invitation to write it to the day it is decided."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from principles.notifications.audiences import (
    amendment_context,
    amendment_targets,
    heard,
    invited,
    own_amendment,
    position_context,
    position_holds,
    readable,
    speaking,
    told_of_opening,
    writers,
)

AUTHOR = _("Vous recevez ce message parce que vous avez écrit cet amendement.")


def _to_writers(
    name: str,
    label: Promise,
    *,
    context: Callable[[Event, Recipient], dict[str, Any]] = amendment_context,
    visible: Callable[[Event, Recipient], bool] = readable,
    **more: Any,
) -> Kind:
    """A kind for those who write the amendment, about the amendment alone."""
    return register_kind(
        Kind(
            name=name,
            category="charter",
            label=label,
            reason=AUTHOR,
            recipients=writers,
            context=context,
            visible=visible,
            targets=own_amendment,
            **more,
        )
    )


AMENDMENT_OPENED = register_kind(
    Kind(
        name="amendment.opened",
        category="charter",
        label=_("Amendement proposé"),
        reason=_(
            "Vous recevez ce message parce que vous représentez l’organisation qui propose cet amendement, "
            "ou parce que vous décidez des amendements."
        ),
        recipients=told_of_opening,
        context=amendment_context,
        visible=readable,
        targets=amendment_targets,
        news=_("Amendement proposé"),
        joins=own_amendment,
    )
)
AMENDMENT_SUBMITTED = register_kind(
    Kind(
        name="amendment.submitted",
        category="charter",
        label=_("Amendement qui cherche des soutiens"),
        reason=_(
            "Vous recevez ce message parce que vous représentez une organisation membre, ou décidez des amendements."
        ),
        recipients=speaking,
        context=amendment_context,
        visible=readable,
        targets=amendment_targets,
        news=_("Amendement proposé, qui cherche des soutiens"),
        joins=own_amendment,
        defaults={"organiser": "daily"},
    )
)
COAUTHOR_INVITED = register_kind(
    Kind(
        name="amendment.coauthor_invited",
        category="charter",
        label=_("Invitation à écrire un amendement ensemble"),
        reason=_(
            "Vous recevez ce message parce que vous parlez pour une organisation invitée à écrire cet amendement."
        ),
        recipients=invited,
        context=amendment_context,
        visible=readable,
        targets=own_amendment,
    )
)
COAUTHOR_JOINED = _to_writers("amendment.coauthor_joined", _("Un co-auteur vous rejoint"))
AMENDMENT_OBJECTED = _to_writers(
    "amendment.objected", _("Objection à un amendement"), context=position_context, visible=position_holds
)
POSITION_TAKEN = _to_writers(
    "amendment.position_taken",
    _("Position sur votre amendement"),
    context=position_context,
    visible=position_holds,
    defaults={"author": "daily"},
)
AMENDMENT_REVISED = register_kind(
    Kind(
        name="amendment.revised",
        category="charter",
        label=_("Nouvelle rédaction d’un amendement"),
        reason=_("Vous recevez ce message parce que vous avez pris position sur cet amendement."),
        recipients=heard,
        context=amendment_context,
        visible=readable,
        targets=amendment_targets,
        news=_("Nouvelle rédaction d’un amendement"),
    )
)
AMENDMENT_LEG_WRITTEN = _to_writers("amendment.leg_written", _("Texte écrit dans l’autre langue"))
AMENDMENT_NEEDS_REBASE = _to_writers("amendment.needs_rebase", _("Amendement à reprendre"))
