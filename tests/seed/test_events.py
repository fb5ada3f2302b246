"""The demo always has events to come, one called off, one told of, one still a draft; a second run adds nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coalition.pages.models import Event
from coalition.seed.commitments import load_coalition
from coalition.seed.content import read
from coalition.seed.events import load_events
from coalition.seed.people import load_people


@pytest.mark.django_db
def test_whatever_the_day_three_are_to_come_one_is_called_off_one_told_of_one_a_draft() -> None:
    now = timezone.now()
    coalition = load_coalition(now)
    accounts, organisations = load_people(now)
    for _run in range(2):
        load_events(coalition, accounts, organisations, now)
    assert Event.objects.count() == len(read("events")["event"]) == 6
    coming = Event.objects.public().filter(state="published").coming(now)
    assert coming.count() == 3 and {one.language for one in coming} == {"fr", "en"}
    assert {bool(one.city) for one in coming} == {True, False}
    assert all(one.geoname_id for one in Event.objects.exclude(city=""))
    told = Event.objects.get(state="published", ends_at__lt=now)
    assert told.report and told.starts_at > now - timedelta(days=20)
    assert Event.objects.get(state="cancelled").cancel_reason
    assert Event.objects.get(state="draft").slug == "salon-des-services-de-quartier"
    assert not [one for one in Event.objects.all() if one.starts_at.astimezone(one.zone).weekday() >= 5]
