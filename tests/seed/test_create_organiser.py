import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from coalition.core.access import ORGANISERS, is_organiser
from members.models import User

pytestmark = pytest.mark.django_db


def test_the_first_organiser_has_a_verified_address_and_no_powers_before_a_second_factor() -> None:
    call_command("create_organiser", "Awa@Example.org", "--name", "Awa", "--no-password", verbosity=0)
    account = User.objects.get(email="awa@example.org")
    assert EmailAddress.objects.get(user=account).verified
    assert account.group_names == {ORGANISERS}
    assert account.groups.get().permissions.filter(codename="access_admin").exists()
    assert not is_organiser(account)


def test_an_address_is_not_taken_twice() -> None:
    call_command("create_organiser", "awa@example.org", "--no-password", verbosity=0)
    with pytest.raises(CommandError, match="already"):
        call_command("create_organiser", "awa@example.org", "--no-password", verbosity=0)


def test_what_is_no_address_is_refused_with_a_sentence() -> None:
    with pytest.raises(CommandError):
        call_command("create_organiser", "nobody", "--no-password", verbosity=0)
    assert not User.objects.exists()
