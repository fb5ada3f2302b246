"""Who is told, in which words, and who no longer is."""

from typing import Any

import pytest
from django.template.loader import get_template

from cases.actions import publish_case, return_case, submit_case, take_back_case, unpublish_case
from coalition.notifications.kinds import PARTS, get_kind
from coalition.notifications.models import Event
from members.enums import Role
from tests.cases.conftest import NOW, Make, World, give_role, make_account, make_organiser


def told(event: Event) -> set[str]:
    return {recipient.address for recipient in get_kind(event.kind).recipients(event)}


def test_organisers_are_told_that_a_case_waits_once_they_have_a_second_factor(world: World, submitted: Make) -> None:
    half = make_account("half@example.org")
    half.groups.set(world.organiser.groups.all())
    other = make_organiser(make_account("other@example.org"))
    submitted()
    assert told(Event.objects.get(kind="case.submitted")) == {world.organiser.email, other.email}


def test_editors_are_told_of_the_decision_but_not_who_took_it_nor_members(world: World, submitted: Make) -> None:
    colleague = make_account("colleague@example.org")
    give_role(colleague, world.city, Role.EDITOR)
    page = submitted()
    publish_case(actor=world.organiser, page=page, now=NOW)
    assert told(Event.objects.get(kind="case.published")) == {world.editor.email, colleague.email}
    unpublish_case(actor=world.organiser, page=page, reason="Erreur.", now=NOW)
    assert told(Event.objects.get(kind="case.unpublished")) == {world.editor.email, colleague.email}


def test_who_may_no_longer_see_it_is_no_longer_told(world: World, submitted: Make) -> None:
    page = submitted()
    return_case(actor=world.organiser, page=page, reason="À revoir.", now=NOW)
    event = Event.objects.get(kind="case.returned")
    kind = get_kind("case.returned")
    recipient = next(iter(kind.recipients(event)))
    assert kind.visible(event, recipient)
    world.editor.affiliations.update(role=Role.MEMBER)
    assert not kind.visible(event, recipient)


def test_a_case_decided_meanwhile_is_no_longer_announced_as_waiting(world: World, submitted: Make) -> None:
    page = submitted()
    event, kind = Event.objects.get(kind="case.submitted"), get_kind("case.submitted")
    recipient = next(iter(kind.recipients(event)))
    assert kind.visible(event, recipient)
    publish_case(actor=world.organiser, page=page, now=NOW)
    assert not kind.visible(Event.objects.get(pk=event.pk), recipient)


@pytest.mark.parametrize("name", ["case.submitted", "case.published", "case.returned", "case.unpublished"])
def test_each_mail_names_the_case_and_leads_to_it(world: World, submitted: Make, name: str) -> None:
    page = submitted("Le bus de nuit")
    if name == "case.returned":
        return_case(actor=world.organiser, page=page, reason="Il manque la source.", now=NOW)
    if name in ("case.published", "case.unpublished"):
        publish_case(actor=world.organiser, page=page, now=NOW)
    if name == "case.unpublished":
        unpublish_case(actor=world.organiser, page=page, reason="Il manque la source.", now=NOW)
    kind, event = get_kind(name), Event.objects.get(kind=name)
    recipient = next(iter(kind.recipients(event)))
    context: dict[str, Any] = {**kind.context(event, recipient), "recipient": recipient, "language": "fr"}
    texts = {part: get_template(kind.template(part)).render(context) for part in PARTS}
    assert all("Le bus de nuit" in text for text in texts.values())
    assert context["url"] in texts["body.txt"]
    assert context["url"] in texts["body.html"]
    if name in ("case.returned", "case.unpublished"):
        assert "Il manque la source." in texts["body.txt"]
        assert "Il manque la source." in texts["body.html"]


def test_sending_twice_tells_twice(world: World, submitted: Make) -> None:
    page = submitted()
    take_back_case(actor=world.editor, page=page, now=NOW)
    submit_case(actor=world.editor, page=page, now=NOW.replace(hour=10))
    assert Event.objects.filter(kind="case.submitted").count() == 2
