from datetime import timedelta

from coalition.core.privacy import erasure_steps
from coalition.core.retention import run_purge
from coalition.discussion.actions import dismiss_reports, retire_personal_comments
from coalition.discussion.models import Comment, Report
from tests.discussion.conftest import LATER, report, say
from tests.principles.conftest import NOW, World


def test_what_was_said_in_ones_own_name_goes_with_the_account_and_the_rest_stays(world: World) -> None:
    own, for_city = say(world, "Je pense que oui.", organisation=None), say(world, "La ville pense que oui.")
    answer = say(world, "Et nous aussi.", parent=own)
    assert retire_personal_comments in erasure_steps()
    retire_personal_comments(account=world.member, now=LATER)
    bodies = dict(Comment.objects.values_list("pk", "body"))
    assert bodies == {own.pk: "", for_city.pk: "La ville pense que oui.", answer.pk: "Et nous aussi."}
    retire_personal_comments(account=world.member, now=LATER)


def test_a_decided_report_is_forgotten_after_a_year_and_one_that_waits_is_not(world: World) -> None:
    decided, waiting = say(world, "Un."), say(world, "Deux.")
    report(world, decided)
    dismiss_reports(actor=world.organiser, comment=decided, motive="C’est une opinion.", now=LATER)
    report(world, waiting, "Adama")
    for days, left in ((364, 2), (366, 1)):
        run_purge(now=NOW + timedelta(days=days))
        assert Report.objects.count() == left
