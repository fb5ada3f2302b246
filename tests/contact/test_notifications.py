"""Mails: to organisers, to the team, to who wrote; nobody's address in them but the recipient's."""

from typing import Any

from coalition.contact.actions import answer_message, delete_message
from coalition.contact.models import Message
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from tests.cases.conftest import NOW, Make, World
from tests.contact.test_actions import sent


def mails(kind: str) -> list[Any]:
    event, known = Event.objects.filter(kind=kind).latest("pk"), get_kind(kind)
    made = [
        Delivery(event=event, address=person.address, language=person.language, name=person.name, message_id="<x@y>")
        for person in known.recipients(event)
    ]
    return [compose(delivery, known) for delivery in made]


def test_each_is_told_what_concerns_them(world: World, published: Make) -> None:
    message = sent(published("Un tour"))
    (to_organisers,), (to_team,) = mails("contact.received"), mails("contact.forwarded")
    assert "organiser@example.org" in to_organisers.to[0] and "editor@example.org" in to_team.to[0]
    for mail in (to_organisers, to_team):
        assert "Combien ?" in mail.body and message.get_absolute_url() in mail.body
        assert "awa@example.org" not in mail.message().as_string() and not mail.reply_to
    answer_message(actor=world.editor, message=message, body="Deux mois.", now=NOW)
    (to_sender,) = mails("contact.answered")
    assert "awa@example.org" in to_sender.to[0] and "Deux mois." in to_sender.body
    assert "editor@example.org" not in to_sender.message().as_string() and not to_sender.reply_to


def test_nothing_is_sent_of_a_message_that_is_gone_or_to_who_left_the_team(world: World, published: Make) -> None:
    message = sent(published())
    event = Event.objects.get(kind="contact.forwarded")
    (person,) = get_kind("contact.forwarded").recipients(event)
    assert get_kind("contact.forwarded").visible(event, person)
    world.editor.affiliations.update(ended_on=NOW.date().replace(day=1), started_on=NOW.date().replace(year=2020))
    assert not get_kind("contact.forwarded").visible(event, person)
    answer_message(actor=world.organiser, message=message, body="Deux mois.", now=NOW)
    told = Event.objects.get(kind="contact.answered")
    (sender,) = get_kind("contact.answered").recipients(told)
    assert get_kind("contact.answered").visible(told, sender)
    delete_message(actor=world.organiser, message=Message.objects.get(), motive="Elle le demande.", now=NOW)
    assert not get_kind("contact.answered").visible(told, sender)
