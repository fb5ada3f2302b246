"""Deadlines in calendars: all open ones for everybody, one's own for a person."""

from datetime import timedelta

from coalition.challenges.actions import close_challenge
from coalition.challenges.views.agenda import personal_deadlines, public_deadlines
from coalition.notifications.models import Follow
from tests.challenges.conftest import LATER, NOW, Make, World


def test_open_deadlines_are_public_and_those_followed_or_stated_are_ones_own(
    world: World, published: Make, draft: Make
) -> None:
    challenge = published("Ouvert")
    published("Sans fin", closes_at=None)
    draft("Brouillon")
    close_challenge(actor=world.editor, challenge=published("Conclu"), outcome="Décidé.", now=NOW)
    (deadline,) = public_deadlines(NOW)
    assert (deadline.key, deadline.when) == (f"challenge.{challenge.pk}", LATER)
    assert "Ouvert" in deadline.title
    assert not list(public_deadlines(LATER + timedelta(seconds=1)))
    assert [one.key for one in personal_deadlines(world.editor, NOW)] == [deadline.key]
    assert not list(personal_deadlines(world.stranger, NOW))
    Follow.objects.create(account=world.stranger, target_kind="challenge", target_key=challenge.slug, created_at=NOW)
    assert [one.key for one in personal_deadlines(world.stranger, NOW)] == [deadline.key]
