"""From a comment to a mail, from its answer to a comment on the page."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from coalition.core.errors import DomainError
from coalition.discussion.actions import answer_comment, hide_comment
from coalition.discussion.models import Comment
from coalition.notifications.drain import drain_outbox
from coalition.notifications.enums import IncomingReason, IncomingState
from coalition.notifications.intake.actions import act_on_incoming_mail, store_incoming_mail
from coalition.notifications.models import IncomingMail
from members.models import Affiliation
from tests.discussion.conftest import LATER, article, say
from tests.notifications.sink import SmtpSink, smtp_sink, words_of
from tests.principles.conftest import World, make_account, make_speaker

__all__ = ["smtp_sink"]


@pytest.fixture(autouse=True)
def answers_are_taken(settings: Settings) -> None:
    settings.REPLY_ADDRESS = "reponse@villes.example"


def answer_to(told: EmailMessage, words: str, **headers: str) -> bytes:
    """What a mail program makes of an answer."""
    message = EmailMessage()
    message["From"] = headers.pop("sender", str(told["To"]))
    message["To"], message["Subject"] = str(told["Reply-To"]), f"Re: {told['Subject']}"
    message["Message-ID"] = headers.pop("message_id", "<reponse-1@ville.example>")
    message["In-Reply-To"] = str(told["Message-ID"])
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    body = told.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    message.set_content(f"{words}\n\nLe lun. 3 nov. 2025 à 10:12, Réseau <x@y.example> a écrit :\n\n{quoted}\n")
    return message.as_bytes()


def receive(raw: bytes, now: datetime | None = None) -> IncomingMail:
    moment = now or timezone.now()
    mail = store_incoming_mail(raw=raw, now=moment)
    act_on_incoming_mail(mail_id=mail.pk, now=moment)
    mail.refresh_from_db()
    return mail


def told_of(world: World, sink: SmtpSink) -> tuple[Comment, EmailMessage]:
    """Somebody else answers the member's comment; the mail the member gets about it."""
    opener = say(world, now=timezone.now())
    other = make_speaker(world.city, "Moussa")
    asked = say(world, "Comment faites-vous ?", actor=other, parent=opener, now=timezone.now())
    drain_outbox()
    to_member = [one for one in sink.accepted if world.member.email in str(one["To"])]
    [mail] = [one for one in to_member if "Comment faites" in words_of(one)]
    return asked, mail


def test_an_answer_by_mail_stands_on_the_page_under_the_name_of_person_and_organisation(
    world: World, smtp_sink: SmtpSink, client: Client
) -> None:
    asked, told = told_of(world, smtp_sink)
    assert "répondre à ce courriel" in str(told.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    mail = receive(answer_to(told, "Deux agents se relaient le samedi."))
    assert mail.state == IncomingState.ACCEPTED and bytes(mail.raw) == b""
    said = Comment.objects.latest("pk")
    assert (said.parent, said.account, said.organisation) == (asked, world.member, world.city)
    page = client.get(reverse("discussion", args=["article", said.subject_key])).content.decode()
    assert "Deux agents se relaient le samedi." in page
    assert str(world.member) in page and world.city.name in page


def test_the_same_mail_twice_is_one_comment(world: World, smtp_sink: SmtpSink) -> None:
    _asked, told = told_of(world, smtp_sink)
    raw = answer_to(told, "Deux agents se relaient.")
    receive(raw)
    count = Comment.objects.count()
    again = receive(b"Received: by mx2.ville.example\n" + raw)
    assert (again.state, again.reason) == (IncomingState.IGNORED, IncomingReason.DUPLICATE)
    assert Comment.objects.count() == count


def test_another_sender_is_refused_with_one_polite_mail_in_their_language(world: World, smtp_sink: SmtpSink) -> None:
    _asked, told = told_of(world, smtp_sink)
    stranger = make_account("Rose", language="en")
    smtp_sink.accepted.clear()
    for number in range(3):
        raw = answer_to(told, "Moi aussi.", sender=stranger.email, message_id=f"<{number}@x.example>")
        assert receive(raw).reason == IncomingReason.WRONG_SENDER
    drain_outbox()
    [refusal] = smtp_sink.accepted
    assert stranger.email in str(refusal["To"]) and refusal["Content-Language"] == "en"
    assert refusal["Auto-Submitted"] == "auto-generated"
    assert "reponse+" not in refusal.as_string()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<x.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>"},
    ],
)
def test_what_programs_send_is_left_aside_without_a_word(
    world: World, smtp_sink: SmtpSink, headers: dict[str, str]
) -> None:
    _asked, told = told_of(world, smtp_sink)
    smtp_sink.accepted.clear()
    for sender in (world.member.email, "ailleurs@ville.example"):
        mail = receive(answer_to(told, "Je suis absente.", sender=sender, message_id=f"<{sender}>", **headers))
        assert mail.state == IncomingState.IGNORED
    drain_outbox()
    assert smtp_sink.accepted == []


