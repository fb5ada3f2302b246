"""The parts of a mail, however broken."""

import pytest

from coalition.notifications.replies.parts import addresses_in, attachment_name, decode_text, parse, text_of, unflow


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("été".encode(), "utf-8", "été"),
        ("été".encode("cp1252"), "", "été"),
        ("été".encode(), "us-ascii", "été"),
        ("l’été".encode("cp1252"), "iso-8859-1", "l’été"),
        ("été €".encode("iso-8859-15"), "iso-8859-15", "été €"),
        ("été".encode(), "no-such-thing", "été"),
        (b"mot", "base64_codec", "mot"),
        (b"mot", "unicode_escape", "mot"),
        (b"\xff\x81", "utf-8", "ÿ\x81"),
    ],
)
def test_characters_are_read_as_declared_or_as_they_most_likely_are(data: bytes, charset: str, text: str) -> None:
    assert decode_text(data, charset) == text


def test_soft_line_ends_are_undone_and_quotes_stay_apart() -> None:
    assert unflow("Un mot \net un autre.\n> cité \n> encore\nFin") == "Un mot et un autre.\n> cité encore\nFin"
    assert unflow("trop\u00e9 \nlong", delsp=True) == "tropélong"


def test_addresses_are_read_in_lower_case_and_what_is_not_one_is_left_out() -> None:
    assert addresses_in(['"Awa, Diop" <Awa@Ville.Example>', "pas une adresse", "x@y.example"]) == [
        "awa@ville.example",
        "x@y.example",
    ]


def test_a_signature_made_by_a_program_is_no_file() -> None:
    part = parse(b"Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment\n\nx")
    assert attachment_name(part) is None
    table = parse(b"Content-Type: text/plain; name=a.csv\nContent-Disposition: attachment; filename=a.csv\n\nx")
    assert attachment_name(table) == "a.csv"


def test_a_text_whose_transfer_encoding_is_broken_is_still_a_text() -> None:
    part = parse(b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%% not base64\n")
    assert isinstance(text_of(part), str)
