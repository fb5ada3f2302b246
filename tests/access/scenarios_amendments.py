"""Amendments written together, supported, discussed by positions, reworded and rebased; the charter's rule."""

from typing import Any

from django.urls import reverse

from principles.actions import answer_coauthor, invite_coauthor, open_amendment
from principles.models import Amendment, CoAuthor
from tests.access.matrix import Answers, row
from tests.access.scenarios_charter import _act, _own_draft, _wording
from tests.access.visitor import Visitor
from tests.world import NOW, World, _draft

GATHERING = "submitted (before moderation)"
BEHIND = "conflicts with newer charter version"


def _at(world: World, name: str) -> Amendment:
    """The amendment as it is now."""
    return Amendment.objects.get(pk=world.amendments[name].pk)


def _invited(world: World, _visitor: Visitor) -> None:
    """member_own asks the other organisation to write their draft together."""
    invite_coauthor(
        actor=world.account("member_own"),
        amendment=_at(world, "draft_member_own"),
        organisation=world.organisations["other"],
        now=NOW,
    )


def _joined(world: World, visitor: Visitor) -> None:
    """member_other accepted."""
    _invited(world, visitor)
    answer_coauthor(actor=world.account("member_other"), invitation=CoAuthor.objects.get(), accepts=True, now=NOW)


def _without_english(world: World, _visitor: Visitor) -> None:
    draft = _draft(world, "member_own", "monolingue")
    Amendment.objects.filter(pk=draft.pk).update(text_en="")
    world.amendments["lacking"] = open_amendment(actor=world.account("member_own"), amendment=draft, now=NOW)


def _texts(amendment: Amendment) -> dict[str, Any]:
    return {"text_fr": "Un texte récrit.", "text_en": "A rewritten text.", "wording": amendment.wording}


def _position(world: World, visitor: Visitor, name: str) -> Answers:
    organisation = world.organisations[visitor.side].pk
    return _act(visitor, "amendment_position", world.amendments[name], choice="agree", organisation=organisation)


@row(
    "amendment",
    GATHERING,
    "view",
    api=lambda world: [("GET", reverse("api_amendment", args=[world.amendments["submitted"].number]))],
)
def view_gathering(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("amendment", args=[world.amendments["submitted"].number]))


@row("amendment", GATHERING, "support its examination", acts=True)
def endorse(world: World, visitor: Visitor) -> Answers:
    organisation = world.organisations[visitor.side].pk
    return _act(visitor, "amendment_endorse", world.amendments["submitted"], organisation=organisation)