def test_our_own_mail_coming_back_is_left_aside(world: World, smtp_sink: SmtpSink) -> None:
    _asked, told = told_of(world, smtp_sink)
    mail = receive(answer_to(told, "Bonjour.", message_id=str(told["Message-ID"])))
    assert mail.reason == IncomingReason.LOOP


def test_a_comment_hidden_since_a_place_ended_since_and_an_old_address_are_refused(
    world: World, smtp_sink: SmtpSink
) -> None:
    asked, told = told_of(world, smtp_sink)
    late = receive(answer_to(told, "Tard.", message_id="<1@x>"), now=timezone.now() + timedelta(days=62))
    assert late.reason == IncomingReason.EXPIRED
    hide_comment(actor=world.organiser, comment=asked, reason="Hors du sujet.", now=LATER)
    hidden = receive(answer_to(told, "Oui.", message_id="<2@x>"))
    assert hidden.reason == IncomingReason.GONE
    Affiliation.objects.filter(account=world.member).update(ended_on=timezone.now().date() - timedelta(days=1))
    assert receive(answer_to(told, "Oui.", message_id="<3@x>")).reason in (IncomingReason.GONE, IncomingReason.CLOSED)
    assert IncomingMail.objects.filter(state=IncomingState.REFUSED, notified=True).count() == 3


def test_an_answer_without_words_is_refused_and_one_that_is_too_long_says_so(world: World, smtp_sink: SmtpSink) -> None:
    _asked, told = told_of(world, smtp_sink)
    assert receive(answer_to(told, "", message_id="<1@x>")).reason == IncomingReason.EMPTY
    long = receive(answer_to(told, "mot " * 2000, message_id="<2@x>"))
    assert long.reason == IncomingReason.WORDS and "5000" in long.said.replace("\u202f", "").replace(" ", "")


def test_files_are_set_aside_and_the_person_is_told(world: World, smtp_sink: SmtpSink) -> None:
    _asked, told = told_of(world, smtp_sink)
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = world.member.email, str(told["Reply-To"]), "<f@x>"
    message.set_content("Voici notre règlement.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    smtp_sink.accepted.clear()
    mail = receive(message.as_bytes())
    assert (mail.state, mail.files) == (IncomingState.ACCEPTED, 1)
    drain_outbox()
    assert any("pièces jointes" in str(one["Subject"]) for one in smtp_sink.accepted)


def test_without_an_address_for_answers_mails_have_none(world: World, smtp_sink: SmtpSink, settings: Settings) -> None:
    settings.REPLY_ADDRESS = ""
    _asked, told = told_of(world, smtp_sink)
    assert told["Reply-To"] is None


def test_somebody_speaks_in_the_name_they_last_spoke_in(world: World) -> None:
    alone = say(world, "Pour moi seul.", organisation=None)
    said = answer_comment(account=world.member, number=alone.pk, words="Encore moi.", now=LATER)
    assert said.organisation is None
    other: Any = say(world, "Ailleurs.", subject=article(world, "decider"))
    found = answer_comment(account=world.member, number=other.pk, words="Pour la ville.", now=LATER)
    assert found.organisation == world.city


def test_words_nobody_can_read_are_refused_by_the_action(world: World) -> None:
    with pytest.raises(DomainError):
        answer_comment(account=world.member, number=say(world).pk, words="?", now=LATER)
