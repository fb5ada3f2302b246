"""What the database itself refuses of a delivery."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalition.notifications.kinds import Kind, Recipient
from coalition.notifications.models import Delivery
from tests.notifications.told import tell

pytestmark = pytest.mark.django_db


def write(**fields: Any) -> Delivery:
    defaults = {"address": "ada@example.org", "language": "fr", "message_id": f"<{uuid4()}@example.org>"}
    return Delivery.objects.create(event=tell(), **(defaults | fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "lost"},
        {"channel": "pigeon"},
        {"state": "sent"},
        {"state": "pending", "sent_at": timezone.now()},
        {"state": "failed", "raw": "{}"},
        {"leased_until": timezone.now()},
        {"state": "suppressed", "leased_until": timezone.now(), "lease_token": uuid4()},
    ],
    ids=["unknown state", "unknown channel", "sent without a date", "dated but not sent", "words kept after the end",
         "lease without holder", "leased after the end"],
)  # fmt: skip
def test_a_delivery_that_makes_no_sense_cannot_be_written(fields: dict[str, Any], told: Kind) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(**fields)


def test_a_message_id_is_given_once(told: Kind) -> None:
    first = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(message_id=first.message_id)


def test_a_delivery_knows_its_recipient_as_the_kinds_do(told: Kind) -> None:
    assert write(name="Ada").recipient == Recipient("ada@example.org", "fr", "Ada", None)
