"""What the matrix does not say: subjects that are gone, and rules asked without an object in view."""

from coalition.core.access import Verdict, can
from coalition.discussion.models import Comment
from coalition.discussion.rules import has_a_voice
from members.enums import OrganisationState, Role
from members.rules import speaking_organisations
from tests.discussion.conftest import say
from tests.discussion.inside import InsideSource
from tests.principles.conftest import World, make_account, make_organisation, make_speaker


def test_a_comment_whose_subject_is_gone_is_hidden_from_everybody(world: World) -> None:
    comment = say(world)
    Comment.objects.update(subject_key="nulle-part.guichet")
    found = Comment.objects.get(pk=comment.pk)
    for account in (None, world.member, world.organiser):
        for verb in ("read", "edit", "delete", "hide", "restore", "report"):
            assert can(account, f"comment.{verb}", found) is Verdict.HIDDEN


def test_even_its_author_does_not_read_a_comment_where_the_subject_is_closed_to_them(
    world: World, inside: InsideSource
) -> None:
    comment = say(world, subject=inside.find(["i1"])["i1"])
    world.member.affiliations.update(ended_on=comment.created_at.date())
    author = type(world.member).objects.get(pk=world.member.pk)
    assert can(author, "comment.read", Comment.objects.get(pk=comment.pk)) is Verdict.HIDDEN


def test_one_speaks_for_confirmed_organisations_where_one_is_more_than_an_editor(world: World) -> None:
    editor = make_speaker(world.city, "Binta", role=Role.EDITOR)
    assert list(speaking_organisations(world.member)) == [world.city]
    assert not speaking_organisations(editor).exists()
    assert not speaking_organisations(None).exists()


def test_a_voice_takes_a_confirmed_organisation_or_the_team(world: World) -> None:
    waiting = make_speaker(make_organisation(state=OrganisationState.PENDING), "Attend")
    editor = make_speaker(world.city, "Binta", role=Role.EDITOR)
    assert [has_a_voice(one) for one in (world.member, editor, world.organiser)] == [True] * 3
    assert [has_a_voice(one) for one in (None, waiting, make_account())] == [False] * 3
