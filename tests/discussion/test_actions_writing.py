from datetime import timedelta
from typing import Any

import pytest

from coalition.core.access import Hidden, LoginNeeded, Refused, WrongState
from coalition.core.models import AuditLine
from coalition.core.subjects import find_subject
from coalition.discussion.actions import (
    PassageGone,
    TooMany,
    UnreadableText,
    delete_comment,
    edit_comment,
    hide_comment,
    write_comment,
)
from coalition.discussion.enums import COMMENTS_AN_HOUR, MAX_BODY, CommentState
from coalition.discussion.models import Comment
from coalition.notifications.models import Event
from members.enums import OrganisationState, Role
from principles.actions import withdraw_amendment
from tests.discussion.conftest import LATER, adopt, article, remark, report, say
from tests.discussion.inside import InsideSource
from tests.principles.conftest import NOW, World, fresh, make_account, make_organisation, make_speaker


def test_a_member_speaks_for_the_city_and_everybody_concerned_is_told(world: World) -> None:
    comment = say(world, "Qui tient le guichet ?\r\nEt quand ?  ")
    assert (comment.body, comment.organisation, comment.state) == (
        "Qui tient le guichet ?\nEt quand ?",
        world.city,
        CommentState.VISIBLE,
    )
    assert Event.objects.filter(key=f"comment.created:{comment.pk}").count() == 1
    line = AuditLine.objects.get(action="comment.create")
    assert line.data["organisation"] == world.city.pk
    assert "guichet ?" not in str(line.data) + line.label


def test_an_answer_joins_the_thread_whatever_it_answers(world: World) -> None:
    first = say(world)
    second = say(world, "Chez nous, oui.", parent=first)
    third = say(world, "Depuis quand ?", parent=second)
    assert (first.thread, second.thread_id, third.thread_id, third.parent_id) == (
        None,
        first.pk,
        first.pk,
        second.pk,
    )


def test_an_editor_speaks_in_their_own_name_only(world: World) -> None:
    editor = make_speaker(world.city, "Binta", role=Role.EDITOR)
    assert say(world, actor=editor, organisation=None).organisation is None
    with pytest.raises(Refused):
        say(world, "Au nom de la ville.", actor=editor)


def test_an_organiser_without_organisation_speaks_for_the_team(world: World) -> None:
    assert say(world, actor=world.organiser, organisation=None).for_team
    assert not say(world, organisation=None).for_team


@pytest.mark.parametrize("who", ["nobody", "registered", "unverified", "pending", "left"])
def test_whoever_has_no_confirmed_organisation_says_nothing(world: World, who: str) -> None:
    waiting = make_organisation(state=OrganisationState.PENDING)
    gone = make_speaker(world.city, "Partie")
    gone.affiliations.update(ended_on=NOW.date())
    people: dict[str, Any] = {
        "nobody": None,
        "registered": make_account(),
        "unverified": make_speaker(world.city, "Sans adresse", verified=False),
        "pending": make_speaker(waiting),
        "left": fresh(gone),
    }
    with pytest.raises(LoginNeeded if who == "nobody" else Refused):
        say(world, actor=people[who], organisation=None)
    assert not Comment.objects.exists()


def test_nobody_speaks_for_the_organisation_of_others(world: World) -> None:
    with pytest.raises(Refused):
        say(world, organisation=make_organisation())


def test_a_closed_subject_takes_no_more_words(world: World) -> None:
    amendment = world.opened()
    subject = find_subject("amendment", f"{world.charter.slug}.{amendment.number}")
    assert subject is not None
    assert say(world, subject=subject)
    withdraw_amendment(actor=world.member, amendment=amendment, now=LATER)
    closed = find_subject("amendment", f"{world.charter.slug}.{amendment.number}")
    with pytest.raises(WrongState):
        say(world, "Trop tard ?", subject=closed)


def test_what_one_may_not_read_one_may_not_answer(world: World, inside: InsideSource) -> None:
    subject = find_subject("inside", "i1")
    comment = say(world, subject=subject)
    editor = make_speaker(world.city, "Binta", role=Role.EDITOR)
    with pytest.raises(Hidden):
        say(world, "Moi aussi.", actor=editor, organisation=None, subject=subject, parent=comment)
    inside.closed.add("i1")
    with pytest.raises(WrongState):
        say(world, "Trop tard ?", subject=find_subject("inside", "i1"))


def test_a_subject_that_is_not_there_takes_nothing(world: World) -> None:
    with pytest.raises(Hidden):
        write_comment(actor=world.member, subject=None, body="Rien ici.", now=NOW)  # type: ignore[arg-type]


