"""The headers of one delivery: what it belongs to, and how to stop it."""

from hashlib import blake2s
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from coalition.notifications.enums import Category
from coalition.notifications.heading.words import Leave, Way, sign_leave
from coalition.notifications.kinds import Kind, nothing
from coalition.notifications.models import Delivery, Event

DIGEST = "following.digest"
PURPOSES = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Precedence": "bulk"}


def leave_of(delivery: Delivery, kind: Kind) -> Leave | None:
    """What one click stops; None for a mail that cannot be stopped: security, signatures, mandates, what was asked for,
    and whatever goes to no account.
    """
    if delivery.account_id is None or kind.is_essential:
        return None
    if delivery.as_follower:
        return Leave(delivery.account_id, Way.FOLLOWED, str(delivery.event_id))
    if kind.name == DIGEST:
        return Leave(delivery.account_id, Way.DIGEST, str(delivery.event.payload.get("rhythm", "")))
    if kind.category in Category.values and kind.targets is not nothing:
        return Leave(delivery.account_id, Way.CATEGORY, kind.category)
    return None


def leave_url(leave: Leave, language: str) -> str:
    """The address of the page that stops it, in the reader's language; the same address takes the one click."""
    with translation.override(language):
        return urljoin(settings.BASE_URL, reverse("mail_leave", args=[sign_leave(leave)]))


def leave_headers(url: str) -> dict[str, str]:
    """RFC 2369 and the one click of RFC 8058; nothing for ""."""
    return {"List-Unsubscribe": f"<{url}>", **PURPOSES} if url else {}


def thread_headers(event: Event, kind: Kind, domain: str) -> dict[str, str]:
    """The same References for every mail about the same thing, so that programs put them together.

    The thing is the first target of `kind`, that of the event (the thread of a comment, an amendment, a case), else the
    subject of the event; nothing for an event about neither. The root is no mail: programs do not need it to be one.
    """
    targets = kind.targets(event)
    if targets:
        thing = ":".join(targets[0])
    elif event.content_type_id is not None:
        thing = f"{event.content_type_id}:{event.object_id}"
    else:
        return {}
    root = f"<fil-{blake2s(thing.encode(), digest_size=15).hexdigest()}@{domain}>"
    return {"References": root, "In-Reply-To": root}
