"""Remarks of organisers about one part: read beside the text, settled once, seen by nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment

from cases.actions import EmptyComment, comment_case, return_case, save_case, settle_comment
from cases.models.comments import comments_on
from coalition.core.access import Hidden, Refused
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.models import User
from tests.cases.conftest import NOW, Make, World

SignIn = Callable[[User], Client]


def test_a_remark_stands_beside_its_part_until_it_is_settled(world: World, submitted: Make, signed_in: SignIn) -> None:
    page, organiser, editor = submitted(), signed_in(world.organiser), signed_in(world.editor)
    words = {"about": "failed", "text": "Dites-en plus."}
    assert organiser.post(reverse("case_comment", args=[page.pk]), words).status_code == 302
    assert "Dites-en plus." in organiser.get(reverse("case_review", args=[page.pk])).content.decode()
    return_case(actor=world.organiser, page=page, reason="Voir les remarques.", now=NOW)
    shown = editor.get(reverse("case_edit", args=[page.pk])).content.decode()
    assert "Dites-en plus." in shown and "Ce qui n’a pas marché" in shown
    (remark,) = comments_on(page)
    editor.post(reverse("case_settle_comment", args=[page.pk, remark["pk"]]))
    assert comments_on(page) == []
    settled = Comment.objects.get()
    assert (settled.resolved_by, settled.text) == (world.editor, "Dites-en plus.")


def test_a_remark_survives_the_next_saving(world: World, submitted: Make) -> None:
    page = submitted()
    comment_case(actor=world.organiser, page=page, about="tried", text="Précisez.", now=NOW)
    return_case(actor=world.organiser, page=page, reason="Voir.", now=NOW)
    save_case(actor=world.editor, page=page, content={"tried": "Précis."}, based_on=page.latest_revision_id, now=NOW)
    assert [remark["name"] for remark in comments_on(page)] == ["tried"]


def test_only_organisers_remark_and_only_writers_settle(world: World, submitted: Make, draft: Make) -> None:
    page = submitted()
    with pytest.raises(Refused):
        comment_case(actor=world.editor, page=page, about="tried", text="Non", now=NOW)
    for about, text in (("organisation", "Rien de tel"), ("tried", "  ")):
        with pytest.raises(EmptyComment):
            comment_case(actor=world.organiser, page=page, about=about, text=text, now=NOW)
    remark = comment_case(actor=world.organiser, page=page, about="tried", text="Précisez.", now=NOW)
    with pytest.raises(Hidden):
        settle_comment(actor=world.stranger, page=page, comment_id=remark.pk, now=NOW)
    with pytest.raises(Hidden):
        settle_comment(actor=world.editor, page=draft("Autre"), comment_id=remark.pk, now=NOW)


def test_an_empty_remark_comes_back_with_its_question(world: World, submitted: Make, signed_in: SignIn) -> None:
    page = submitted()
    answer = signed_in(world.organiser).post(reverse("case_comment", args=[page.pk]), {"about": "tried"})
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_writers_hear_of_a_remark_while_it_is_open_and_its_maker_that_it_was_settled(
    world: World, submitted: Make
) -> None:
    page = submitted("Le bus de nuit")
    remark = comment_case(actor=world.organiser, page=page, about="tried", text="Précisez.", now=NOW)
    event, kind = Event.objects.get(kind="case.commented"), get_kind("case.commented")
    (writer,) = kind.recipients(event)
    assert writer.address == world.editor.email
    assert kind.visible(event, writer)
    words = kind.context(event, writer)
    assert (words["remark"], words["name"]) == ("Précisez.", world.organiser.name) and words["part"]
    settle_comment(actor=world.editor, page=page, comment_id=remark.pk, now=NOW)
    settle_comment(actor=world.editor, page=page, comment_id=remark.pk, now=NOW)
    assert not kind.visible(event, writer)
    settled, told = Event.objects.get(kind="case.remark_settled"), get_kind("case.remark_settled")
    (maker,) = told.recipients(settled)
    assert (maker.address, told.context(settled, maker)["name"]) == (world.organiser.email, world.editor.name)
    assert told.visible(settled, maker)
    Comment.objects.all().delete()
    assert not told.visible(settled, maker) and list(told.recipients(settled)) == []
    assert told.context(settled, maker)["remark"] == ""


def test_who_settles_their_own_remark_is_told_nothing(world: World, submitted: Make) -> None:
    page = submitted()
    remark = comment_case(actor=world.organiser, page=page, about="tried", text="Précisez.", now=NOW)
    settle_comment(actor=world.organiser, page=page, comment_id=remark.pk, now=NOW)
    event = Event.objects.get(kind="case.remark_settled")
    assert list(get_kind("case.remark_settled").recipients(event)) == []
