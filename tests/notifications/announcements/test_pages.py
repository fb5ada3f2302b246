import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from coalition.notifications.models import Announcement
from tests.notifications.announcements.letter import WORDS, follow_board, leave, make_organiser, proposed
from tests.notifications.board import KIND, Board, make_reader

pytestmark = pytest.mark.django_db


def test_an_organiser_writes_looks_proposes_and_another_lets_it_leave(board: Board, client: Client) -> None:
    olga, omar = make_organiser(), make_organiser("Omar")
    follow_board([make_reader(), make_reader("Bintou")])
    client.force_login(olga)
    answer = client.post(reverse("announcement_new"), {**WORDS, "target": f"{KIND}/1"})
    one = Announcement.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, one.get_absolute_url())
    page = client.get(one.get_absolute_url()).content.decode()
    assert "<dd>2</dd>" in page and "Come to Dakar." in page and "Proposer l’envoi" in page
    assert client.post(reverse("announcement_propose", args=[one.pk])).status_code == 303
    page = client.get(one.get_absolute_url()).content.decode()
    assert "vous ne pouvez pas approuver" in page and "Approuver et envoyer" not in page
    assert client.post(reverse("announcement_approve", args=[one.pk])).status_code == 403
    client.force_login(omar)
    assert "Approuver et envoyer à 2 personnes" in client.get(one.get_absolute_url()).content.decode()
    assert client.post(reverse("announcement_approve", args=[one.pk])).status_code == 303
    one.refresh_from_db()
    assert one.state == "sent" and one.approved_by == omar
    assert "Réunion de mars" in client.get(reverse("announcements")).content.decode()


def test_beyond_the_quota_the_page_says_why_and_nothing_leaves(
    board: Board, client: Client, settings: Settings
) -> None:
    settings.ANNOUNCEMENTS_A_WEEK = 0
    follow_board([make_reader()])
    one = proposed(make_organiser())
    client.force_login(make_organiser("Omar"))
    answer = client.post(reverse("announcement_approve", args=[one.pk]))
    assert answer.status_code == 422 and "celle-ci attendra" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "proposed"


def test_what_is_missing_is_asked_for_and_what_was_written_stays(board: Board, client: Client) -> None:
    client.force_login(make_organiser())
    answer = client.post(reverse("announcement_new"), {**WORDS, "text_en": "", "target": "representatives"})
    assert answer.status_code == 422 and "Venez à Dakar." in answer.content.decode()


def test_a_draft_is_rewritten_and_given_up(board: Board, client: Client) -> None:
    client.force_login(make_organiser())
    client.post(reverse("announcement_new"), {**WORDS, "target": "representatives"})
    one = Announcement.objects.get()
    address = reverse("announcement_edit", args=[one.pk])
    assert "Venez à Dakar." in client.get(address).content.decode()
    client.post(address, {**WORDS, "subject_fr": "Avril", "target": "representatives"})
    client.post(reverse("announcement_cancel", args=[one.pk]))
    one.refresh_from_db()
    assert (one.subject_fr, one.state) == ("Avril", "cancelled")


def test_who_was_told_reads_the_letter_and_nothing_of_the_rest(board: Board, client: Client) -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    follow_board([awa])
    one = proposed(make_organiser())
    client.force_login(awa)
    assert client.get(one.get_absolute_url()).status_code == 404
    leave(one, make_organiser("Omar"))
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Venez à Dakar." in page and "Olga" not in page
    client.force_login(bintou)
    assert client.get(one.get_absolute_url()).status_code == 404


def test_the_mail_is_shown_in_a_frame_that_can_do_nothing(board: Board, client: Client) -> None:
    follow_board([make_reader()])
    one = proposed(make_organiser())
    client.force_login(make_organiser("Omar"))
    address = reverse("announcement_mail", args=[one.pk])
    answer = client.get(address, {"language": "en"})
    assert "March meeting" in answer.content.decode() and answer["Content-Security-Policy"].startswith("sandbox")
    assert client.get(address, {"language": "de"}).status_code == 400
