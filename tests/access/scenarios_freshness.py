"""Is a case still true; and what organisers do with one nobody holds any more."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cases.notifications.freshness import CHECK_PURPOSE
from coalition.core.tokens import issue_token
from members.enums import Role
from members.models import Affiliation
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _page(world: World) -> list[int]:
    return [world.cases["published"].pk]


def _owner_gone(world: World, _visitor: Visitor) -> None:
    writers = Affiliation.objects.filter(organisation=world.organisations["own"], role=Role.EDITOR)
    writers.update(ended_on=NOW.date())


def _mailed(world: World, _visitor: Visitor) -> None:
    secret = issue_token(
        purpose=CHECK_PURPOSE,
        subject=world.cases["published"],
        address=world.accounts["cityed_own"].email,
        lifetime=timedelta(days=30),
        now=timezone.now(),
    )
    world.secrets["still true"] = reverse("case_still_true_link", args=[secret])


@row("case", "published", "confirm that it is still true", acts=True)
def confirm(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_still_true", args=_page(world)))


@row("case", "draft", "confirm that it is still true")
def confirm_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_still_true", args=[world.cases["draft"].pk]))


@row("case", "published", "confirm with the link of a mail, no login (POST)", acts=True, given=_mailed)
def confirm_by_link(world: World, visitor: Visitor) -> Answers:
    return visitor.post(world.secrets["still true"])


@row("case", "published", "confirm by GET only (link scanner)", reads=True, given=_mailed)
def confirm_by_get(world: World, visitor: Visitor) -> Answers:
    address = world.secrets["still true"]
    return [visitor.get(address), visitor.ask("HEAD", address)]


@row("case", "owner gone", "hand over to another organisation", acts=True, given=_owner_gone)
def hand_over(world: World, visitor: Visitor) -> Answers:
    data = {"organisation": world.organisations["other"].pk}
    return visitor.post(reverse("case_owner", args=_page(world)), data)


@row("case", "owner gone", "keep as a note of the past", acts=True, given=_owner_gone)
def archive(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_archive", args=_page(world)))


@row("case", "published", "hand over while somebody holds it")
def hand_over_held(world: World, visitor: Visitor) -> Answers:
    data = {"organisation": world.organisations["other"].pk}
    return [
        visitor.post(reverse("case_owner", args=_page(world)), data),
        visitor.post(reverse("case_archive", args=_page(world))),
    ]


@row("case", "owner gone", "list")
def orphans(_world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("case_orphans"))
