"""A small world of challenges: the one of cases, and a challenge of Rennes that Lomé may answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coalition.challenges.actions import create_challenge, publish_challenge, send_response
from coalition.challenges.models import Challenge, ChallengeWords, Response, ResponseWords
from tests.cases.conftest import NOW, World, empty_caches, give_role, make_account, make_organisation, signed_in, world

__all__ = ["NOW", "World", "empty_caches", "give_role", "make_account", "make_organisation", "signed_in", "world"]

Make = Callable[..., Challenge]
LATER = NOW + timedelta(days=30)


def words(title: str = "Savoir quand l’eau coule", **more: Any) -> ChallengeWords:
    """What a challenge that may be published says."""
    said = {"problem": "On attend **deux heures** sans savoir.", "sought": ["solution"], "country": "FR", **more}
    return ChallengeWords(title=title, **{"city": "Rennes", "closes_at": LATER, **said})


def offer(text: str = "Un serveur vocal.", **more: Any) -> ResponseWords:
    """What a response says."""
    return ResponseWords(offer=text, contact_role="Responsable des partenariats", **more)


@pytest.fixture
def draft(world: World) -> Make:
    """A draft of Rennes, by its editor."""

    def make(title: str = "Savoir quand l’eau coule", **more: Any) -> Challenge:
        actor, organisation = more.pop("actor", world.editor), more.pop("organisation", world.city)
        return create_challenge(actor=actor, organisation=organisation, words=words(title, **more), now=NOW)

    return make


@pytest.fixture
def published(world: World, draft: Make) -> Make:
    """The same, public."""

    def make(title: str = "Savoir quand l’eau coule", **more: Any) -> Challenge:
        actor = more.get("actor", world.editor)
        return publish_challenge(actor=actor, challenge=draft(title, **more), now=NOW)

    return make


@pytest.fixture
def sent(world: World) -> Callable[..., Response]:
    """A response of Lomé, by its editor."""

    def make(challenge: Challenge, text: str = "Un serveur vocal.", **more: Any) -> Response:
        actor, organisation = more.pop("actor", world.stranger), more.pop("organisation", world.other_city)
        now = more.pop("now", NOW)
        return send_response(
            actor=actor, challenge=challenge, organisation=organisation, words=offer(text, **more), now=now
        )

    return make
