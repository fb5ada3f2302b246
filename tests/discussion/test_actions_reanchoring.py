import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.core.errors import DomainError
from coalition.core.subjects import Revision
from coalition.discussion.actions import hide_comment, reanchor_passages
from coalition.discussion.enums import PassageState
from coalition.discussion.models import Comment, Passage
from principles.actions import accept_amendment
from tests.discussion.conftest import LATER, adopt, article, remark
from tests.principles.conftest import MOTIVE, NOW, World

FIRST = "Toute stratégie est débattue en public avant d’être adoptée."
SECOND = "Le débat est ouvert à tous."


def states(comment: Comment) -> list[tuple[str, int, int | None]]:
    return [(one.state, one.from_version, one.to_version) for one in Passage.objects.filter(comment=comment)]


def test_a_sentence_that_stays_keeps_its_remark_and_the_one_that_changes_loses_it(world: World) -> None:
    changed, stays = remark(world, "débattue"), remark(world, "ouvert à tous")
    adopt(world, "decider", f"1. Toute stratégie est débattue en privé avant d’être adoptée.\n2. {SECOND}")
    assert states(changed) == [("made", 1, 1), ("orphan", 2, None)]
    assert states(stays) == [("made", 1, 1), ("kept", 2, None)]
    assert stays.passages.get(to_version=None).quote == SECOND


def test_a_sentence_that_moves_takes_its_remark_along(world: World) -> None:
    comment = remark(world, "débattue")
    adopt(world, "decider", f"1. Tout commence ici.\n2. {SECOND}\n3. {FIRST}")
    latest = comment.passages.get(to_version=None)
    assert (latest.state, latest.quote, latest.position) == ("moved", FIRST, 2)


def test_a_version_that_leaves_the_article_alone_writes_nothing(world: World) -> None:
    comment = remark(world, "débattue")
    adopt(world, "guichet", "Aucune démarche n’est offerte en ligne seulement.")
    assert states(comment) == [("made", 1, None)]


def test_each_leg_follows_its_own_text(world: World) -> None:
    french, english = remark(world, "ouvert à tous"), remark(world, "open to all", text_language="en")
    text = article(world, "decider").obj.text_fr
    adopt(world, "decider", text, "1. Every strategy is debated in public.\n2. The debate is shut to all.")
    assert states(french) == [("made", 1, None)]
    assert states(english)[-1] == ("orphan", 2, None)


def test_an_orphan_stays_one_even_when_the_sentence_comes_back(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    adopt(world, "decider", f"1. {FIRST}\n2. Le débat est fermé.")
    adopt(world, "decider", f"1. {FIRST}\n2. {SECOND}")
    assert states(comment) == [("made", 1, 1), ("orphan", 2, None)]
    assert comment.passages.get(to_version=None).last_seen == 1


def test_the_place_in_each_version_stays_what_it_was(world: World) -> None:
    comment = remark(world, "débattue")
    adopt(world, "decider", f"1. Tout commence ici.\n2. {SECOND}\n3. {FIRST}")
    adopt(world, "guichet", "Aucune démarche n’est offerte en ligne seulement.")
    positions = [Passage.objects.in_version(number).get(comment=comment).position for number in (1, 2, 3)]
    assert positions == [0, 2, 2]


def test_hidden_remarks_follow_too_so_that_they_can_be_shown_again(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)
    adopt(world, "decider", f"Avant tout.\n\n1. {FIRST}\n2. {SECOND}")
    assert states(comment)[-1] == ("kept", 2, None)


def test_an_article_that_is_gone_leaves_orphans(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    key = f"{world.charter.slug}.decider"
    before = article(world, "decider").obj.text_fr
    counts = reanchor_passages(revisions=[Revision("article", key, "fr", 2, before, "")], now=NOW)
    assert counts["orphan"] == 1
    assert states(comment)[-1] == ("orphan", 2, None)


def test_nothing_to_compare_asks_nothing(world: World) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = reanchor_passages(revisions=[Revision("article", "x.y", "fr", 2, "Un.", "Un.")], now=NOW)
    assert sum(counts.values()) == 0
    assert not [one for one in queries if "SELECT" in one["sql"]]


def test_a_refused_adoption_moves_no_remark(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    amendment = world.opened("decider", text_fr="Tout autre texte.", text_en="Another text.")
    with pytest.raises(DomainError):
        accept_amendment(actor=world.organiser, amendment=amendment, motive="", now=LATER)
    assert states(comment) == [("made", 1, None)]
    accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=LATER)
    assert states(comment)[-1][0] == PassageState.ORPHAN


def test_a_hundred_remarks_cost_as_many_questions_as_ten(world: World) -> None:
    first = remark(world, "ouvert à tous")
    made = first.passages.get()
    before, after = article(world, "decider").obj.text_fr, f"Avant.\n\n1. {FIRST}\n2. {SECOND}"

    def cost(number: int, version: int, *texts: str) -> int:
        said = [
            Comment(
                subject_kind="article", subject_key=first.subject_key, account=world.member, body="x", created_at=NOW
            )
            for _one in range(number)
        ]
        places = [Passage(comment=one, language="fr", from_version=1, **made.anchor._asdict()) for one in said]
        Comment.objects.bulk_create(said)
        Passage.objects.bulk_create(places)
        with CaptureQueriesContext(connection) as queries:
            counts = reanchor_passages(
                revisions=[Revision("article", first.subject_key, "fr", version, *texts)], now=NOW
            )
        assert counts["kept"] >= number
        return len(queries)

    few = cost(9, 2, before, after)
    Passage.objects.all().delete()
    assert cost(100, 2, before, after) == few
