"""Challenges and responses of the world of the permission matrix, each hidden one with its canary."""

from typing import TYPE_CHECKING

from coalition.challenges.actions import (
    answer_response,
    close_challenge,
    create_challenge,
    publish_challenge,
    send_response,
    withdraw_response,
)
from coalition.challenges.models import Challenge, ChallengeWords, Response, ResponseWords

if TYPE_CHECKING:
    from tests.world import World

WRITERS = ("rep_own", "cityed_own", "organiser", "superuser")
BOTH_SIDES = (*WRITERS, "rep_other", "cityed_other")


def words(title: str) -> ChallengeWords:
    """What a challenge that may be published says, without deadline."""
    return ChallengeWords(title=title, problem=f"Problème : {title}.", sought=["data"], country="FR", city="Rennes")


def _published(world: "World", title: str, side: str = "own") -> Challenge:
    actor, organisation, now = world.account(f"cityed_{side}"), world.organisations[side], world.now
    draft = create_challenge(actor=actor, organisation=organisation, words=words(title), now=now)
    return publish_challenge(actor=actor, challenge=draft, now=now)


def _sent(world: "World", challenge: Challenge, word: str, *, named: bool = False) -> Response:
    said = ResponseWords(offer=f"Nous offrons {word}.", contact_role=f"Chef {word}", may_be_named=named)
    return send_response(
        actor=world.account("cityed_other"),
        challenge=challenge,
        organisation=world.organisations["other"],
        words=said,
        now=world.now,
    )


def add_challenges(world: "World") -> None:
    """Own's draft, published and concluded challenges, and one of other; responses of other in each state."""
    every, said, now = world.challenges, world.responses, world.now
    editor = world.account("cityed_own")
    hidden = words(f"Défi {world.hide('zorglubdraftchallenge', *WRITERS)}")
    every["draft"] = create_challenge(actor=editor, organisation=world.organisations["own"], words=hidden, now=now)
    every["published"] = _published(world, "Défi publié")
    every["declined"] = _published(world, "Défi lu")
    every["closed"] = _published(world, "Défi conclu")
    every["other"] = _published(world, "Défi de l’autre", "other")
    said["sent"] = _sent(world, every["published"], world.hide("zorglubresponse", *BOTH_SIDES), named=True)
    withdrawn = _sent(world, every["declined"], world.hide("zorglubwithdrawnresponse", *BOTH_SIDES))
    said["withdrawn"] = withdraw_response(actor=world.account("cityed_other"), response=withdrawn, now=now)
    for name, retained in (("declined", False), ("closed", True)):
        word = world.hide(f"zorglub{name}response", *BOTH_SIDES)
        said[name] = answer_response(
            actor=editor,
            response=_sent(world, every[name], word),
            retained=retained,
            reason=f"Parce que {word}.",
            based_on=1,
            now=now,
        )
    every["closed"] = close_challenge(actor=editor, challenge=every["closed"], outcome="Nous essayons.", now=now)
