import pytest
from pytest_django import Settings

from coalition.notifications.agenda.addresses import agenda_word, find_address
from coalition.notifications.models import AgendaAddress
from members.models import User
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def address() -> AgendaAddress:
    ada = User.objects.create_user(email="ada@example.org", password=None)
    return AgendaAddress.objects.create(account=ada, created_at=NOW)


def test_a_word_leads_back_to_its_address(address: AgendaAddress) -> None:
    word = agenda_word(address)
    assert word.isalnum() and word == word.lower()
    assert find_address(word) == address
    assert find_address(word.upper()) == address


def test_a_word_that_was_changed_by_one_letter_leads_nowhere(address: AgendaAddress) -> None:
    word = agenda_word(address)
    for place in range(0, len(word), 5):
        other = "a" if word[place] != "a" else "b"
        assert find_address(word[:place] + other + word[place + 1 :]) is None


@pytest.mark.parametrize("word", ["", "x", "é", "a" * 48, "a" * 500, "====", "a b"])
def test_what_is_no_word_leads_nowhere(address: AgendaAddress, word: str) -> None:
    assert find_address(word) is None


def test_a_renewed_or_deleted_address_is_dead(address: AgendaAddress) -> None:
    old = agenda_word(address)
    address.serial += 1
    address.save()
    assert find_address(old) is None
    new = agenda_word(address)
    account = address.account
    address.delete()
    AgendaAddress.objects.create(account=account, serial=1, created_at=NOW)
    assert find_address(new) is None


def test_the_address_of_a_closed_account_is_dead(address: AgendaAddress) -> None:
    User.objects.update(is_active=False)
    assert find_address(agenda_word(address)) is None


def test_a_former_key_of_the_site_still_opens_while_it_is_kept(address: AgendaAddress, settings: Settings) -> None:
    word = agenda_word(address)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert find_address(word) == address
    settings.SECRET_KEY_FALLBACKS = []
    assert find_address(word) is None
