import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import LoginNeeded, WrongState
from coalition.notifications.agenda.actions import (
    delete_agenda_address,
    make_agenda_address,
    renew_agenda_address,
)
from coalition.notifications.agenda.addresses import agenda_word, find_address
from coalition.notifications.models import AgendaAddress
from members.models import User
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user(email="ada@example.org", password=None)


def test_an_account_makes_renews_and_deletes_its_own_address(ada: User) -> None:
    first = agenda_word(make_agenda_address(actor=ada, now=NOW))
    second = agenda_word(renew_agenda_address(actor=ada, now=NOW))
    assert find_address(first) is None
    assert find_address(second) is not None
    delete_agenda_address(actor=ada, now=NOW)
    assert find_address(second) is None


def test_one_address_an_account(ada: User) -> None:
    make_agenda_address(actor=ada, now=NOW)
    AgendaAddress.objects.update(serial=4)
    with pytest.raises(WrongState):
        make_agenda_address(actor=ada, now=NOW)
    assert AgendaAddress.objects.get().serial == 4


def test_what_is_not_there_is_neither_renewed_nor_deleted(ada: User) -> None:
    for act in (renew_agenda_address, delete_agenda_address):
        with pytest.raises(WrongState):
            act(actor=ada, now=NOW)


def test_nobody_has_no_calendar() -> None:
    with pytest.raises(LoginNeeded):
        make_agenda_address(actor=AnonymousUser(), now=NOW)
