"""Who is told what about the charter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.access import can
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.models import Affiliation
from members.notifications import organisers, recipients_of, while_allowed
from principles.models import Version, VersionArticle


def _about(event: Event) -> Any:
    """The amendment or the version an event is about; one that is gone is told to nobody, so it is there."""
    return event.subject


def _told_of_opening(event: Event) -> list[Recipient]:
    """The organisers and the representatives of the organisation, but not the author."""
    amendment = _about(event)
    team = organisers(event)
    running = Affiliation.objects.active().representatives().filter(organisation=amendment.organisation_id)
    speaking = running.exclude(account=amendment.author_id).select_related("account")
    return team + recipients_of(affiliation.account for affiliation in speaking)


def _author(event: Event) -> list[Recipient]:
    return recipients_of([_about(event).author])


def _amendment_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    amendment = _about(event)
    return {
        "amendment": amendment,
        "article": VersionArticle.objects.filter(version=amendment.base_version_id, key=amendment.article_key).first(),
        "decision": getattr(amendment, "decision", None),
        "path": amendment.get_absolute_url(),
    }


def _version_context(event: Event, recipient: Recipient) -> dict[str, Any]:
    version: Version = _about(event)
    decision = getattr(version, "decision", None)
    return {"version": version, "decision": decision, "path": version.get_absolute_url()}


AMENDMENT_OPENED = register_kind(
    Kind(
        name="amendment.opened",
        category="charter",
        label=_("Amendement proposé"),
        reason=_(
            "Vous recevez ce message parce que vous représentez l’organisation qui propose cet amendement, "
            "ou parce que vous décidez des amendements."
        ),
        recipients=_told_of_opening,
        context=_amendment_context,
        visible=while_allowed("amendment.view"),
    )
)
AMENDMENT_ACCEPTED = register_kind(
    Kind(
        name="amendment.accepted",
        category="charter",
        label=_("Amendement adopté"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_author,
        context=_amendment_context,
        visible=while_allowed("amendment.view"),
    )
)
AMENDMENT_REFUSED = register_kind(
    Kind(
        name="amendment.refused",
        category="charter",
        label=_("Amendement refusé"),
        reason=_("Vous recevez ce message parce que vous avez écrit cet amendement."),
        recipients=_author,
        context=_amendment_context,
        visible=while_allowed("amendment.view"),
    )
)
VERSION_ADOPTED = register_kind(
    Kind(
        name="charter.version_adopted",
        category="charter",
        label=_("Nouvelle version de la charte"),
        reason=_("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        recipients=organisers,
        context=_version_context,
        visible=lambda event, recipient: bool(can(None, "charter.view", event.subject)),
    )
)
