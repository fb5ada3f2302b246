from coalition.discussion.models import Comment, Passage
from tests.discussion.conftest import article, remark, say
from tests.principles.conftest import World


def test_threads_stay_together_in_either_order(world: World) -> None:
    first, second = say(world, "Un."), say(world, "Deux.")
    answer = say(world, "Un, suite.", parent=first)
    said = Comment.objects.about("article", article(world).key)
    assert [one.pk for one in said.in_order()] == [first.pk, answer.pk, second.pk]
    assert [one.pk for one in said.in_order("newest")] == [second.pk, first.pk, answer.pk]


def test_what_stands_beside_texts_is_counted_by_subject(world: World) -> None:
    say(world)
    say(world, "Ailleurs.", subject=article(world, "donnees"))
    keys = [article(world, key).key for key in ("guichet", "donnees", "decider")]
    found = {one.subject_key: (one.total, one.remark_total) for one in Comment.objects.beside("article", keys, 1, 3)}
    assert found == {keys[0]: (1, 0), keys[1]: (1, 0)}


def test_the_latest_remarks_of_each_subject_say_how_many_there_are(world: World) -> None:
    for number in range(4):
        remark(world, "ouvert à tous", f"Remarque {number}.")
    say(world, "Sans passage.", subject=article(world, "decider"))
    shown = [one for one in Comment.objects.beside("article", [article(world, "decider").key], 1, 3) if one.points]
    assert [one.body for one in shown] == ["Remarque 1.", "Remarque 2.", "Remarque 3."]
    assert {(one.total, one.remark_total) for one in shown} == {(5, 4)}
    assert {one.place_quote for one in shown} == {"Le débat est ouvert à tous."}


def test_a_passage_stands_in_the_versions_it_was_placed_in(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    passage = comment.passages.get()
    Passage.objects.filter(pk=passage.pk).update(to_version=2)
    found = [Passage.objects.in_version(number).filter(comment=comment).count() for number in (1, 2, 3)]
    assert found == [1, 1, 0]
    assert not Passage.objects.standing().exists()
