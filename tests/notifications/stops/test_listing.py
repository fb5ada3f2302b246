"""The list of addresses nothing is sent to."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coalition.notifications.enums import StopReason, StopSource
from coalition.notifications.models import StoppedAddress
from coalition.notifications.stops.listing import holds_back, normal, stopped_among
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db


def stop(address: str, reason: StopReason = StopReason.HARD) -> StoppedAddress:
    return StoppedAddress.objects.create(address=address, reason=reason, source=StopSource.SMTP, since=NOW)


def test_an_address_is_found_whatever_its_case_in_one_query_for_many() -> None:
    stop("ada@example.org")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = stopped_among([" Ada@Example.org ", *[f"p{n}@example.org" for n in range(500)]])
    assert found == {"ada@example.org": "bounce"}
    assert len(queries) == 1
    assert stopped_among([]) == {}
    assert normal(" Ada@Example.org ") == "ada@example.org"


def test_the_database_keeps_one_row_an_address_and_no_capitals() -> None:
    stop("ada@example.org")
    for address in ("ada@example.org", "Zoe@example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            stop(address)


def test_what_is_essential_passes_every_stop_but_that_of_an_address_that_does_not_exist() -> None:
    passing = [reason for reason in StopReason if not holds_back(reason, essential=True)]
    assert set(passing) == set(StopReason) - {StopReason.HARD}
    assert all(holds_back(reason, essential=False) for reason in StopReason)
    assert not holds_back(None, essential=False)
