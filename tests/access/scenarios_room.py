"""The drafting room of a draft that member_own writes with member_other."""

from django.urls import reverse

from principles.actions import joined_with, open_amendment, save_together
from principles.models import Amendment, DraftRevision
from tests.access.matrix import Answers, row
from tests.access.scenarios_amendments import _joined
from tests.access.scenarios_charter import _wording
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _shared(world: World) -> Amendment:
    return Amendment.objects.get(pk=world.amendments["draft_member_own"].pk)


def _save(world: World, name: str, text: str) -> None:
    draft = _shared(world)
    save_together(actor=world.account(name), amendment=draft, base=0, words={"text_fr": text}, now=NOW)


def _apart(world: World, visitor: Visitor) -> None:
    """Both wrote the same sentence; what member_other wrote waits for them."""
    _joined(world, visitor)
    _save(world, "member_own", "Une phrase à moi.")
    _save(world, "member_other", "Un texte tout autre.")


def _proposed(world: World, visitor: Visitor) -> None:
    _joined(world, visitor)
    open_amendment(actor=world.account("member_own"), amendment=_shared(world), now=NOW)


@row("amendment", "draft", "save in the drafting room", acts=True, given=_joined)
def save(world: World, visitor: Visitor) -> Answers:
    data = {"text_fr": "Un texte saisi.", "revision": 0}
    return visitor.post(reverse("amendment_room_save", args=[_shared(world).pk]), data)


@row("amendment", "draft", "see who is here", acts=True, given=_joined)
def see_who_is_here(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_room_presence", args=[_shared(world).pk]), {"field": "text_fr"})


@row("amendment", "draft", "settle what two people wrote differently", acts=True, given=_apart)
def settle(world: World, visitor: Visitor) -> Answers:
    waiting = DraftRevision.objects.get(into=None)
    draft = _shared(world)
    seen = joined_with(draft=draft, revision=waiting, head=draft.revisions.line()[0]).seen
    data = {"pending": waiting.number, "seen": seen, "choice-0": "mine"}
    return visitor.post(reverse("amendment_room_settle", args=[draft.pk]), data)


@row("amendment", "open", "keep words typed while it was proposed", acts=True, given=_proposed)
def keep_words(world: World, visitor: Visitor) -> Answers:
    data = {**_wording(world), "revision": 1}
    address = _shared(world).pk
    return [visitor.post(reverse(door, args=[address]), data) for door in ("amendment_room_save", "amendment_draft")]
