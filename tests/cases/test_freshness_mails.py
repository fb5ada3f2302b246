"""The words of the two mails about freshness."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.actions import ask_due_cases, hand_over_case, publish_case
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.models import Affiliation
from tests.cases.conftest import NOW, Make, World


def mail(kind: str) -> Any:
    event = Event.objects.get(kind=kind)
    fan_out_event(event_id=event.pk, now=timezone.now())
    return compose(Delivery.objects.get(event=event), get_kind(kind))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_question_names_the_case_its_stage_and_its_date_and_leads_to_one_button(
    world: World, draft: Make, language: str
) -> None:
    world.editor.language = language
    world.editor.save()
    publish_case(actor=None, page=draft("Le bus de nuit"), now=NOW - timedelta(days=200), announce=False)
    ask_due_cases(now=NOW)
    message = mail("case.still_true")
    assert "Le bus de nuit" in message.subject and "Rennes" in message.body
    assert message.body.count(f"/{language}/") >= 2 and "2026" in message.body
    assert len(message.body) < 4_000 and "Le bus de nuit" in str(message.alternatives[0][0])


def test_the_new_owners_learn_where_the_case_comes_from(world: World, draft: Make) -> None:
    page = publish_case(actor=None, page=draft("Le bus de nuit"), now=NOW, announce=False)
    Affiliation.objects.filter(organisation=world.city).update(ended_on=NOW.date())
    hand_over_case(actor=world.organiser, page=page, organisation=world.other_city, now=NOW)
    message = mail("case.handed_over")
    assert (
        "Rennes" in message.body
        and "Lomé" in message.body
        and message.to == [f"{world.stranger} <{world.stranger.email}>"]
    )
