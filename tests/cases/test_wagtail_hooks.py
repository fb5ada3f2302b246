"""The one door stands before Wagtail's."""

from collections.abc import Callable

from django.test import Client
from wagtail.models import PageViewRestriction

from members.models import User
from tests.cases.conftest import Make, World


def test_a_restricted_case_is_served_by_our_rule_at_every_address(
    world: World, published: Make, client: Client, signed_in: Callable[[User], Client]
) -> None:
    page = published("Privé")
    PageViewRestriction.objects.create(page=page, restriction_type="groups")
    for address in (page.url, f"/fr/cas/{page.number}/"):
        assert client.get(address).status_code == 302
        assert signed_in(world.member).get(address).status_code == 200
        assert signed_in(world.stranger).get(address).status_code in (302, 401)


def test_a_list_elsewhere_in_the_tree_is_served_too(world: World, client: Client) -> None:
    other = world.french.copy(update_attrs={"slug": "archives", "title": "Archives"})
    other.get_latest_revision().publish() if other.get_latest_revision() else None
    answer = client.get("/fr/archives/")
    assert answer.status_code == 200
    assert "cases/case_list.html" in [template.name for template in answer.templates]


def test_a_moved_case_is_still_found_by_wagtail(world: World, published: Make, client: Client) -> None:
    page = published("Déplacé")
    page.slug = "autre-adresse"
    page.save()
    assert client.get("/fr/cas/autre-adresse/").status_code == 200
    assert client.get(f"/fr/cas/{page.number}-deplace/").status_code == 404
