import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.notifications.models import Follow, StoppedAddress
from tests.notifications.board import KIND, Board, make_reader
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_following_is_a_form_that_needs_no_script_and_leads_back(board: Board, client: Client) -> None:
    client.force_login(make_reader())
    address = reverse("follow", args=[KIND, "1"])
    assert "Le panneau 1" in client.get(address).content.decode()
    answer = client.post(address, {"act": "follow"})
    assert answer.status_code == 303
    assert answer["Location"] == "/fr/panneau/1/"
    assert "Vous suivez" in client.get(address).content.decode()
    client.post(address, {"act": "mute"})
    assert Follow.objects.get().muted
    assert client.post(address, {"act": "autre"}).status_code == 400


def test_something_hidden_is_not_there(board: Board, client: Client) -> None:
    board.hidden.add("1")
    client.force_login(make_reader())
    assert client.get(reverse("follow", args=[KIND, "1"])).status_code == 404
    assert client.post(reverse("follow", args=[KIND, "1"]), {"act": "follow"}).status_code == 404


def test_without_an_account_one_is_asked_who_one_is_and_comes_back(board: Board, client: Client) -> None:
    address = reverse("follow", args=[KIND, "1"])
    answer = client.get(address)
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_the_list_says_nothing_of_what_became_hidden(board: Board, client: Client) -> None:
    reader = make_reader()
    for key in ("1", "2"):
        Follow.objects.create(account=reader, target_kind=KIND, target_key=key, created_at=NOW)
    board.hidden.add("2")
    client.force_login(reader)
    page = client.get(reverse("follows")).content.decode()
    assert "Le panneau 1" in page
    assert "panneau 2" not in page
    answer = client.post(reverse("follow", args=[KIND, "2"]), {"act": "unfollow"})
    assert answer["Location"] == reverse("follows")


def test_a_long_list_takes_as_many_queries_as_a_short_one(board: Board, client: Client) -> None:
    counts = []
    for name, size in (("Awa", 2), ("Bintou", 40)):
        reader = make_reader(name)
        for key in range(size):
            Follow.objects.create(account=reader, target_kind=KIND, target_key=str(key), created_at=NOW)
        client.force_login(reader)
        client.get(reverse("follows"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("follows"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_address_that_gets_nothing_is_said_so_and_can_be_taken_up_again(client: Client) -> None:
    awa = make_reader()
    client.force_login(awa)
    StoppedAddress.objects.create(address=awa.email, reason="asked", source="site", since=NOW)
    assert "Votre adresse ne reçoit rien" in client.get(reverse("preferences")).content.decode()
    assert client.post(reverse("preferences"), {"act": "lift"}).status_code == 303
    assert "Votre adresse ne reçoit rien" not in client.get(reverse("preferences")).content.decode()
