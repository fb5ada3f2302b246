"""One's own calendar: its address is one's own to make; whoever has it reads, until it is renewed or deleted."""

from django.urls import reverse

from coalition.notifications.agenda.addresses import agenda_word
from coalition.notifications.models import AgendaAddress
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


@row("agenda", "own", "make, renew, delete the address", acts=True)
def own(_world: World, visitor: Visitor) -> Answers:
    seen = [] if visitor.is_program else [visitor.get(reverse("agenda"))]
    return [*seen, *(visitor.post(reverse("agenda"), {"act": act}) for act in ("make", "renew", "delete"))]


def _has_one(world: World, _visitor: Visitor) -> None:
    AgendaAddress.objects.create(account=world.accounts["rep_own"], created_at=NOW)


def _private() -> str:
    return reverse("agenda_private", args=[agenda_word(AgendaAddress.objects.get())])


@row("agenda", "address of a person", "read with it", given=_has_one)
def read(_world: World, visitor: Visitor) -> Answers:
    return visitor.get(_private())


@row("agenda", "address renewed or deleted", "read with it", given=_has_one)
def read_with_the_old_one(_world: World, visitor: Visitor) -> Answers:
    kept = AgendaAddress.objects.get()
    kept.serial += 1
    never = reverse("agenda_private", args=[agenda_word(AgendaAddress(pk=kept.pk + 1))])
    return [visitor.get(reverse("agenda_private", args=[agenda_word(kept)])), visitor.get(never)]
