"""What is told of local adoptions of the charter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import OrganisationMail
from members.notifications.mailrooms import organisation_mail
from members.notifications.recipients import absolute_url, adoption_targets, organisers, while_allowed

REASON_BOTH = _("Vous recevez ce message parce que vous représentez cette organisation ou organisez la coalition.")


def _about_adoption(event: Event, _recipient: Recipient) -> dict[str, Any]:
    adoption: Any = event.subject
    return {
        "adoption": adoption,
        "organisation": adoption.organisation,
        "changed": adoption.changes.count(),
        "url": absolute_url("adoption", adoption.pk),
    }


def _both_sides(event: Event) -> list[Recipient]:
    """Whom the organisation wants told, and organisers, each once."""
    told: dict[str, Recipient] = {}
    adoption: Any = event.subject
    inside = organisation_mail([adoption.organisation_id], OrganisationMail.COSPONSORSHIP)
    for recipient in (*inside, *organisers(event)):
        told.setdefault(recipient.address.lower(), recipient)
    return list(told.values())


for _name, _label, _recipients in (
    ("adoption.recorded", _("Une organisation adopte la charte chez elle"), organisers),
    ("adoption.withdrawn", _("Une adoption locale est retirée"), _both_sides),
):
    register_kind(
        Kind(
            name=_name,
            category="adoption",
            label=_label,
            reason=REASON_BOTH,
            recipients=_recipients,
            context=_about_adoption,
            visible=while_allowed("adoption.view"),
            targets=adoption_targets,
        )
    )
