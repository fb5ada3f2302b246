"""Mails as the usual programs write them, and mails as no program should."""

import random
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from coalition.notifications.replies import Automatic, read_reply

MAILS = Path(__file__).parent / "mails"
ANSWERS = sorted(path.stem for path in MAILS.glob("*.txt"))
PROGRAMS = {"automatic": Automatic.ROBOT, "bounce": Automatic.BOUNCE, "list": Automatic.LIST}
SENT_BY_PROGRAMS = sorted(path.stem for path in MAILS.glob("*.eml") if path.stem.split("-")[0] in PROGRAMS)


def raw(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", ANSWERS)
def test_only_what_its_author_wrote_is_left_of_a_reply(name: str) -> None:
    reply = read_reply(raw(name))
    assert reply.words == (MAILS / f"{name}.txt").read_text(encoding="utf-8").strip()
    assert reply.automatic is Automatic.NO
    assert reply.senders == ("awa@ville.example",)
    assert "reponse+jeton@coalition.example.org" in reply.recipients


@pytest.mark.parametrize("name", ANSWERS)
def test_the_ends_of_lines_do_not_change_what_is_read(name: str) -> None:
    unix = raw(name).replace(b"\r\n", b"\n")
    assert read_reply(unix.replace(b"\n", b"\r\n")).words == read_reply(unix).words


@pytest.mark.parametrize("name", SENT_BY_PROGRAMS)
def test_what_a_program_sent_is_told_from_what_a_person_wrote(name: str) -> None:
    assert read_reply(raw(name)).automatic is PROGRAMS[name.split("-")[0]]


def test_the_null_return_path_of_the_envelope_is_a_bounce_and_a_usual_one_is_not() -> None:
    assert read_reply(raw("gmail-fr-top"), envelope_sender="").automatic is Automatic.BOUNCE
    assert read_reply(raw("gmail-fr-top"), envelope_sender="<>").automatic is Automatic.BOUNCE
    assert read_reply(raw("gmail-fr-top"), envelope_sender="awa@ville.example").automatic is Automatic.NO


def test_files_are_named_and_pictures_set_in_the_text_are_not_files() -> None:
    assert read_reply(raw("attachment")).attachments == ("règlement.pdf",)
    assert read_reply(raw("gmail-fr-top")).attachments == ()


def test_a_mail_inside_the_mail_is_a_file_and_its_words_are_nobodys() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "awa@ville.example", "reponse@coalition.example.org"
    message.set_content("Voyez ceci.")
    inside = EmailMessage()
    inside.set_content("Un mot d’ailleurs.")
    message.add_attachment(inside)
    reply = read_reply(message.as_bytes())
    assert reply.words == "Voyez ceci."
    assert len(reply.attachments) == 1


def test_the_same_mail_handed_over_twice_has_one_identity_and_two_mails_have_two() -> None:
    first = raw("gmail-fr-top")
    assert read_reply(first).identity == read_reply(b"Received: by mx2.example; Mon, 3 Nov\n" + first).identity
    assert read_reply(first).identity != read_reply(raw("gmail-en-top")).identity
    nameless = first.replace(b"Message-ID", b"X-Other")
    assert read_reply(nameless).identity == read_reply(b"Received: by mx2.example\n" + nameless).identity


def test_what_cannot_be_read_aloud_does_not_come_through() -> None:
    message = (
        "From: awa@ville.example\nContent-Type: text/plain; charset=utf-8\n\nUn\u202emot\x00 et\x07 un\ufeff autre\n"
    )
    assert read_reply(message.encode()).words == "Unmot et un autre"


def test_a_thousand_parts_in_each_other_are_read_without_falling_over() -> None:
    deep = b"From: awa@ville.example\n"
    for number in range(3000):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    assert read_reply(deep + b"\nmot\n").words is not None


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\x00" * 2000,
        b"\xff\xfe" * 500,
        b"From: " + b"<" * 5000 + b"\n\nmot",
        b"From: " + b'"' * 5001 + b"@x\n\nmot",
        b"From: =?utf-8?b?!!!!?= <a@b.example>\n\nmot",
        b"From: =?no-such-set?q?=C3?= <a@b.example>\n\nmot",
        b'Content-Type: text/plain; charset="idna"\n\nmot',
        b"Content-Type: text/plain; charset*=x'y'z%\n\nmot",
        b"Content-Type: multipart/mixed; boundary=\n\n--\nmot",
        b"Content-Type: multipart/mixed\n\nmot",
        b"Content-Type: text/html\n\n<![mot[ <!DOCTYPE <!-- <a b='" + b"<![" * 3000,
        b"Content-Type: text/html\n\n" + b"<div>" * 20000 + b"mot",
        b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\nMOT\n",
        b"Content-Disposition: attachment; filename*0*=utf-8''%ZZ; filename*2=x\n\nmot",
    ],
)
def test_bytes_that_are_no_mail_are_read_as_best_can_be(bad: bytes) -> None:
    assert isinstance(read_reply(bad).words, str)


FRAGMENTS = st.sampled_from(
    [
        b"From: awa@ville.example\n", b"Content-Type: text/html; charset=utf-16\n", b"MIME-Version: 1.0\n",
        b"Content-Type: multipart/alternative; boundary=\"b\"\n", b"--b\n", b"--b--\n", b"\n", b"\r\n", b"> mot\n",
        b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n", b"=C3=A9=\n",
        b"Content-Type: message/rfc822\n", b"<div class=gmail_quote>", b"</div>", b"<blockquote>", b"<![CDATA[",
        b"Le 3 nov. 2025 \xc3\xa0 10:12, X <x@y.example> a \xc3\xa9crit :\n", b"-- \n", b"<!--",
        b"Content-Type: text/plain; format=flowed; delsp=yes; charset=\"\xff\"\n", b"Subject: =?utf-8?b?w6k=?=\n",
        b"Content-Disposition: attachment; filename*=iso-8859-1''%E9\n", b"=?utf-7?q?+AGE-?=", b"&#x110000;&#0;&amp",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.binary(max_size=40)), max_size=25).map(b"".join))
def test_no_bytes_make_it_raise_and_what_comes_out_can_be_stored(data: bytes) -> None:
    reply = read_reply(data)
    for text in (reply.words, reply.subject, reply.message_id, *reply.senders, *reply.attachments):
        assert "\x00" not in text
        text.encode()
    assert len(reply.identity) == 64


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ANSWERS), st.integers(), st.integers(1, 30))
def test_a_real_mail_with_bytes_lost_or_changed_is_still_read(name: str, seed: int, changes: int) -> None:
    data, chance = bytearray(raw(name)), random.Random(seed)
    for _one in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert isinstance(read_reply(bytes(data[: chance.randrange(len(data))])).words, str)
    read_reply(bytes(data)).words.encode()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=200))
def test_words_in_a_mail_of_one_line_come_out_as_they_went_in(words: str) -> None:
    line = " ".join(words.split())
    mail = f"From: awa@ville.example\nContent-Type: text/plain; charset=utf-8\n\nVoici ma réponse. {line} Fin.\n"
    assert read_reply(mail.encode()).words.split() == f"Voici ma réponse. {line} Fin.".split()
