"""Letters to many: only organisers write them, nobody approves their own, only those told read them."""

from django.urls import reverse

from coalition.notifications.models import Announcement
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

WORDS = {"subject_fr": "Réunion", "text_fr": "À Dakar.", "subject_en": "Meeting", "text_en": "In Dakar."}
POSTED = {**WORDS, "target": "representatives"}


def _letter(world: World, role: str, state: str) -> Announcement:
    sent = {"sent_at": NOW} if state == "sent" else {}
    writer = world.accounts.get(role, world.accounts["second_organiser"])
    return Announcement.objects.create(
        audience="representatives", written_by=writer, written_at=NOW, state=state, **WORDS, **sent
    )


def _own_draft(world: World, visitor: Visitor) -> None:
    _letter(world, visitor.role, "draft")


def _draft(world: World, _visitor: Visitor) -> None:
    _letter(world, "second_organiser", "draft")


def _own_proposed(world: World, visitor: Visitor) -> None:
    _letter(world, visitor.role, "proposed")


def _proposed(world: World, _visitor: Visitor) -> None:
    _letter(world, "second_organiser", "proposed")


def _sent(world: World, _visitor: Visitor) -> None:
    _letter(world, "second_organiser", "sent")


def _at(name: str) -> str:
    return reverse(name, args=[Announcement.objects.get().pk])


@row("announcement", "any", "list, write, read as the team does", given=_draft, acts=True)
def write(_world: World, visitor: Visitor) -> Answers:
    asked = [reverse("announcements"), reverse("announcement_new"), _at("announcement_mail")]
    seen = [] if visitor.is_program else [visitor.get(address) for address in asked]
    return [*seen, visitor.post(reverse("announcement_new"), POSTED)]


@row("announcement", "draft of one's own", "edit, propose", given=_own_draft, acts=True)
def propose(_world: World, visitor: Visitor) -> Answers:
    return [visitor.post(_at("announcement_edit"), POSTED), visitor.post(_at("announcement_propose"))]


@row("announcement", "draft of another", "edit, propose", given=_draft)
def propose_others(_world: World, visitor: Visitor) -> Answers:
    return [visitor.post(_at("announcement_edit"), POSTED), visitor.post(_at("announcement_propose"))]


@row("announcement", "proposed by oneself", "approve", given=_own_proposed)
def approve_own(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at("announcement_approve"))


@row("announcement", "proposed by another", "approve", given=_proposed, acts=True)
def approve(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at("announcement_approve"))


@row("announcement", "proposed by another", "cancel", given=_proposed, acts=True)
def cancel(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at("announcement_cancel"))


@row("announcement", "sent", "approve again, cancel", given=_sent)
def too_late(_world: World, visitor: Visitor) -> Answers:
    return [visitor.post(_at(name)) for name in ("announcement_approve", "announcement_cancel")]


@row("announcement", "sent to others", "read", given=_sent)
def read_others(_world: World, visitor: Visitor) -> Answers:
    return visitor.get(_at("announcement"))
