"""The rules of cases that the access matrix does not spell out."""

from django.contrib.auth.models import AnonymousUser

from cases.rules import is_case_editor
from coalition.core.access import Verdict, can
from members.enums import OrganisationState, Role
from tests.cases.conftest import Make, World, give_role, make_account, make_organisation


def test_writing_needs_the_editors_role_in_a_confirmed_organisation(world: World) -> None:
    pending = make_organisation("Ville en attente", state=OrganisationState.PENDING)
    hopeful = make_account("hopeful@example.org")
    give_role(hopeful, pending, Role.EDITOR)
    assert is_case_editor(world.editor, world.city)
    assert not is_case_editor(world.representative, world.city)
    assert not is_case_editor(hopeful, pending)
    assert can(hopeful, "case.create", pending) is Verdict.FORBIDDEN
    assert can(world.organiser, "case.create", pending) is Verdict.FORBIDDEN


def test_an_ended_affiliation_writes_no_more(world: World, draft: Make) -> None:
    page = draft()
    assert can(world.editor, "case.edit", page)
    world.editor.affiliations.update(ended_on="2026-01-01")
    world.editor.__dict__.pop("roles", None)
    assert can(world.editor, "case.edit", page) is Verdict.HIDDEN


def test_a_draft_stays_hidden_where_a_published_case_refuses(world: World, draft: Make, published: Make) -> None:
    hidden, public = draft("Un"), published("Deux")
    for action in ("case.edit", "case.submit", "case.take_back", "case.return", "case.unpublish", "case.delete"):
        assert can(world.stranger, action, hidden) is Verdict.HIDDEN, action
        assert can(world.stranger, action, public) is Verdict.FORBIDDEN, action
        assert can(AnonymousUser(), action, public) is Verdict.LOGIN, action


def test_acts_out_of_their_moment_conflict(world: World, draft: Make, published: Make, submitted: Make) -> None:
    assert can(world.organiser, "case.return", draft("Un")) is Verdict.CONFLICT
    assert can(world.organiser, "case.unpublish", draft("Deux")) is Verdict.CONFLICT
    assert can(world.organiser, "case.publish", published("Trois")) is Verdict.CONFLICT
    assert can(world.editor, "case.delete", submitted("Quatre")) is Verdict.CONFLICT
    assert can(world.editor, "case.take_back", draft("Cinq")) is Verdict.CONFLICT


def test_the_list_of_what_waits_exists_for_organisers_only(world: World) -> None:
    assert can(world.organiser, "case.review_list")
    assert can(world.editor, "case.review_list") is Verdict.HIDDEN
    assert can(world.editor, "case.publish_new", world.city) is Verdict.FORBIDDEN
