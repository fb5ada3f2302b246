"""What one address was sent."""

import pytest

from coalition.notifications.enums import STOPPED, DeliveryState
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery
from coalition.notifications.office.history import find_address, history_of, why_held
from tests.notifications.board import make_reader
from tests.notifications.office.test_figures import mails
from tests.notifications.stops.test_listing import stop

pytestmark = pytest.mark.django_db


def test_an_address_is_found_as_typed_or_by_the_name_of_one_account() -> None:
    awa = make_reader()
    assert find_address(" Ada@Ville.example ") == "ada@ville.example"
    assert find_address("awa") == awa.email
    assert find_address("nobody") == find_address(" ") == ""
    make_reader("Bis").__class__.objects.filter(name="Bis").update(name="Awa")
    assert find_address("Awa") == ""


def test_the_history_holds_the_mails_of_the_account_to_other_addresses_too(told: Kind) -> None:
    awa = make_reader()
    [to_other, to_nobody] = mails(2)
    Delivery.objects.filter(pk=to_other.pk).update(account=awa, for_account=True)
    stopped = stop(awa.email)
    found = history_of(awa.email)
    assert (found.account, found.stop) == (awa, stopped)
    assert [row.delivery.pk for row in found.rows] == [to_other.pk]
    assert [row.delivery.pk for row in history_of(to_nobody.address).rows] == [to_nobody.pk]


def test_why_a_mail_was_held_back_is_said_in_words() -> None:
    assert why_held(Delivery(last_error=f"{STOPPED}asked", state=DeliveryState.SUPPRESSED)) == "demandé par la personne"
    assert why_held(Delivery(last_error="550")) == ""
