import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from cases.models import CasePage
from members.models import Coalition, Organisation, User
from principles.models import Charter

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> User:
    call_command("create_organiser", "awa@example.org", "--no-password", verbosity=0)
    account = User.objects.get()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    return account


def test_a_new_site_has_its_pages_and_coalition_but_nothing_fictional() -> None:
    call_command("first_content", verbosity=0)
    assert Coalition.objects.count() == 1
    assert not Charter.objects.exists() and not Organisation.objects.exists() and not CasePage.objects.exists()


def test_an_organiser_with_a_second_factor_publishes_the_first_charter_once(organiser: User) -> None:
    for _ in range(2):
        call_command("first_content", "--organiser", organiser.email, verbosity=0)
    assert Charter.objects.get().versions.count() == 1


def test_nobody_else_does(organiser: User) -> None:
    Authenticator.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("first_content", "--organiser", organiser.email, verbosity=0)
    with pytest.raises(CommandError):
        call_command("first_content", "--organiser", "nobody@example.org", verbosity=0)
    assert not Charter.objects.exists()
