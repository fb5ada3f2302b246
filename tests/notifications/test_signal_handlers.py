import pytest
from django.test import Client

from coalition.notifications.models import Notice, Preferences
from tests.notifications.board import Board, make_reader
from tests.notifications.posted import post

pytestmark = pytest.mark.django_db


def test_logging_in_begins_a_visit(posted: Board, client: Client) -> None:
    awa = make_reader()
    post("a", awa)
    client.force_login(awa)
    assert Preferences.objects.get(account=awa).visit_up_to == Notice.objects.get().pk
