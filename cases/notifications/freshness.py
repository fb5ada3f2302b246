"""What is told about the freshness of cases: is it still true, and that a case was handed over."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import CatalogueEntry
from coalition.core.tokens import issue_token
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import OrganisationState, Role
from members.notifications import recipients_of, while_allowed
from members.notifications.recipients import absolute_url

CHECK_PURPOSE = "case.still_true"

REASON_EDITOR = _("Vous recevez ce message parce que vous écrivez les cas de cette organisation.")
REASON_NEW_OWNER = _("Vous recevez ce message parce que vous agissez pour cette organisation.")


def _people(event: Event, *roles: str) -> list[Recipient]:
    """Who holds one of these roles in the confirmed organisation of the case, except who acted."""
    page: Any = event.subject
    if page.organisation.state != OrganisationState.CONFIRMED:
        return []
    running = page.organisation.affiliations.active().filter(role__in=roles).select_related("account")
    accounts = {affiliation.account_id: affiliation.account for affiliation in running}
    accounts.pop(event.actor_id, None)
    return recipients_of(account for account in accounts.values() if account.has_verified_email)


def _editors(event: Event) -> Iterable[Recipient]:
    return _people(event, Role.EDITOR)


def _new_owners(event: Event) -> Iterable[Recipient]:
    return _people(event, Role.EDITOR, Role.REPRESENTATIVE)


def _still_waits(event: Event, recipient: Recipient) -> bool:
    """The case is public, the account writes it, and nobody published or confirmed it since the question."""
    page: Any = event.subject
    later = CatalogueEntry.objects.filter(number=page.number, checked_at__gte=event.created_at)
    return while_allowed("case.confirm")(event, recipient) and not later.exists()


def _question(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The case, its state and dates, and a link with a fresh secret that one POST uses up."""
    page: Any = event.subject
    entry = CatalogueEntry.objects.filter(page_id=page.pk).light().first()
    secret = issue_token(
        purpose=CHECK_PURPOSE,
        subject=page,
        address=recipient.address,
        lifetime=settings.CASE_CONFIRM_EVERY,
        now=timezone.now(),
    )
    return {
        "title": page.title,
        "organisation": page.organisation.name,
        "stage": page.get_stage_display(),
        "checked_at": entry.checked_at if entry is not None else page.last_published_at,
        "days": settings.CASE_STALE_AFTER.days,
        "url": absolute_url("case_still_true_link", secret),
        "inside_url": absolute_url("case_still_true", page.pk),
    }


def _handed(event: Event, _recipient: Recipient) -> dict[str, Any]:
    page: Any = event.subject
    return {
        "title": page.title,
        "organisation": page.organisation.name,
        "before": event.payload.get("before", ""),
        "url": absolute_url("case", page.number),
    }


register_kind(
    Kind(
        name="case.still_true",
        category="own_case",
        label=_("Votre cas est-il toujours vrai ?"),
        reason=REASON_EDITOR,
        recipients=_editors,
        context=_question,
        visible=_still_waits,
    )
)
register_kind(
    Kind(
        name="case.handed_over",
        category="own_case",
        label=_("Un cas vous est confié"),
        reason=REASON_NEW_OWNER,
        recipients=_new_owners,
        context=_handed,
        visible=while_allowed("case.view"),
    )
)
