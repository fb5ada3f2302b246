"""What those who write a case are told of it: published, to take up again, withdrawn; and organisers that one waits."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, Recipient, Targets, nothing, register_kind
from coalition.notifications.models import Event
from members.enums import OrganisationMail
from members.notifications import organisation_mail, organisers, while_allowed

Context = Callable[[Event, Recipient], dict[str, Any]]


def _editors(event: Event) -> Iterable[Recipient]:
    """Whom the case's organisation wants told of its cases, its editors unless it chose, except who acted."""
    page: Any = event.subject
    told = organisation_mail([page.organisation_id], OrganisationMail.OWN_CASE, besides=[event.actor_id])
    return [replace(one, role="editor") for one in told]


def about(route: str) -> Context:
    """What a mail says of a case, with the address of one of its pages."""

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


def the_case(event: Event) -> Targets:
    """The case alone."""
    page: Any = event.subject
    return [("case", str(page.number))]


def the_case_and_organisation(event: Event) -> Targets:
    """The case, and the organisation that carries it."""
    page: Any = event.subject
    return [*the_case(event), ("organisation", page.organisation.slug)]


def own_case(
    name: str,
    label: Promise,
    context: Context,
    visible: Callable[[Event, Recipient], bool],
    *,
    news: Promise | str = "",
) -> Kind:
    """A kind for the people who write the case; with `news`, those who follow it or its organisation hear of it too."""
    return register_kind(
        Kind(
            name=name,
            category="own_case",
            label=label,
            reason=_("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
            recipients=_editors,
            context=context,
            visible=visible,
            targets=the_case_and_organisation if news else nothing,
            news=news,
        )
    )


SUBMITTED = register_kind(
    Kind(
        name="case.submitted",
        category="review",
        label=_("Un cas attend votre relecture"),
        reason=_("Vous recevez ce message parce que vous relisez les cas avant leur publication."),
        recipients=organisers,
        context=about("case_review"),
        visible=while_allowed("case.publish"),
        joins=the_case,
    )
)
PUBLISHED = own_case(
    "case.published",
    _("Votre cas est publié"),
    about("case"),
    while_allowed("case.view"),
    news=_("Nouveau cas publié"),
)
UPDATED = own_case(
    "case.updated", _("Votre cas est à jour"), about("case"), while_allowed("case.view"), news=_("Cas mis à jour")
)
RETURNED = own_case("case.returned", _("Votre cas est à reprendre"), about("case_edit"), while_allowed("case.edit"))
UNPUBLISHED = own_case(
    "case.unpublished", _("Votre cas n’est plus publié"), about("case_edit"), while_allowed("case.edit")
)
