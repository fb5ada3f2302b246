"""Following things, and what is told of them: one's own, never somebody else's, never what one may not read."""

from django.urls import reverse

from coalition.notifications.models import Follow
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


@row("subscription", "none", "follow a thing one may not read")
def follow_inside(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("follow", args=INSIDE), {"act": "follow"})


@row("subscription", "active", "leave a thing one may not read any more", acts=True, given=_follows_inside)
def leave_inside(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("follow", args=INSIDE), {"act": "unfollow"})
