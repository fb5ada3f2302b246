"""Who is told what about cases: organisers that one waits; its editors that it was published, returned, withdrawn."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.notifications import alerts, freshness
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.enums import Role
from members.notifications import organisers, recipients_of, while_allowed


def _editors(event: Event) -> Iterable[Recipient]:
    """The running editors of the case's organisation, except who acted."""
    page: Any = event.subject
    running = page.organisation.affiliations.active().filter(role=Role.EDITOR).select_related("account")
    accounts = {affiliation.account_id: affiliation.account for affiliation in running}
    accounts.pop(event.actor_id, None)
    return recipients_of(accounts.values())


def _about(route: str) -> Callable[[Event, Recipient], dict[str, Any]]:
    def context(event: Event, _recipient: Recipient) -> dict[str, Any]:
        page: Any = event.subject
        argument = page.number if route == "case" else page.pk
        return {
            "title": page.title if route == "case" else str(page),
            "organisation": page.organisation.name,
            "motive": event.payload.get("reason", ""),
            "url": settings.BASE_URL + reverse(route, args=[argument]),
        }

    return context


SUBMITTED = register_kind(
    Kind(
        name="case.submitted",
        category="review",
        label=_("Un cas attend votre relecture"),
        reason=_("Vous recevez ce message parce que vous relisez les cas avant leur publication."),
        recipients=organisers,
        context=_about("case_review"),
        visible=while_allowed("case.publish"),
    )
)
PUBLISHED = register_kind(
    Kind(
        name="case.published",
        category="own_case",
        label=_("Votre cas est publié"),
        reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        recipients=_editors,
        context=_about("case"),
        visible=while_allowed("case.view"),
    )
)
RETURNED = register_kind(
    Kind(
        name="case.returned",
        category="own_case",
        label=_("Votre cas est à reprendre"),
        reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        recipients=_editors,
        context=_about("case_edit"),
        visible=while_allowed("case.edit"),
    )
)
UNPUBLISHED = register_kind(
    Kind(
        name="case.unpublished",
        category="own_case",
        label=_("Votre cas n’est plus publié"),
        reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        recipients=_editors,
        context=_about("case_edit"),
        visible=while_allowed("case.edit"),
    )
)

__all__ = ["PUBLISHED", "RETURNED", "SUBMITTED", "UNPUBLISHED", "alerts", "freshness"]
