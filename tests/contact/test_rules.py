"""Who may read and answer."""

from django.contrib.auth.models import AnonymousUser

from coalition.core.access import Verdict, can
from tests.cases.conftest import Make, World
from tests.contact.test_actions import sent


def test_a_report_is_hidden_from_the_team_it_is_about(world: World, published: Make) -> None:
    page = published()
    question, report = sent(page), sent(page, kind="report")
    assert can(world.editor, "contact.answer", question) and not can(world.editor, "contact.answer", report)
    assert can(AnonymousUser(), "contact.answer", question) is Verdict.HIDDEN
    assert can(AnonymousUser(), "contact.send") is Verdict.ALLOWED
