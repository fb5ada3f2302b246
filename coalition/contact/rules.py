"""Anybody writes; organisers read, answer, close and delete; the team a message was passed to reads and answers it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.contact.enums import Kind
from coalition.contact.models import Message
from coalition.core.access import Verdict, access_rule, hidden_unless_organiser, is_known, is_organiser
from coalition.core.consents import Purpose, register_purpose
from coalition.core.contacts import people_answering

KEEP_PURPOSE = "contact.keep"

register_purpose(
    Purpose(
        name=KEEP_PURPOSE,
        version="2026-11",
        text=_(
            "J’accepte que mon nom, mon adresse et mon message servent à me répondre, et soient effacés après un an."
        ),
    )
)


@access_rule("contact.send")
def may_send_message(_account: Any, _obj: Any = None) -> Verdict:
    """Everybody, with or without account; the view limits how often."""
    return Verdict.ALLOWED


@access_rule("contact.list")
def may_list_messages(account: Any, _obj: Any = None) -> Verdict:
    """The inbox exists for organisers only."""
    return hidden_unless_organiser(account)


@access_rule("contact.answer")
def may_answer_message(account: Any, message: Message) -> Verdict:
    """Organisers, and the people who answer for what it is about; a report stays with the organisers."""
    if is_organiser(account):
        return Verdict.ALLOWED
    if message.kind == Kind.REPORT or not message.subject_key or not is_known(account):
        return Verdict.HIDDEN
    team = {person.pk for person in people_answering(message.subject_key)}
    return Verdict.ALLOWED if account.pk in team else Verdict.HIDDEN


@access_rule("contact.close")
def may_close_message(account: Any, _message: Message) -> Verdict:
    """Organisers; for others it does not exist."""
    return hidden_unless_organiser(account)


@access_rule("contact.delete")
def may_delete_message(account: Any, _message: Message) -> Verdict:
    """Organisers, before its year is over, with a motive; for others it does not exist."""
    return hidden_unless_organiser(account)
