import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.notifications.models import Notice
from tests.notifications.board import Board, make_reader
from tests.notifications.posted import post

pytestmark = pytest.mark.django_db


def test_the_bell_counts_and_the_list_says_what_happened(posted: Board, client: Client) -> None:
    awa = make_reader()
    post("a", awa)
    client.force_login(awa)
    page = client.get(reverse("news")).content.decode()
    assert "Écrit pour vous" in page
    assert "Le panneau 1" in page
    assert "non lue" in page
    notice = Notice.objects.get()
    answer = client.post(reverse("news_mark", args=[notice.pk]), {"act": "read", "show": "unread", "page": "2"})
    assert answer.status_code == 303
    assert answer["Location"].endswith("?show=unread&page=2")
    assert "Rien de nouveau" in client.get(f"{reverse('news')}?show=unread").content.decode()


def test_what_became_hidden_and_what_was_silenced_is_not_listed(posted: Board, client: Client) -> None:
    awa = make_reader()
    post("a", awa)
    Notice.objects.update(route="muted")
    post("b", awa, about=("2",))
    posted.hidden.add("2")
    client.force_login(awa)
    page = client.get(reverse("news")).content.decode()
    assert "panneau 1" not in page
    assert "panneau 2" not in page


def test_everything_is_marked_read_up_to_what_was_shown(posted: Board, client: Client) -> None:
    awa = make_reader()
    for key in "abc":
        post(key, awa)
    client.force_login(awa)
    shown = Notice.objects.latest("pk").pk
    post("d", awa)
    assert client.post(reverse("news_read"), {"up_to": shown}).status_code == 303
    assert Notice.objects.unread().count() == 1
    assert client.post(reverse("news_read"), {"up_to": "x"}).status_code == 303
    page = client.get(f"{reverse('news')}?show=since").content.decode()
    assert page.count("Écrit pour vous") == 1


def test_a_long_list_takes_as_many_queries_as_a_short_one(posted: Board, client: Client) -> None:
    counts = []
    for name, size in (("Awa", 2), ("Bintou", 30)):
        reader = make_reader(name)
        for number in range(size):
            post(f"{name}{number}", reader, about=(str(number),))
        client.force_login(reader)
        client.get(reverse("news"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("news"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_bell_costs_one_query_and_nothing_to_a_page_everybody_shares(client: Client) -> None:
    address = reverse("organisations")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert reverse("news") not in client.get(address).content.decode()
    assert not [query for query in queries if "notifications_notice" in query["sql"]]
    client.force_login(make_reader())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert reverse("news") in client.get(address).content.decode()
    assert len([query for query in queries if "notifications_notice" in query["sql"]]) == 1
