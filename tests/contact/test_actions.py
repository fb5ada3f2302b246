"""A message is kept, told, passed on, answered, closed, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.contact.actions import (
    RETENTION,
    answer_message,
    close_message,
    delete_message,
    forget_messages,
    forget_sender,
    send_message,
)
from coalition.contact.enums import State
from coalition.contact.models import Message, Reply
from coalition.core.access import Hidden, WrongState
from coalition.core.attachments import AttachmentRefused
from coalition.core.contacts import contact_subject
from coalition.core.errors import DomainError
from coalition.core.models import Attachment, AuditLine, Consent
from coalition.notifications.models import Event
from tests.cases.conftest import NOW, Make, World

LATER = NOW + timedelta(seconds=1)


def sent(page: Any = None, **words: Any) -> Message:
    said = {"kind": "question", "name": "Awa Fall", "email": "Awa@Example.org", "body": "Combien ?", **words}
    subject = contact_subject("case", page.number) if page else None
    return send_message(actor=None, subject=subject, now=NOW, **said)


def kinds() -> set[str]:
    return set(Event.objects.filter(kind__startswith="contact.").values_list("kind", flat=True))


def test_a_message_about_a_case_goes_to_the_organisers_and_to_its_team(world: World, published: Make) -> None:
    message = sent(published("Un tour"))
    assert message.state == State.FORWARDED and message.subject_label.startswith("Un tour")
    assert message.email == "awa@example.org" and kinds() == {"contact.received", "contact.forwarded"}
    assert Consent.objects.get(address="awa@example.org").purpose == "contact.keep"
    line = AuditLine.objects.get(action="contact.send")
    assert "Awa" not in f"{line.label} {line.data}"


def test_a_report_stays_with_the_organisers(world: World, published: Make) -> None:
    assert sent(published(), kind="report").state == State.NEW
    assert sent().state == State.NEW
    assert kinds() == {"contact.received"}


def test_words_and_files_are_checked_before_anything_is_kept(world: World) -> None:
    with pytest.raises(DomainError):
        sent(body="   ")
    with pytest.raises(DomainError):
        sent(body="x" * 4_001)
    with pytest.raises(AttachmentRefused):
        sent(upload=SimpleUploadedFile("x.pdf", b"MZ executable"))
    assert not Message.objects.exists() and not Attachment.objects.exists() and not kinds()


def test_the_team_answers_once_or_more_until_it_is_closed(world: World, published: Make) -> None:
    message = sent(published())
    for stranger in (world.stranger, world.member, world.representative):
        with pytest.raises(Hidden):
            answer_message(actor=stranger, message=message, body="Non.", now=NOW)
    answer_message(actor=world.editor, message=message, body="Deux mois.", now=NOW)
    answer_message(actor=world.organiser, message=message, body="Et trois jours.", now=NOW)
    assert Reply.objects.count() == 2 and Event.objects.filter(kind="contact.answered").count() == 2
    with pytest.raises(Hidden):
        close_message(actor=world.editor, message=message, motive="Fini.", now=NOW)
    close_message(actor=world.organiser, message=message, motive="Répondu.", now=NOW)
    with pytest.raises(WrongState):
        close_message(actor=world.organiser, message=message, motive="Encore.", now=NOW)
    with pytest.raises(WrongState):
        answer_message(actor=world.editor, message=message, body="Trop tard.", now=NOW)


def test_everything_goes_after_a_year(world: World, published: Make) -> None:
    message = sent(published(), upload=SimpleUploadedFile("x.pdf", b"%PDF-1.4"))
    answer_message(actor=world.editor, message=message, body="Deux mois.", now=NOW)
    assert forget_messages(cutoff=NOW, dry_run=False) == 0
    assert forget_messages(cutoff=LATER, dry_run=True) == 1 and Message.objects.exists()
    assert forget_messages(cutoff=LATER, dry_run=False) == 1
    assert not Message.objects.exists() and not Reply.objects.exists() and not Attachment.objects.exists()
    assert Consent.objects.get().withdrawn_at is not None
    assert timedelta(days=365) == RETENTION


def test_a_message_is_deleted_before_its_time_with_a_motive_that_stays(world: World) -> None:
    message = sent()
    with pytest.raises(Hidden):
        delete_message(actor=world.editor, message=message, motive="Non.", now=NOW)
    with pytest.raises(DomainError):
        delete_message(actor=world.organiser, message=message, motive=" ", now=NOW)
    delete_message(actor=world.organiser, message=message, motive="Elle le demande.", now=NOW)
    assert not Message.objects.exists()
    assert AuditLine.objects.get(action="contact.delete").data["motive"] == "Elle le demande."


def test_leaving_the_site_takes_ones_messages_along(world: World) -> None:
    sent(email=world.member.email.upper())
    sent()
    forget_sender(account=world.member, now=NOW)
    assert Message.objects.get().email == "awa@example.org"
