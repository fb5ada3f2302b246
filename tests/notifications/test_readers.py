import pytest
from django.db import IntegrityError, transaction

from coalition.notifications.models import Follow, Preferences
from tests.notifications.board import KIND, make_reader
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def test_an_account_follows_a_thing_once() -> None:
    reader = make_reader()
    follow = Follow.objects.create(account=reader, target_kind=KIND, target_key="1", created_at=NOW)
    assert str(follow) == "board 1"
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(account=reader, target_kind=KIND, target_key="1", created_at=NOW)


def test_quiet_hours_have_a_beginning_and_an_end() -> None:
    reader = make_reader()
    with pytest.raises(IntegrityError), transaction.atomic():
        Preferences.objects.create(account=reader, quiet_from=22)
    assert str(Preferences.objects.create(account=reader, quiet_from=22, quiet_to=7)) == f"#{reader.pk}"
