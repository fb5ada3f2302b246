"""Challenges as things to follow, and in the map of the site."""

from django.test import Client

from coalition.core.following import readable_target
from tests.challenges.conftest import Make, World


def test_a_public_challenge_is_followed_by_anybody_and_a_draft_by_its_writers(
    world: World, published: Make, draft: Make
) -> None:
    shown, hidden = published("Public"), draft("Caché")
    for account in (None, world.stranger, world.editor):
        target = readable_target(account, "challenge", shown.slug)
        assert target is not None
        assert (target.title, target.url) == ("Public", shown.get_absolute_url())
    assert readable_target(None, "challenge", hidden.slug) is None
    assert readable_target(world.stranger, "challenge", hidden.slug) is None
    assert readable_target(world.editor, "challenge", hidden.slug) is not None


def test_the_map_of_the_site_lists_public_challenges_in_both_languages(
    world: World, client: Client, published: Make, draft: Make
) -> None:
    published("Public")
    draft("Caché")
    listed = client.get("/sitemap.xml").content.decode()
    assert "/fr/defis/public/</loc>" in listed
    assert "/public/</loc>" in listed.replace("/fr/defis/public/</loc>", "", 1)
    assert "cache" not in listed
