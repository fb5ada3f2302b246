"""What is told of remarks organisers make about a part of a case: to its writers, then to who made it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment

from cases.models.comments import heading_of_remark
from cases.notifications.own_case import about, own_case
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event
from members.notifications import recipients_of, while_allowed


def _remark(event: Event) -> Comment | None:
    found: Comment | None = Comment.objects.filter(pk=event.payload["comment"]).select_related("user").first()
    return found


def _about_remark(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The remark, the part it is about, and by whom it was made or taken into account; nothing of one that is gone."""
    remark = _remark(event)
    page: Any = event.subject
    return {
        **about("case_edit")(event, recipient),
        "remark": remark.text if remark else "",
        "part": heading_of_remark(page, remark.contentpath) if remark else "",
        "name": str(event.actor or _("Quelqu’un")),
    }


def _still_open(event: Event, recipient: Recipient) -> bool:
    remark = _remark(event)
    return remark is not None and remark.resolved_at is None and while_allowed("case.preview")(event, recipient)


def _maker(event: Event) -> list[Recipient]:
    """Who made the remark, unless they settled it themselves."""
    remark = _remark(event)
    if remark is None or remark.user is None or remark.user.pk == event.actor_id:
        return []
    return recipients_of([remark.user], role="organiser")


def _still_there(event: Event, recipient: Recipient) -> bool:
    return _remark(event) is not None and while_allowed("case.preview")(event, recipient)


COMMENTED = own_case("case.commented", _("Une remarque sur votre cas"), _about_remark, _still_open)
REMARK_SETTLED = register_kind(
    Kind(
        name="case.remark_settled",
        category="review",
        label=_("Votre remarque est prise en compte"),
        reason=_("Vous recevez ce message parce que vous avez fait cette remarque."),
        recipients=_maker,
        context=_about_remark,
        visible=_still_there,
    )
)
