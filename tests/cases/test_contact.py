"""Who answers for a case."""

from cases.actions import unpublish_case
from cases.views.contact import CaseContacts
from members.models import MailRule, SharedMailbox
from tests.cases.conftest import NOW, Make, World


def test_the_editors_of_a_public_case_answer_for_it(world: World, published: Make, draft: Make) -> None:
    page, hidden, desk = published("Un tour"), draft("Brouillon"), CaseContacts()
    subject = desk.subject(page.number)
    assert subject is not None and subject.team == "Rennes" and subject.label == f"Un tour ({page.number})"
    assert desk.people(page.number) == [world.editor]
    assert desk.subject(hidden.number) is None and desk.people(hidden.number) == []
    unpublish_case(actor=None, page=page, reason="À revoir.", now=NOW)
    assert desk.subject(page.number) is None and desk.people(page.number) == []


def test_the_organisation_says_whom_a_message_about_its_case_is_mailed_to(world: World, published: Make) -> None:
    page, desk = published(), CaseContacts()
    assert [one.address for one in desk.told(page.number)] == [world.editor.email]
    MailRule.objects.create(organisation=world.city, category="contact", roles=["representative"])
    SharedMailbox.objects.create(
        organisation=world.city, address="service@ville.example", asked_at=NOW, confirmed_at=NOW, categories=["contact"]
    )
    assert [one.address for one in desk.told(page.number)] == [world.representative.email, "service@ville.example"]
    assert desk.people(page.number) == [world.editor, world.representative]
    page.unpublish()
    assert desk.told(page.number) == []
