"""Challenges, and what one organisation answers to another: nobody else may know of a response."""

from datetime import UTC, datetime

from django.urls import reverse

from coalition.challenges.models import Challenge
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

FORM = {
    "title": "Défi récrit",
    "language": "fr",
    "problem": "Un problème.",
    "country": "FR",
    "city": "Rennes",
    "sought": "data",
    "instrument": "open",
    "time_zone": "Europe/Paris",
}
ANSWER = {"language": "fr", "offer": "Une aide.", "contact_role": "Direction"}
PAST = datetime(2026, 11, 21, tzinfo=UTC)


def _at(world: World, door: str, state: str) -> str:
    return reverse(door, args=[world.challenges[state].slug])


def _response(world: World, door: str, state: str) -> str:
    return reverse(door, args=[world.responses[state].pk])


def _board_in_api(world: World) -> list[tuple[str, str]]:
    return [("GET", reverse("api_challenges"))]


def _one_in_api(world: World) -> list[tuple[str, str]]:
    return [("GET", reverse("api_challenge", args=[world.challenges["published"].slug]))]


def _draft_in_api(world: World) -> list[tuple[str, str]]:
    return [("GET", reverse("api_challenge", args=[world.challenges["draft"].slug]))]


@row("challenge", "published", "view", api=_one_in_api)
def view(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(_at(world, "challenge", state)) for state in ("published", "closed", "other")]


@row("challenge", "published", "board, table, feed, API list", api=_board_in_api)
def board(_world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse(name)) for name in ("challenges", "challenge_csv", "challenge_feed", "challenge_new")]


@row("challenge", "draft", "view", api=_draft_in_api)
def view_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_at(world, "challenge", "draft"))


@row("challenge", "none", "create", acts=True)
def create(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("challenge_write", args=[world.organisations["own"].slug]), FORM)


@row("challenge", "draft", "write and publish", acts=True)
def publish(world: World, visitor: Visitor) -> Answers:
    written = visitor.post(_at(world, "challenge_edit", "draft"), {**FORM, "based_on": 1})
    return [written, visitor.post(_at(world, "challenge_publish", "draft"))]


@row("challenge", "published", "write", acts=True)
def edit(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at(world, "challenge_edit", "published"), {**FORM, "based_on": 2})


@row("challenge", "published", "conclude", acts=True)
def close(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at(world, "challenge_close", "declined"), {"outcome": "Rien."})


def _past(world: World, _visitor: Visitor) -> None:
    Challenge.objects.filter(pk=world.challenges["published"].pk).update(closes_at=PAST)


@row("challenge", "published, past its deadline", "give more time", acts=True, given=_past)
def reopen(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at(world, "challenge_reopen", "published"), {"time_zone": "Europe/Paris"})


@row("challenge", "published", "take back", acts=True)
def withdraw(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_at(world, "challenge_withdraw", "published"), {"reason": "Nomme une personne."})


@row("challenge", "closed", "write, conclude, give more time")
def after_the_end(world: World, visitor: Visitor) -> Answers:
    acts = ("challenge_edit", "challenge_close", "challenge_reopen")
    return [visitor.post(_at(world, act, "closed"), {**FORM, "outcome": "Encore.", "based_on": 3}) for act in acts]


@row("challenge", "published", "read its responses, list and table")
def read_responses(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(_at(world, door, "published")) for door in ("challenge_responses", "challenge_responses_csv")]


@row("response", "none", "send in the name of one’s organisation", acts=True)
def send(world: World, visitor: Visitor) -> Answers:
    said = {**ANSWER, "organisation": world.organisations["own"].pk, "step": "send"}
    return visitor.post(_at(world, "challenge_answer", "other"), said)


@row("response", "sent", "read")
def read(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_response(world, "challenge_response", "sent"))


@row("response", "sent", "write, say whether it may be named, withdraw", acts=True)
def write_and_withdraw(world: World, visitor: Visitor) -> Answers:
    return [
        visitor.post(_response(world, "challenge_response_edit", "sent"), {**ANSWER, "based_on": 1}),
        visitor.post(_response(world, "challenge_response_name", "sent"), {"may_be_named": "no"}),
        visitor.post(_response(world, "challenge_response_withdraw", "sent")),
    ]


@row("response", "sent", "answer", acts=True)
def answer(world: World, visitor: Visitor) -> Answers:
    data = {"decision": "retained", "reason": "Oui.", "based_on": 1}
    return visitor.post(_response(world, "challenge_response_answer", "sent"), data)


@row("response", "declined", "answer again")
def answer_again(world: World, visitor: Visitor) -> Answers:
    data = {"decision": "retained", "reason": "Oui.", "based_on": 1}
    return visitor.post(_response(world, "challenge_response_answer", "declined"), data)


@row("response", "declined", "write, withdraw")
def write_answered(world: World, visitor: Visitor) -> Answers:
    return [
        visitor.post(_response(world, "challenge_response_edit", "declined"), {**ANSWER, "based_on": 1}),
        visitor.post(_response(world, "challenge_response_withdraw", "declined")),
    ]
