"""The charter and its amendments."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from principles.models import Amendment
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

MOTIVE = "Un motif assez long pour être lu de tous."


def _api_amendment(world: World, name: str) -> list[tuple[str, str]]:
    return [("GET", reverse("api_amendment", args=[world.amendments[name].number])), ("GET", reverse("api_amendments"))]


def _no_api_write(world: World, name: str) -> list[tuple[str, str]]:
    address = reverse("api_amendment", args=[world.amendments[name].number])
    return [(method, address) for method in ("POST", "PUT", "PATCH", "DELETE")]


def _own_draft(world: World, visitor: Visitor) -> Amendment:
    """One's own draft for those who have one, member_own's for everybody else."""
    return world.amendments.get(f"draft_{visitor.role}") or world.amendments["draft_member_own"]


def _wording(world: World, organisation: str = "own") -> dict[str, Any]:
    return {
        "organisation": world.organisations[organisation].pk,
        "title": "Un autre mot",
        "text_fr": "Un autre texte.",
        "text_en": "Another text.",
        "motive": MOTIVE,
        "base": world.charter.current_version.number,
        "do": "save",
    }


def _act(visitor: Visitor, door: str, amendment: Amendment, **data: object) -> HttpResponse:
    return visitor.post(reverse(door, args=[amendment.number]), {"motive": MOTIVE, "do": "confirm", **data})


@row(
    "charter",
    "published version",
    "view, print, download",
    api=lambda _world: [("GET", reverse("api_charter")), ("GET", reverse("api_charter_versions"))],
)
def view_charter(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse(name)) for name in ("charter", "charter_feed")]


@row(
    "charter",
    "superseded version",
    "view, diff",
    api=lambda _world: [("GET", reverse("api_charter_version", args=[1]))],
)
def view_superseded(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("charter_version", args=[1])), visitor.get(reverse("charter_compare", args=[1, 2]))]


@row("amendment", "open", "view, list, API", api=lambda world: _api_amendment(world, "open"))
def view_open(world: World, visitor: Visitor) -> Answers:
    one = visitor.get(reverse("amendment", args=[world.amendments["open"].number]))
    return [one, visitor.get(reverse("amendment_list"))]


@row("amendment", "draft", "view by author")
def view_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("amendment_draft", args=[_own_draft(world, visitor).pk]))


@row("amendment", "any", "create", acts=True)
def create(world: World, visitor: Visitor) -> Answers:
    data = _wording(world, visitor.side)
    if visitor.role in ("organiser", "superuser"):
        del data["organisation"]
    return visitor.post(reverse("amendment_new", args=["preuve"]), data)


@row("amendment", "draft", "edit", acts=True)
def edit_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_draft", args=[_own_draft(world, visitor).pk]), _wording(world))


@row("amendment", "open", "edit text", api=lambda world: _no_api_write(world, "open"))
def edit_open(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_draft", args=[world.amendments["open"].pk]), _wording(world))


@row("amendment", "open", "withdraw", acts=True)
def withdraw(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_withdraw", world.amendments["open"])


@row("amendment", "open", "accept", acts=True, api=lambda world: _no_api_write(world, "open"))
def accept(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_accept", world.amendments["open"])


@row("amendment", "open", "reject (reason required)", acts=True)
def refuse(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_refuse", world.amendments["open"])


@row("amendment", "open", "accept as its own author")
def accept_own(world: World, visitor: Visitor) -> Answers:
    mine = {"rep_own": "open_rep", "organiser": "open_organiser", "superuser": "open_superuser"}
    amendment = world.amendments[mine.get(visitor.role, "open")]
    return [_act(visitor, "amendment_accept", amendment), _act(visitor, "amendment_refuse", amendment)]


@row("amendment", "accepted/rejected", "accept or reject again")
def decide_again(world: World, visitor: Visitor) -> Answers:
    doors = ("amendment_accept", "amendment_refuse")
    return [_act(visitor, door, world.amendments[name]) for door in doors for name in ("accepted", "refused")]


@row("amendment", "conflicts with newer charter version", "accept")
def accept_conflicting(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_accept", world.amendments["conflicting"])


@row("amendment", "any", "see who decided + reason (public log)", api=lambda world: _api_amendment(world, "accepted"))
def see_decision(world: World, visitor: Visitor) -> Answers:
    answer = visitor.get(reverse("amendment", args=[world.amendments["accepted"].number]))
    text = answer.content.decode()
    return [answer, "Ce motif est lu de tous." in text, "Name of organiser" in text]


@row("amendment", "any", "author gains edit right on charter by acceptance")
def edit_after_acceptance(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_draft", args=[world.amendments["accepted"].pk]), _wording(world))