@row("amendment", "open", "support its examination")
def endorse_open(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_endorse", world.amendments["open"])


@row("amendment", GATHERING, "accept or reject")
def decide_gathering(world: World, visitor: Visitor) -> Answers:
    return [_act(visitor, door, world.amendments["submitted"]) for door in ("amendment_accept", "amendment_refuse")]


@row("amendment", "open", "support/object (one voice per organisation)", acts=True)
def take_position(world: World, visitor: Visitor) -> Answers:
    return _position(world, visitor, "open")


@row("amendment", "closed", "support/object")
def take_position_too_late(world: World, visitor: Visitor) -> Answers:
    return _position(world, visitor, "accepted")


@row("amendment", "draft", "invite an organisation to write together", acts=True)
def invite(world: World, visitor: Visitor) -> Answers:
    address = reverse("amendment_coauthors", args=[_own_draft(world, visitor).pk])
    return visitor.post(address, {"organisation": world.organisations["other"].pk})


@row("amendment", "draft", "answer an invitation to write together", acts=True, given=_invited)
def answer(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_coauthor_answer", args=[CoAuthor.objects.get().pk]), {"answer": "accept"})


@row("amendment", "draft", "edit as co-author", acts=True, given=_joined)
def edit_together(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_draft", args=[world.amendments["draft_member_own"].pk]), _wording(world))


@row("amendment", "draft", "propose as co-author", acts=True, given=_joined)
def propose_together(world: World, visitor: Visitor) -> Answers:
    data = {**_wording(world), "do": "open"}
    return visitor.post(reverse("amendment_draft", args=[world.amendments["draft_member_own"].pk]), data)


@row("amendment", "any", "create: insert, remove, move", acts=True)
def create_placed(world: World, visitor: Visitor) -> Answers:
    data = _wording(world, visitor.side) | {"article_title_fr": "Titre", "after_key": "ouverture"}
    if visitor.role in ("organiser", "superuser"):
        del data["organisation"]
    doors = [("amendment_insert", []), ("amendment_remove", ["preuve"]), ("amendment_move", ["preuve"])]
    return [visitor.post(reverse(door, args=args), data) for door, args in doors]


@row("amendment", "open", "give a new wording (revision)", acts=True)
def revise(world: World, visitor: Visitor) -> Answers:
    amendment = _at(world, "open")
    return _act(visitor, "amendment_revise", amendment, note="Plus clair.", **_texts(amendment))


@row("amendment", "closed", "give a new wording (revision)")
def revise_too_late(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_revise", world.amendments["accepted"], note="Plus clair.")


@row("amendment", "open", "write the missing language", acts=True, given=_without_english)
def write_leg(world: World, visitor: Visitor) -> Answers:
    amendment = world.amendments["lacking"]
    data = {"text": "A text at last.", "wording": amendment.wording}
    if visitor.role not in ("organiser", "superuser"):
        data["organisation"] = world.organisations[visitor.side].pk
    return visitor.post(reverse("amendment_leg", args=[amendment.number, "en"]), data)


@row("amendment", "open", "write a language nobody waits for")
def write_leg_needlessly(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("amendment_leg", args=[world.amendments["open"].number, "en"]), {"text": "Words."})


@row("amendment", BEHIND, "bring it to the new version", acts=True)
def resolve(world: World, visitor: Visitor) -> Answers:
    amendment = _at(world, "conflicting")
    version = world.charter.current_version.number
    return _act(visitor, "amendment_resolve", amendment, version=version, note="", **_texts(amendment))


@row("amendment", "open", "bring it to a version it already stands on")
def resolve_needlessly(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_resolve", world.amendments["open"])


@row("amendment", "any", "read every wording and position")
def read_histories(world: World, visitor: Visitor) -> Answers:
    number = world.amendments["accepted"].number
    return [visitor.get(reverse(door, args=[number])) for door in ("amendment_wordings", "amendment_positions")]


@row("amendment", "open", "accept what was reviewed on an older version")
def accept_stale(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_accept", world.amendments["open"], seen_version=1, seen_wording=1)


@row("charter", "any", "set phases and rule of decision", acts=True)
def set_rules(_world: World, visitor: Visitor) -> Answers:
    data = {"decision_rule": "majority", "voters": "members", "quorum_percent": 50, "decision_days": 0}
    return visitor.post(reverse("charter_rules"), {**data, "supporters_needed": 2, "do": "rule"})


def _hidden(world: World, visitor: Visitor) -> Amendment:
    """One's own hidden amendment for those who wrote one, member_own's for everybody else."""
    return world.amendments.get(f"hidden_{visitor.role}") or world.amendments["hidden_member_own"]


@row(
    "amendment",
    "hidden (moderated)",
    "view text",
    api=lambda world: [("GET", reverse("api_amendment", args=[world.amendments["hidden_member_own"].number]))],
)
def view_hidden_text(world: World, visitor: Visitor) -> Answers:
    """Every wording it had is not there; its page is, without the words."""
    found = _hidden(world, visitor)
    page = visitor.get(reverse("amendment", args=[found.number])).content.decode()
    word = f"zorglubmoderated{found.author.name.removeprefix('Name of ').replace('_', '')}"
    return [visitor.get(reverse("amendment_wordings", args=[found.number])), word in page]


@row("amendment", "open", "hide with reason", acts=True)
def hide(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_hide", world.amendments["open"], reason="Ce texte vise une personne.")


@row("amendment", "open", "hide as its own author")
def hide_own(world: World, visitor: Visitor) -> Answers:
    mine = {"rep_own": "open_rep", "organiser": "open_organiser", "superuser": "open_superuser"}
    found = world.amendments[mine.get(visitor.role, "open" if visitor.role == "member_own" else "open_superuser")]
    return _act(visitor, "amendment_hide", found, reason="Ce texte vise une personne.")


@row("amendment", "hidden (moderated)", "restore", acts=True)
def restore(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "amendment_restore", world.amendments["hidden_member_own"])


@row("amendment", "hidden (moderated)", "accept or reject")
def decide_hidden(world: World, visitor: Visitor) -> Answers:
    found = world.amendments["hidden_member_own"]
    return [_act(visitor, door, found) for door in ("amendment_accept", "amendment_refuse")]
