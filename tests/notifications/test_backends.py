"""Mail sent by Django, allauth or Wagtail becomes deliveries; nothing is sent by the request."""

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction

from coalition.notifications.models import Delivery, Event
from tests.notifications.sink import SmtpSink


@pytest.mark.django_db
def test_a_sent_mail_waits_in_the_outbox_once_per_recipient(smtp_sink: SmtpSink) -> None:
    message = EmailMessage(
        "Bonjour", "Corps", to=["Ada <ada@example.org>"], cc=["zoe@example.org"], bcc=["ada@example.org"]
    )
    assert message.send() == 1
    assert sorted(Delivery.objects.values_list("address", "name")) == [
        ("ada@example.org", "Ada"),
        ("zoe@example.org", ""),
    ]
    assert Event.objects.get().fanned_out_at is not None
    assert smtp_sink.connections == 0


@pytest.mark.django_db
def test_a_mail_to_nobody_is_nothing(smtp_sink: SmtpSink) -> None:
    assert EmailMessage("Bonjour", "Corps").send() == 0
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["subject", "from_email"])
def test_a_line_break_in_a_header_is_refused_and_leaves_nothing(field: str, smtp_sink: SmtpSink) -> None:
    hostile = {"subject": "Bonjour", "from_email": "a@example.org", field: "a@example.org\r\nBcc: eve@example.org"}
    with pytest.raises(BadHeaderError):
        EmailMessage(body="Corps", to=["ada@example.org"], **hostile).send()
    assert EmailMessage(body="Corps", to=["ada@example.org"], **hostile).send(fail_silently=True) == 0
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_line_break_in_an_address_is_refused(smtp_sink: SmtpSink) -> None:
    with pytest.raises(ValueError, match="newlines"):
        mail.send_mail("Bonjour", "Corps", None, ["ada@example.org\nBcc: eve@example.org"])
    assert not Event.objects.exists()


def test_a_mail_about_something_rolled_back_never_leaves(committed: None, smtp_sink: SmtpSink) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        mail.send_mail("Bonjour", "Corps", None, ["ada@example.org"])
        raise RuntimeError("rolled back")
    assert not Event.objects.exists()
