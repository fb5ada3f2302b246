"""Who is told, in which words, and who no longer is."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import get_template

from cases.actions import publish_case, return_case, save_case, submit_case, take_back_case, unpublish_case
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


def test_new_words_of_a_public_case_are_an_update_and_a_case_that_comes_back_is_published(
    world: World, submitted: Make
) -> None:
    page = submitted()
    live = publish_case(actor=world.organiser, page=page, now=NOW)
    newer = {"tried": "Autre chose, au printemps."}
    save_case(actor=world.organiser, page=live, content=newer, based_on=live.latest_revision_id, now=NOW)
    publish_case(actor=world.organiser, page=page, now=NOW + timedelta(days=1))
    unpublish_case(actor=world.organiser, page=page, reason="Erreur.", now=NOW)
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["case.submitted", "case.published", "case.updated", "case.unpublished"]
    assert told(Event.objects.get(kind="case.updated")) == {world.editor.email}
    targets = get_kind("case.updated").targets(Event.objects.get(kind="case.updated"))
    assert targets == [("case", str(page.number)), ("organisation", world.city.slug)]
