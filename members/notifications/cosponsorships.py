"""What is told about co-sponsorships.

The mail that asks to confirm a signature carries a secret. It is made while the mail is rendered, never before, so that
neither the event nor the delivery ever holds it: the database knows its hash only. A mail rendered again, after a
refusal of the mail server, carries another valid secret; the state of the act makes the first use the only one.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.core.tokens import issue_token
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import CosponsorshipState, OrganisationMail
from members.notifications.mailrooms import organisation_mail
from members.notifications.recipients import (
    REASON_ORGANISER,
    REASON_REPRESENTATIVE,
    REASON_SIGNATORY,
    about_act,
    absolute_url,
    act_targets,
    coalition_targets,
    organisers,
    recipients_of,
    while_allowed,
)

CONFIRM_PURPOSE = "cosponsorship.confirm"
CONFIRM_LIFETIME = timedelta(days=7)
ANSWER_DAYS = 3
"""Working days in which the organisers answer a confirmed signature."""
DOCUMENT_DAYS = 14
"""Days in which an organisation is expected to send a document asked for; nothing is lost after them."""
SATURDAY = 5


def working_days_later(moment: datetime, days: int) -> date:
    """The day so many working days after `moment`, Saturdays and Sundays not counted."""
    day = moment.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def _signatory(event: Event) -> Iterable[Recipient]:
    act: Any = event.subject
    return recipients_of([act.affiliation.account] if act.affiliation else [])


def told_of_act(event: Event) -> list[Recipient]:
    """Whom the organisation wants told of its acts."""
    act: Any = event.subject
    return organisation_mail([act.organisation_id], OrganisationMail.COSPONSORSHIP)


def asked_about_act(event: Event) -> list[Recipient]:
    """Who may answer for it, whatever it chose, and whom it wants told."""
    act: Any = event.subject
    return organisation_mail([act.organisation_id], OrganisationMail.COSPONSORSHIP, acts=True)


def _signatory_and_organisation(event: Event) -> Iterable[Recipient]:
    """Told once each: the outbox gives one mail an address."""
    return [*_signatory(event), *told_of_act(event)]


def _still_awaited(event: Event, recipient: Recipient) -> bool:
    act: Any = event.subject
    if act.state != CosponsorshipState.AWAITING or act.affiliation is None:
        return False
    return bool(act.affiliation.account.email.lower() == recipient.address.lower())


def _document_still_asked(event: Event, recipient: Recipient) -> bool:
    act: Any = event.subject
    return act.asked_at is not None and while_allowed("cosponsorship.provide_document")(event, recipient)


def _with_next(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the act says, its reservations, and the day by which the organisers have answered."""
    act: Any = event.subject
    return {**about_act(event, recipient), "answer_by": working_days_later(act.confirmed_at, ANSWER_DAYS)}


def _with_change(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the act says, and the change this event is about, whose number ends its key."""
    act: Any = event.subject
    change = act.changes.filter(pk=int(event.key.rpartition(":")[2])).first()
    return {**about_act(event, recipient), "change": change}


def _with_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What the act says, and a link with a fresh secret (see the top of this module)."""
    act: Any = event.subject
    secret = issue_token(
        purpose=CONFIRM_PURPOSE,
        subject=act,
        address=recipient.address,
        lifetime=CONFIRM_LIFETIME,
        now=timezone.now(),
    )
    return {**about_act(event, recipient), "confirm_url": absolute_url("cosponsorship_confirm", secret)}


register_kind(
    Kind(
        name="cosponsorship.confirm",
        category="cosponsorship",
        label=_("Confirmer votre signature"),
        reason=REASON_SIGNATORY,
        recipients=_signatory,
        context=_with_link,
        visible=_still_awaited,
        targets=act_targets,
        essential=True,
    )
)
register_kind(
    Kind(
        name="cosponsorship.submitted",
        category="cosponsorship",
        label=_("Une signature attend votre réponse"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=about_act,
        visible=while_allowed("cosponsorship.decide"),
        targets=act_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.receipt",
        category="cosponsorship",
        label=_("Reçu de la signature"),
        reason=REASON_REPRESENTATIVE,
        recipients=_signatory_and_organisation,
        context=_with_next,
        visible=while_allowed("cosponsorship.view"),
        targets=act_targets,
        joins=coalition_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.document_asked",
        category="cosponsorship",
        label=_("Une pièce est demandée"),
        reason=REASON_REPRESENTATIVE,
        recipients=asked_about_act,
        context=about_act,
        visible=_document_still_asked,
        targets=act_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.document_provided",
        category="cosponsorship",
        label=_("La pièce demandée est arrivée"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=about_act,
        visible=while_allowed("cosponsorship.decide"),
        targets=act_targets,
    )
)
register_kind(
    Kind(
        name="cosponsorship.change_proposed",
        category="cosponsorship",
        label=_("Une modification d’acte attend votre réponse"),
        reason=REASON_ORGANISER,
        recipients=organisers,
        context=about_act,
        visible=while_allowed("cosponsorship.decide_change"),
        targets=act_targets,
    )
)
for _name, _label in (
    ("cosponsorship.change_accepted", _("Votre modification est publiée")),
    ("cosponsorship.change_declined", _("Votre modification n’est pas retenue")),
):
    register_kind(
        Kind(
            name=_name,
            category="cosponsorship",
            label=_label,
            reason=REASON_REPRESENTATIVE,
            recipients=asked_about_act,
            context=_with_change,
            visible=while_allowed("cosponsorship.view_signatory"),
            targets=act_targets,
        )
    )
for _name, _label in (
    ("cosponsorship.official", _("Votre organisation est co-porteuse")),
    ("cosponsorship.declined", _("Votre signature n’est pas retenue")),
    ("cosponsorship.withdrawn", _("Votre organisation s’est retirée")),
):
    register_kind(
        Kind(
            name=_name,
            category="cosponsorship",
            label=_label,
            reason=REASON_REPRESENTATIVE,
            recipients=told_of_act,
            context=about_act,
            visible=while_allowed("cosponsorship.view"),
            targets=act_targets,
        )
    )
