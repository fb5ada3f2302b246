"""Who answers for a case."""

from cases.actions import unpublish_case
from cases.views.contact import CaseContacts
from tests.cases.conftest import NOW, Make, World


def test_the_editors_of_a_public_case_answer_for_it(world: World, published: Make, draft: Make) -> None:
    page, hidden, desk = published("Un tour"), draft("Brouillon"), CaseContacts()
    subject = desk.subject(page.number)
    assert subject is not None and subject.team == "Rennes" and subject.label == f"Un tour ({page.number})"
    assert desk.people(page.number) == [world.editor]
    assert desk.subject(hidden.number) is None and desk.people(hidden.number) == []
    unpublish_case(actor=None, page=page, reason="À revoir.", now=NOW)
    assert desk.subject(page.number) is None and desk.people(page.number) == []
