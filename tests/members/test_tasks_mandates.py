"""The worker ends mandates on their day, however often it is rung."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from members.enums import Role
from members.models import Affiliation, Organisation, User
from members.tasks import end_mandates
from tests.members.conftest import fresh

pytestmark = pytest.mark.django_db


def test_a_ring_ends_what_is_past_its_day(
    city: Organisation, chief: User, make_representative: Callable[..., Any]
) -> None:
    member = make_representative(city, role=Role.MEMBER)
    Affiliation.objects.filter(account=member).update(mandate_until="2020-01-01")
    for _ring in range(2):
        end_mandates()
    assert fresh(member).roles == {}
    assert fresh(chief).roles == {city.pk: Role.REPRESENTATIVE}


def test_the_clock_knows_the_task() -> None:
    assert end_mandates.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
