"""Who is told what about cases: organisers that one waits; its editors that it was published, returned, withdrawn."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import CatalogueEntry, Reproduction
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


def _about_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The link as it stands when the mail is written."""
    link = Reproduction.objects.get(pk=event.payload["link"])
    redo = CatalogueEntry.objects.filter(number=link.redo).light().order_by("language").first()
    return {
        **_about("case")(event, recipient),
        "redo_title": redo.title if redo else "",
        "redo_organisation": redo.organisation_name if redo else "",
        "redo_url": redo.absolute_url if redo else "",
        "what_changed": link.what_changed,
        "what_came_out": link.what_came_out,
    }


def _while_shown(event: Event, recipient: Recipient) -> bool:
    """Told only while both cases are public and nobody took the link away."""
    shown = Reproduction.objects.shown().filter(pk=event.payload["link"])
    return shown.exists() and while_allowed("case.view")(event, recipient)


REDONE = register_kind(
    Kind(
        name="case.redone",
        category="own_case",
        label=_("Un autre cas refait le vôtre"),
        reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        recipients=_editors,
        context=_about_link,
        visible=_while_shown,
    )
)
UNLINKED = register_kind(
    Kind(
        name="case.unlinked",
        category="own_case",
        label=_("Un lien entre deux cas est retiré"),
        reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        recipients=_editors,
        context=_about("case"),
        visible=while_allowed("case.preview"),
    )
)

__all__ = ["PUBLISHED", "REDONE", "RETURNED", "SUBMITTED", "UNLINKED", "UNPUBLISHED", "alerts", "freshness"]
