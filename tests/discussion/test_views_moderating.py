from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from coalition.discussion.actions import hide_comment
from coalition.discussion.models import Comment, Report
from members.models import User
from tests.discussion.conftest import LATER, report, say
from tests.principles.conftest import World, make_account

Browse = Callable[[User | None], Client]


def test_a_reader_reports_and_is_told_what_happens_next(world: World, browse: Browse) -> None:
    comment = say(world)
    client = browse(make_account())
    assert client.get(reverse("comment_report", args=[comment.pk])).status_code == 200
    answer = client.post(reverse("comment_report", args=[comment.pk]), {"reason": "spam", "detail": "Déjà lu."})
    assert answer.status_code == 303
    assert Report.objects.get().detail == "Déjà lu."
    again = client.post(reverse("comment_report", args=[comment.pk]), {"reason": "spam"})
    assert "déjà signalé" in again.content.decode()


def test_an_organiser_reads_the_reports_and_hides_with_a_reason(world: World, browse: Browse) -> None:
    comment = say(world)
    report(world, comment, "Ousmane")
    client = browse(world.organiser)
    page = client.get(reverse("comment_hide", args=[comment.pk])).content.decode()
    assert "Ousmane" in page
    assert 'value="keep"' in page
    refused = client.post(reverse("comment_hide", args=[comment.pk]), {"do": "hide", "reason": ""})
    assert refused.status_code == 200
    done = client.post(reverse("comment_hide", args=[comment.pk]), {"do": "hide", "reason": "Hors du sujet."})
    assert done.status_code == 303
    assert Comment.objects.get().hidden_reason == "Hors du sujet."


def test_leaving_it_visible_is_a_decision_too(world: World, browse: Browse) -> None:
    comment = say(world)
    report(world, comment)
    client = browse(world.organiser)
    client.post(reverse("comment_hide", args=[comment.pk]), {"do": "keep", "reason": "C’est une opinion."})
    assert Report.objects.get().outcome == "kept"
    assert 'value="keep"' not in client.get(reverse("comment_hide", args=[comment.pk])).content.decode()


def test_the_reporter_is_not_named_to_the_author(world: World, browse: Browse) -> None:
    comment = say(world)
    report(world, comment, "Ousmane")
    hide_comment(actor=world.organiser, comment=comment, reason="Hors du sujet.", now=LATER)
    assert "Ousmane" not in browse(world.member).get(comment.get_absolute_url()).content.decode()


def test_the_queue_says_what_waits_and_what_was_decided(world: World, browse: Browse) -> None:
    waiting, decided = say(world, "Ce qui attend."), say(world, "Ce qui est décidé.")
    report(world, waiting, "Un")
    report(world, decided, "Deux")
    hide_comment(actor=world.organiser, comment=decided, reason="Attaque une personne.", now=LATER)
    client = browse(world.organiser)
    page = client.get(reverse("reports")).content.decode()
    assert page.index("Ce qui attend.") < page.index("Attaque une personne.")
    desk = client.get(reverse("desk")).content.decode()
    assert "Ce qui attend." in desk
    assert "Ce qui est décidé." not in desk


def test_a_hidden_comment_is_shown_again_with_one_button(world: World, browse: Browse) -> None:
    comment = hide_comment(actor=world.organiser, comment=say(world), reason="Hors du sujet.", now=LATER)
    client = browse(world.organiser)
    assert reverse("comment_restore", args=[comment.pk]) in client.get(comment.get_absolute_url()).content.decode()
    assert client.get(reverse("comment_restore", args=[comment.pk])).status_code == 405
    assert client.post(reverse("comment_restore", args=[comment.pk])).status_code == 303
    assert Comment.objects.get().state == "visible"
