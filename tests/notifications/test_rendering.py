"""What arrives: the recipient's language, words first, and headers nobody can break out of."""

import quopri
from dataclasses import replace

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from pytest_django import Settings

from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import LARGEST_MAIL
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery
from coalition.notifications.rendering import compose, is_address, one_line, pack, unpack, weight
from tests.notifications.board import make_reader
from tests.notifications.sink import SmtpSink
from tests.notifications.told import NOW, TOLD, deliver, tell

pytestmark = pytest.mark.django_db


def composed(address: str, language: str = "fr", name: str = "", **payload: object) -> mail.EmailMessage:
    event = tell((address, language, name), **payload)
    fan_out_event(event_id=event.pk, now=NOW)
    return compose(event.deliveries.get(), TOLD)


def test_the_recipient_reads_their_own_language_whoever_acted(told: Kind) -> None:
    with translation.override("fr"):
        english = composed("ada@example.org", "en", title="A clean lake")
    with translation.override("en"):
        french = composed("ada@example.org", "fr", title="Un lac propre")
    assert "/en/cas/12/" in english.body
    assert 'lang="en"' in english.alternatives[0].content
    assert french.subject == "Courrier parti : Un lac propre"
    assert "/fr/cas/12/" in french.body


def test_the_text_says_why_it_came_and_is_not_escaped_while_the_html_is(told: Kind) -> None:
    message = composed("ada@example.org", name="Ada", title="L'eau & <le lac>")
    html = message.alternatives[0].content
    assert "L'eau & <le lac>" in message.body
    assert "parce que vous suivez l’essai" in message.body
    assert "L&#x27;eau &amp; &lt;le lac&gt;" in html or "L'eau &amp; &lt;le lac&gt;" in html
    assert "parce que vous suivez l’essai" in html


def test_the_html_carries_its_style_with_it_and_stays_small(told: Kind) -> None:
    html = composed("ada@example.org").alternatives[0].content
    assert "<style" not in html
    assert 'style="' in html
    assert "src=" not in html
    assert len(html.encode()) < 40_000


def test_a_mail_says_that_a_machine_wrote_it_and_goes_to_one_person(told: Kind, smtp_sink: SmtpSink) -> None:
    deliver(tell(("ada@example.org", "fr", "Zoé, « la maire »"), "bob@example.org"))
    to_ada, to_bob = sorted(smtp_sink.accepted, key=lambda message: message["To"].addresses[0].addr_spec)
    assert to_ada["Auto-Submitted"] == "auto-generated"
    assert to_ada["To"].addresses[0].display_name == "Zoé, « la maire »"
    assert to_ada["To"].addresses[0].addr_spec == "ada@example.org"
    assert to_bob["To"] == "bob@example.org"
    assert to_ada["From"].addresses[0].addr_spec == "coalition@example.org"


def test_line_breaks_in_a_title_or_a_name_add_no_header(told: Kind, smtp_sink: SmtpSink) -> None:
    deliver(
        tell(("ada@example.org", "fr", "Ada\r\nBcc: eve@example.org"), title="Lac\r\nBcc: eve@example.org\r\n\r\nHa")
    )
    [message] = smtp_sink.accepted
    assert smtp_sink.to() == ["ada@example.org"]
    assert message["Bcc"] is None
    assert message["Subject"] == "Courrier parti : Lac Bcc: eve@example.org Ha"


def tuned(**payload: object) -> mail.EmailMessage:
    """A mail its reader may turn off, about a thing."""
    awa = make_reader()
    event = tell((awa.email, "fr", "Awa", awa.pk), **payload)
    fan_out_event(event_id=event.pk, now=NOW)
    return compose(event.deliveries.get(), replace(TOLD, category="charter", targets=lambda event: [("board", "1")]))


def test_a_mail_one_may_turn_off_says_how_in_its_words_and_to_mail_programs(told: Kind) -> None:
    message = tuned()
    url = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert "/fr/courrier/arreter/" in url
    assert url in message.body
    assert url in message.alternatives[0].content  # type: ignore[attr-defined]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["Precedence"] == "bulk"


def test_a_mail_one_may_not_turn_off_has_no_such_link(told: Kind) -> None:
    message = composed("ada@example.org")
    assert "List-Unsubscribe" not in message.extra_headers
    assert "arreter" not in message.body


@pytest.mark.parametrize(("length", "parts"), [(100, 2), (3_000, 1), (60_000, 1)])
def test_no_mail_grows_beyond_forty_kilobytes(told: Kind, length: int, parts: int) -> None:
    message = composed("ada@example.org", title="é " * length)
    size = len(message.message().as_bytes(linesep="\r\n"))
    assert size <= LARGEST_MAIL
    assert len(message.alternatives) == parts - 1  # type: ignore[attr-defined]
    cut = length > 10_000
    assert ("[La suite se lit sur le site.]" in message.body) == cut


def test_a_text_weighs_at_least_what_it_takes_in_a_mail() -> None:
    for text in ("a" * 500, "é=" * 300, "Ligne.\n" * 90):
        assert weight(text) >= len(quopri.encodestring(text.encode()))


def test_what_comes_back_goes_to_its_own_address_and_readers_see_the_usual_one(
    told: Kind, smtp_sink: SmtpSink, settings: Settings
) -> None:
    settings.BOUNCE_ADDRESS = "retours@example.org"
    deliver(tell("ada@example.org"))
    assert smtp_sink.envelopes == [("retours@example.org", "ada@example.org")]
    assert smtp_sink.accepted[0]["From"].addresses[0].addr_spec == "coalition@example.org"


@pytest.mark.parametrize(
    "text", ["", "ada", "@example.org", "ada@", "a b@example.org", "a@b.org\nx", "<a@b.org>", "a@b.org,c@d.org"]
)
def test_what_is_not_one_address_is_seen(text: str) -> None:
    assert not is_address(text)


def test_an_ordinary_address_is_one() -> None:
    assert is_address("ada.lovelace+lac@mairie.example.org")


def test_one_line_keeps_the_words_and_drops_the_breaks() -> None:
    assert one_line(" Un\r\n lac\x00 propre\u2028! ") == "Un lac propre !"


def test_a_packed_mail_comes_back_with_its_parts_for_one_recipient_alone() -> None:
    original = EmailMultiAlternatives(
        "Votre export", "Voici.", "Lac <lac@example.org>", ["ada@example.org", "zoe@example.org"],
        bcc=["eve@example.org"], reply_to=["aide@example.org"], headers={"X-Odd": "1", "References": "<1@example.org>"},
    )  # fmt: skip
    original.attach_alternative("<p>Voici.</p>", "text/html")
    original.attach("données.csv", "a,b\n", "text/csv")
    delivery = Delivery(address="zoe@example.org", language="fr", message_id="<2@example.org>")
    message = unpack(pack(original), delivery)
    assert message.recipients() == ["zoe@example.org"]
    assert (message.subject, message.body, message.from_email) == ("Votre export", "Voici.", "Lac <lac@example.org>")
    assert message.reply_to == ["aide@example.org"]
    assert message.extra_headers["References"] == "<1@example.org>"
    assert message.extra_headers["Message-ID"] == "<2@example.org>"
    assert "X-Odd" not in message.extra_headers
    assert message.alternatives[0].content == "<p>Voici.</p>"
    assert [tuple(attachment) for attachment in message.attachments] == [("données.csv", "a,b\n", "text/csv")]
