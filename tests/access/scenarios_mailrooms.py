"""Who says where an organisation's mail goes, and the mailbox its people share."""

from django.urls import reverse
from django.utils import timezone

from coalition.core.tokens import issue_token
from members.models import SharedMailbox
from members.notifications.mailrooms import MAILBOX_LIFETIME, MAILBOX_PURPOSE, mailbox_secret
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

ADDRESS = "service@zorglubmail.example"
RULES = {
    "cosponsorship": "representative",
    "charter": "member",
    "own_case": "editor",
    "contact": "editor",
    "challenges": "editor",
}
BOX = {"address": ADDRESS, "language": "fr", "mode": "copy", "categories": "charter"}


def _box(world: World, **fields: object) -> SharedMailbox:
    values = {"address": ADDRESS, "categories": ["charter"], "asked_at": NOW, **fields}
    return SharedMailbox.objects.create(organisation=world.organisations["own"], **values)


def _waits(world: World, _visitor: Visitor) -> None:
    secret = issue_token(
        purpose=MAILBOX_PURPOSE, subject=_box(world), address=ADDRESS, lifetime=MAILBOX_LIFETIME, now=timezone.now()
    )
    world.secrets["mailbox"] = reverse("mailbox_confirm", args=[secret])


def _runs(world: World, _visitor: Visitor) -> None:
    _box(world, confirmed_at=NOW)


def _secret() -> str:
    return mailbox_secret(SharedMailbox.objects.get())


@row("organisation", "confirmed", "say who is told of its mail", acts=True)
def hand_out(world: World, visitor: Visitor) -> Answers:
    slug = world.organisations["own"].slug
    page = reverse("organisation_mail", args=[slug])
    seen = [] if visitor.is_program else [visitor.get(page)]
    shared = visitor.post(reverse("organisation_mailbox", args=[slug]), BOX)
    stopped = visitor.post(reverse("organisation_mailbox_stop", args=[slug]))
    return [*seen, visitor.post(page, RULES), shared, stopped]


@row("shared mailbox", "pending", "confirm with token (POST)", acts=True, given=_waits)
def confirm(world: World, visitor: Visitor) -> Answers:
    return visitor.post(world.secrets["mailbox"])


@row("shared mailbox", "pending", "confirm by GET only (link scanner)", reads=True, given=_waits)
def confirm_by_get(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(world.secrets["mailbox"]), visitor.ask("HEAD", world.secrets["mailbox"])]


@row("shared mailbox", "active", "stop with the signed word of a mail, no login (POST)", acts=True, given=_runs)
def stop(_world: World, visitor: Visitor) -> Answers:
    address = reverse("mailbox_stop", args=[_secret()])
    return [visitor.post(address), visitor.post(address)]


@row("shared mailbox", "active", "stop as a mail programme does (RFC 8058)", acts=True, given=_runs)
def one_click(_world: World, visitor: Visitor) -> Answers:
    address = reverse("mailbox_one_click", args=[_secret()])
    return [visitor.post(address, {"List-Unsubscribe": "One-Click"}) for _again in range(2)]
