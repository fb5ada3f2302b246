"""What those who write a case are told when another redoes it, or when such a link is taken away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import CatalogueEntry, Reproduction
from cases.notifications.own_case import about, own_case
from coalition.notifications.kinds import Recipient
from coalition.notifications.models import Event
from members.notifications import while_allowed


def _about_link(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The link as it stands when the mail is written."""
    link = Reproduction.objects.get(pk=event.payload["link"])
    redo = CatalogueEntry.objects.filter(number=link.redo).light().order_by("language").first()
    return {
        **about("case")(event, recipient),
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


REDONE = own_case(
    "case.redone", _("Un autre cas refait le vôtre"), _about_link, _while_shown, news=_("Cas refait ailleurs")
)
UNLINKED = own_case(
    "case.unlinked", _("Un lien entre deux cas est retiré"), about("case"), while_allowed("case.preview")
)
