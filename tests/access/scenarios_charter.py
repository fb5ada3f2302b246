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
    api=lambda _world: [
        ("GET", reverse("api_charter")),
        ("GET", reverse("api_charter_versions")),
        ("GET", reverse("api_charter_timeline")),
        ("GET", reverse("api_charter_origins", args=[1])),
        ("GET", reverse("api_charter_article_origins", args=[1, "preuve"])),
    ],
)
def view_charter(world: World, visitor: Visitor) -> Answers:
    pages = [visitor.get(reverse(name)) for name in ("charter", "charter_feed", "charter_timeline")]
    whole = ("version_files", "version_print", "version_origins")
    pages += [visitor.get(reverse(name, args=[1])) for name in whole]
    files = [visitor.get(reverse("version_file", args=[1, kind])) for kind in ("odt", "akoma-ntoso")]
    return [*pages, *files, visitor.get(reverse("article_origins", args=[1, "preuve"]))]


@row(
    "charter",
    "superseded version",
    "view, diff",
    api=lambda _world: [
        ("GET", reverse("api_charter_version", args=[1])),
        ("GET", reverse("api_charter_compare", args=[1, 2])),
    ],
)
def view_superseded(world: World, visitor: Visitor) -> Answers:
    chosen = visitor.get(f"{reverse('charter_compare_choose')}?old=1&new=2")
    pair = visitor.get(reverse("charter_compare", args=[1, 2]))
    return [visitor.get(reverse("charter_version", args=[1])), pair, chosen]


@row("charter", "draft version", "view")
def view_draft_version(world: World, visitor: Visitor) -> Answers:
    one = visitor.get(reverse("version_draft", args=[world.drafts["ready"].pk]))
    return [one, visitor.get(reverse("version_drafts"))]


@row("charter", "draft version", "diff against published by id")
def diff_draft_version(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("version_draft_compare", args=[world.drafts["ready"].pk, number])) for number in (1, 2)]


@row("charter", "any", "edit text directly", acts=True)
def edit_charter(world: World, visitor: Visitor) -> Answers:
    draft = world.drafts["ready"]
    article = {"key-0": "ouverture", "title_fr-0": "Un", "title_en-0": "One", "text_fr-0": "Un.", "text_en-0": "One."}
    data = {"total": 1, "revision": draft.revision, "do": "keep", "title_fr": "Charte", "title_en": "Charter"}
    board = {"total": 1, "language": "fr", "do": "keep", "key-0": "un", "title-0": "Un", "text-0": "Un."}
    edited = visitor.post(reverse("version_draft_edit", args=[draft.pk]), {**data, **article})
    kept = visitor.post(reverse("version_board"), board)
    rebased = visitor.post(reverse("version_draft_rebase", args=[world.drafts["outdated"].pk]), {})
    return [edited, kept, rebased, visitor.post(reverse("version_draft_delete", args=[draft.pk]), {})]


@row("charter", "any", "publish version", acts=True)
def publish_version(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("version_draft_publish", args=[world.drafts["ready"].pk]), {"motive": MOTIVE})


@row("charter", "any", "publish when base version changed")
def publish_outdated(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("version_draft_publish", args=[world.drafts["outdated"].pk]), {"motive": MOTIVE})


@row("charter", "any", "roll back (new version equal to old)", acts=True)
def roll_back(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("version_restore", args=[1]), {})


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
