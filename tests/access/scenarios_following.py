"""Following things, and what is told of them: one's own, never somebody else's, never what one may not read."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import CatalogueEntry
from coalition.notifications.actions import claim_deliveries, fan_out_event, record_event, send_delivery
from coalition.notifications.models import Choice, Delivery, Event, Follow, Notice
from coalition.notifications.transport import Transport
from members.enums import Role
from members.models import Affiliation
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

ARTICLE = ["article", "charte.preuve"]
INSIDE = ["inside", "i1"]


def _follows_inside(world: World, _visitor: Visitor) -> None:
    for account in world.accounts.values():
        Follow.objects.create(account=account, target_kind=INSIDE[0], target_key=INSIDE[1], created_at=NOW)


@row("subscription", "none", "follow or silence a thing one may read", acts=True)
def follow(_world: World, visitor: Visitor) -> Answers:
    return [visitor.post(reverse("follow", args=ARTICLE), {"act": act}) for act in ("follow", "mute")]


@row("subscription", "none", "follow a thing one may not read", acts=True)
def follow_inside(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("follow", args=INSIDE), {"act": "follow"})


@row("subscription", "active", "leave a thing one may not read any more", acts=True, given=_follows_inside)
def leave_inside(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("follow", args=INSIDE), {"act": "unfollow"})


def _told(world: World, _visitor: Visitor) -> None:
    """Everybody has one piece of news about an article, unread."""
    event = Event.objects.create(kind="comment.created", key="essai", created_at=NOW, fanned_out_at=NOW)
    for account in world.accounts.values():
        Notice.objects.create(
            account=account,
            event=event,
            target_kind=ARTICLE[0],
            target_key=ARTICLE[1],
            route="app",
            created_at=NOW,
        )


def _notice_of(world: World, role: str) -> Notice:
    return Notice.objects.get(account=world.accounts[role])


@row("notification", "own", "read / mark read", acts=True, given=_told)
def read_news(world: World, visitor: Visitor) -> Answers:
    mine = _notice_of(world, visitor.role if visitor.role in world.accounts else "registered")
    seen = [] if visitor.is_program else [visitor.get(reverse("news"))]
    marked = visitor.post(reverse("news_mark", args=[mine.pk]), {"act": "read"})
    again = visitor.post(reverse("news_mark", args=[mine.pk]), {"act": "unread"})
    return [*seen, marked, again, visitor.post(reverse("news_read"), {"up_to": mine.pk})]


@row("notification", "other person", "read / mark read by id", given=_told)
def read_others_news(world: World, visitor: Visitor) -> Answers:
    theirs = _notice_of(world, "second_organiser")
    return [visitor.post(reverse("news_mark", args=[theirs.pk]), {"act": act}) for act in ("read", "unread")]


class _Post(Transport):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.left: list[EmailMessage] = []

    def open(self) -> None:
        return

    def close(self) -> None:
        return

    def send(self, message: EmailMessage) -> None:
        self.left.append(message)


def _waits_and_is_hidden(world: World, visitor: Visitor) -> None:
    """A mail to who follows a case waits, after they left its organisation; then the case is no longer public."""
    role = visitor.role if visitor.role in world.accounts else "registered"
    page: Any = world.cases["published"]
    account = world.accounts[role]
    Affiliation.objects.filter(account=account, role=Role.EDITOR).delete()
    Follow.objects.create(account=account, target_kind="case", target_key=str(page.number), created_at=NOW)
    Choice.objects.create(account=account, category="following", rhythm="now")
    event = record_event(
        kind="case.published", key=f"essai:{role}", subject=page, payload={}, now=timezone.now(), actor=None
    )
    Delivery.objects.all().delete()
    fan_out_event(event_id=event.pk, now=timezone.now())
    Delivery.objects.exclude(account=account, as_follower=True).delete()
    CatalogueEntry.objects.filter(number=page.number).delete()


@row(
    "notification",
    "queued, object since hidden or recipient lost access",
    "is sent",
    given=_waits_and_is_hidden,
)
def sent_though_hidden(_world: World, _visitor: Visitor) -> Answers:
    post = _Post()
    with transaction.atomic():
        waiting = claim_deliveries(limit=10)
        assert waiting, "nothing waits: the row would prove nothing"
        for delivery in waiting:
            send_delivery(delivery=delivery, transport=post)
        transaction.set_rollback(True)
    return bool(post.left)
