from coalition.core.following import readable_target
from coalition.discussion.models import Comment
from tests.discussion.conftest import say
from tests.discussion.inside import KIND
from tests.principles.conftest import World


def test_a_thread_is_followed_by_the_comment_that_opens_it(world: World) -> None:
    opener = say(world)
    answer = say(world, "Chez nous, oui.", parent=opener)
    found = readable_target(None, "thread", str(opener.pk))
    assert found is not None
    assert found.url.endswith(f"#{opener.anchor_id}")
    assert readable_target(None, "thread", str(answer.pk)) is None


def test_a_thread_about_something_hidden_does_not_exist(world: World) -> None:
    opener = say(world)
    Comment.objects.filter(pk=opener.pk).update(subject_kind=KIND, subject_key="i1")
    assert readable_target(None, "thread", str(opener.pk)) is None
