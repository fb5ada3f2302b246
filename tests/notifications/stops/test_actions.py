"""Stopping an address, and writing to it again."""

import pytest

from coalition.core.access import AccessError, Hidden, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.enums import StopReason, StopSource
from coalition.notifications.models import StoppedAddress
from coalition.notifications.stops.actions import (
    lift_own_stop,
    lift_stop,
    own_stop,
    stop_address,
    stop_by_organiser,
)
from tests.notifications.board import make_reader
from tests.notifications.stops.test_listing import stop
from tests.notifications.told import NOW
from tests.principles.conftest import make_organiser

pytestmark = pytest.mark.django_db
SMTP = StopSource.SMTP


def test_a_stronger_reason_takes_the_place_of_a_weaker_one_and_never_the_other_way() -> None:
    for reason in (StopReason.ASKED, StopReason.HARD, StopReason.COMPLAINT):
        stop_address(address="Ada@example.org", reason=reason, source=SMTP, now=NOW, detail="550\x00 5.1.1")
    [kept] = StoppedAddress.objects.all()
    assert (kept.address, kept.reason, kept.detail) == ("ada@example.org", StopReason.HARD, "550 5.1.1")
    lines = AuditLine.objects.filter(action="address.stopped")
    assert [line.data["reason"] for line in lines.order_by("pk")] == ["asked", "bounce"]
    assert "ada" not in "".join(f"{line.label}{line.data}" for line in lines)


def test_an_organiser_stops_an_address_with_a_motive_and_lifts_it_with_another() -> None:
    organiser = make_organiser()
    kept = stop_by_organiser(actor=organiser, address=" Ada@example.org", motive="Elle a déménagé.", now=NOW)
    assert (kept.address, kept.by, kept.reason) == ("ada@example.org", organiser, StopReason.ORGANISER)
    with pytest.raises(DomainError):
        lift_stop(actor=organiser, stop=kept, motive=" ", now=NOW)
    lift_stop(actor=organiser, stop=kept, motive="Elle est revenue.", now=NOW)
    assert not StoppedAddress.objects.exists()
    assert AuditLine.objects.get(action="address.lifted").data["motive"] == "Elle est revenue."
    with pytest.raises(WrongState):
        lift_stop(actor=organiser, stop=kept, motive="Encore.", now=NOW)


@pytest.mark.parametrize(("address", "motive"), [("ada", "Motif"), ("ada@example.org", " "), ("zoe@example.org", "M")])
def test_what_an_organiser_cannot_stop_is_said_beside_the_question(address: str, motive: str) -> None:
    stop("zoe@example.org")
    with pytest.raises(DomainError) as refusal:
        stop_by_organiser(actor=make_organiser(), address=address, motive=motive, now=NOW)
    assert refusal.value.field in ("address", "motive")


def test_nobody_else_stops_or_lifts_for_others() -> None:
    reader, kept = make_reader(), stop("ada@example.org")
    with pytest.raises(Hidden):
        stop_by_organiser(actor=reader, address="zoe@example.org", motive="Motif", now=NOW)
    with pytest.raises(AccessError):
        lift_stop(actor=reader, stop=kept, motive="Motif", now=NOW)


def test_a_person_lets_their_own_address_be_written_to_again_unless_an_organiser_stopped_it() -> None:
    reader = make_reader()
    assert lift_own_stop(actor=reader, now=NOW) is False
    stop(reader.email, StopReason.ASKED)
    assert lift_own_stop(actor=reader, now=NOW) is True
    assert own_stop(account=reader) is None
    stop(reader.email, StopReason.ORGANISER)
    assert lift_own_stop(actor=reader, now=NOW) is False
