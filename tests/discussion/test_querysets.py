from coalition.discussion.models import Comment, Passage
from tests.discussion.conftest import article, remark, say
from tests.principles.conftest import World


def test_threads_stay_together_in_either_order(world: World) -> None:
    first, second = say(world, "Un."), say(world, "Deux.")
    answer = say(world, "Un, suite.", parent=first)
    said = Comment.objects.about("article", article(world).key)
    assert [one.pk for one in said.in_order()] == [first.pk, answer.pk, second.pk]
    assert [one.pk for one in said.in_order("newest")] == [second.pk, first.pk, answer.pk]


def test_counts_are_of_visible_comments_by_subject(world: World) -> None:
    say(world)
    say(world, "Ailleurs.", subject=article(world, "donnees"))
    keys = [article(world, key).key for key in ("guichet", "donnees", "decider")]
    assert Comment.objects.counts_of("article", keys) == {keys[0]: 1, keys[1]: 1}


def test_the_latest_remarks_of_each_subject_say_how_many_there_are(world: World) -> None:
    for number in range(4):
        remark(world, "ouvert à tous", f"Remarque {number}.")
    shown = list(Passage.objects.in_version(1).shown("article", [article(world, "decider").key], 3))
    assert [one.comment.body for one in shown] == ["Remarque 1.", "Remarque 2.", "Remarque 3."]
    assert {one.total for one in shown} == {4}
