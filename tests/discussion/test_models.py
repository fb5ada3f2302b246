from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from coalition.discussion.models import Comment, Passage, Report
from tests.discussion.conftest import remark, report, say
from tests.principles.conftest import NOW, World


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "deleted", "ended_at": NOW},
        {"state": "hidden", "ended_at": NOW},
        {"state": "hidden", "hidden_reason": "Hors du sujet."},
        {"state": "elsewhere"},
        {"for_team": True},
        {"ended_at": NOW},
    ],
)
def test_the_database_refuses_what_no_action_writes(world: World, changes: dict[str, object]) -> None:
    comment = say(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**changes)


def test_a_remark_has_one_place_today(world: World) -> None:
    passage = remark(world, "débattue").passages.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.create(
            comment=passage.comment, language="fr", from_version=2, quote="Autre.", position=0, state="kept"
        )


def test_an_account_reports_a_comment_once(world: World) -> None:
    made = report(world, say(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(comment=made.comment, account=made.account, reason="spam", created_at=NOW)


def test_a_comment_may_be_corrected_for_fifteen_minutes(world: World) -> None:
    comment = say(world)
    assert comment.may_still_be_corrected(NOW + timedelta(minutes=14, seconds=59))
    assert not comment.may_still_be_corrected(NOW + timedelta(minutes=15))