def test_nothing_is_answered_to_a_comment_that_was_taken_back_or_hidden_or_is_elsewhere(world: World) -> None:
    gone, hidden, elsewhere = say(world, "Parti."), say(world, "Masqué."), say(world, subject=article(world, "donnees"))
    delete_comment(actor=world.member, comment=gone, now=LATER)
    hide_comment(actor=world.organiser, comment=hidden, reason="Hors du sujet.", now=LATER)
    with pytest.raises(Hidden):
        say(world, "Pourquoi ?", parent=gone)
    with pytest.raises(WrongState):
        say(world, "Pourquoi ?", parent=hidden)
    with pytest.raises(WrongState):
        say(world, "Pourquoi ?", parent=elsewhere)


@pytest.mark.parametrize(
    "body", ["", "   ", "?!…", "a" * (MAX_BODY + 1), "a\u202eb c", "Z" + "\u0301" * 40, "mot\x00s"]
)
def test_a_text_nobody_can_read_is_refused_beside_its_question(world: World, body: str) -> None:
    with pytest.raises(UnreadableText) as refusal:
        say(world, body)
    assert refusal.value.field == "body"


def test_a_button_pressed_twice_says_it_once(world: World) -> None:
    first = say(world)
    assert say(world, now=LATER).pk == first.pk
    assert say(world, now=NOW + timedelta(minutes=6)).pk != first.pk
    assert Event.objects.filter(kind="comment.created").count() == 2


def test_the_same_words_on_two_sentences_are_two_remarks(world: World) -> None:
    one, two = remark(world, "débattue", "D’accord."), remark(world, "ouvert à tous", "D’accord.")
    assert one.pk != two.pk
    assert remark(world, "débattue", "D’accord.").pk == one.pk
    assert say(world, "D’accord.", subject=article(world, "decider")).pk not in (one.pk, two.pk)


def test_nobody_writes_more_than_a_person_can(world: World) -> None:
    for number in range(COMMENTS_AN_HOUR):
        say(world, f"Remarque {number}.")
    with pytest.raises(TooMany):
        say(world, "Encore une.")
    assert say(world, "Plus tard.", now=NOW + timedelta(minutes=61))


def test_one_corrects_ones_own_words_for_fifteen_minutes(world: World) -> None:
    comment = say(world)
    edited = edit_comment(actor=world.member, comment=comment, body="Et à Dakar ?", now=NOW + timedelta(minutes=14))
    assert (edited.body, edited.edited_at) == ("Et à Dakar ?", NOW + timedelta(minutes=14))
    with pytest.raises(WrongState):
        edit_comment(actor=world.member, comment=edited, body="Trop tard.", now=NOW + timedelta(minutes=15))
    with pytest.raises(Refused):
        edit_comment(actor=world.organiser, comment=edited, body="Pas à moi.", now=LATER)


def test_a_comment_taken_back_loses_its_words_and_keeps_its_answers(world: World) -> None:
    comment = say(world)
    answer = say(world, "Ici aussi.", parent=comment)
    reported = report(world, comment)
    delete_comment(actor=world.member, comment=comment, now=LATER)
    comment.refresh_from_db()
    reported.refresh_from_db()
    assert (comment.state, comment.body, reported.outcome) == (CommentState.DELETED, "", "deleted")
    assert Comment.objects.visible().get().pk == answer.pk
    with pytest.raises(Hidden):
        delete_comment(actor=world.member, comment=comment, now=LATER)


def test_an_organiser_takes_back_anything_and_others_only_their_own(world: World) -> None:
    comment = say(world)
    with pytest.raises(Refused):
        delete_comment(actor=make_speaker(world.city, "Moussa"), comment=comment, now=LATER)
    delete_comment(actor=world.organiser, comment=comment, now=LATER)


def test_a_remark_keeps_the_sentence_and_what_stands_around_it(world: World) -> None:
    comment = remark(world, "ouvert à tous")
    passage = comment.passages.get()
    assert passage.quote == "Le débat est ouvert à tous."
    assert (passage.from_version, passage.to_version, passage.state) == (1, None, "made")
    assert passage.prefix.endswith("2. ")
    assert passage.source_url.endswith(f"/version/1/#passage-{comment.pk}")


def test_a_sentence_that_changed_while_the_remark_was_written_is_chosen_again(world: World) -> None:
    before = article(world, "decider")
    adopt(world, "decider", "1. Toute stratégie est débattue en public.\n2. Le débat est ouvert à tous.")
    now = article(world, "decider")
    with pytest.raises(PassageGone):
        remark(world, "en public", subject=now, quote=before.obj.text_fr[3:65])
    with pytest.raises(PassageGone):
        remark(world, "en public", position=99)
    assert remark(world, "ouvert à tous").passages.get().from_version == 2
