"""What an organisation's profile and one's account say of cases."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from cases.views.profile import count_of_cases, organisation_cases, own_cases
from coalition.core.profiles import account_sections, profile_sections
from members.models import Organisation, User
from tests.cases.conftest import Make, World


def test_the_profile_lists_published_cases_and_no_draft(world: World, draft: Make, published: Make) -> None:
    published("Public")
    draft("Brouillon")
    for account in (AnonymousUser(), world.editor):
        section = organisation_cases(world.city, account)
        assert section is not None
        assert [item.title for item in section.items] == ["Public"]
        assert section.facts[0].value == 1
    assert organisation_cases(world.other_city, AnonymousUser()) is None
    assert section in profile_sections(world.city, AnonymousUser())


def test_the_account_shows_an_editors_drafts_with_their_state(world: World, draft: Make, submitted: Make) -> None:
    draft("En cours")
    submitted("Envoyé")
    section = own_cases(world.editor)
    assert section is not None
    assert {(item.title, item.state) for item in section.items} == {("En cours", "draft"), ("Envoyé", "submitted")}
    assert own_cases(world.member) is None
    assert own_cases(world.representative) is None
    assert "Vos cas" in [each.title for each in account_sections(world.editor)]


def test_both_pages_are_drawn(world: World, published: Make, draft: Make, signed_in: Callable[[User], Any]) -> None:
    published("Le cas public")
    draft("Le brouillon")
    assert "Le cas public" in Client().get(reverse("organisation", args=[world.city.slug])).content.decode()
    assert "Le brouillon" in signed_in(world.editor).get(reverse("account_overview")).content.decode()


def test_the_directory_counts_and_sorts_by_published_cases(world: World, published: Make, draft: Make) -> None:
    published("Un")
    published("Deux")
    draft("Trois")
    Organisation.objects.filter(pk=world.other_city.pk).update(slug="lome")
    counted = Organisation.objects.annotate(n=count_of_cases()).order_by("-n")
    assert counted[0] == world.city
    assert {organisation.n for organisation in counted} == {2, 0}
    page = Client().get(reverse("organisations"), {"sort": "cases"}).content.decode()
    assert page.index(world.city.name) < page.index(world.other_city.name)
    assert "cas publiés" in page
