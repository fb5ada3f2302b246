"""What an organisation's profile says of the amendments it proposed."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from principles.actions import accept_amendment, refuse_amendment
from principles.views.profile import organisation_amendments
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation


def test_the_profile_lists_proposed_amendments_with_what_became_of_them_and_no_draft(world: World) -> None:
    accepted, refused = world.opened(), world.opened("guichet", title="Garder deux guichets")
    accept_amendment(actor=world.organiser, amendment=accepted, motive=MOTIVE, now=NOW)
    refuse_amendment(actor=world.organiser, amendment=refused, motive="L’article le dit déjà assez.", now=NOW)
    world.draft("decider", title="Brouillon")
    section = organisation_amendments(world.city, world.member)
    assert section is not None
    assert [(item.state, item.text) for item in section.items] == [
        ("refused", "L’article le dit déjà assez."),
        ("accepted", "adopté dans la version 2"),
    ]
    assert section.items[0].title == f"Nº {refused.number}, Garder deux guichets"
    assert [(fact.value, fact.note) for fact in section.facts] == [(2, "1 adopté")]


def test_an_organisation_that_proposed_nothing_has_no_such_section(world: World) -> None:
    world.draft()
    assert organisation_amendments(world.city, AnonymousUser()) is None
    assert organisation_amendments(make_organisation(), AnonymousUser()) is None


def test_the_section_costs_one_query_and_leads_to_the_rest(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            organisation_amendments(world.city, AnonymousUser())
        return len(queries)

    world.opened()
    few = cost()
    for number in range(11):
        world.opened(title=f"Proposition {number}")
    assert cost() == few == 1
    section = organisation_amendments(world.city, AnonymousUser())
    assert section is not None
    assert len(section.items) == 10
    assert section.more_url == "/fr/charte/amendements/"
    assert "Propositions d’amendement" in Client().get(world.city.get_absolute_url()).content.decode()
