"""Files as people have them, and files made to do harm: each is read, or refused in a sentence, in under a second."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from principles.imports import LARGEST, Board, ImportRefused, read_document, split_document
from tests.principles.imports.files import docx, odt, paragraph, zipped

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]><lolz>&lol9;</lolz>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
DEEP = "<a>" * 5_000 + "</a>" * 5_000


def read(data: bytes) -> Board:
    return split_document(read_document(data))


def test_a_docx_gives_its_articles_with_their_lists_and_styles() -> None:
    board = read(
        docx(
            paragraph("La charte", "T")
            + paragraph("Nous, villes.")
            + paragraph("Article 1. Décider", "H1")
            + paragraph("Débattre en public.", listed=0)
            + paragraph("avec tous", listed=1)
            + paragraph("Décider ensuite.", listed=0)
            + paragraph("2. Garder un guichet", "H1")
            + "<w:p><w:r><w:t>Un guichet </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>humain*.</w:t></w:r></w:p>"
        )
    )
    assert (board.title, board.preamble) == ("La charte", "Nous, villes.")
    assert [(one.key, one.title) for one in board.pieces] == [
        ("decider", "Décider"),
        ("garder-un-guichet", "Garder un guichet"),
    ]
    assert board.pieces[0].text == "1. Débattre en public.\n   - avec tous\n2. Décider ensuite."
    assert board.pieces[1].text == "Un guichet **humain\\*.**"
    assert not board.warnings


def test_an_odt_gives_its_articles_with_their_lists_and_styles() -> None:
    styles = (
        '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        "</text:list-style>"
    )
    board = read(
        odt(
            '<text:p text:style-name="Title">La charte</text:p><text:h text:outline-level="1">Préambule</text:h>'
            '<text:p>Nous,<text:s/>villes.</text:p><text:h text:outline-level="1">Article 1 – Décider</text:h>'
            '<text:list text:style-name="L"><text:list-item><text:p>En '
            '<text:span text:style-name="B">public</text:span>.'
            "</text:p></text:list-item><text:list-item><text:p>Ensuite.</text:p></text:list-item></text:list>"
            '<text:h text:outline-level="1">Garder</text:h><text:p>Un guichet.</text:p>',
            styles,
        )
    )
    assert (board.title, board.preamble) == ("La charte", "Nous, villes.")
    assert [one.text for one in board.pieces] == ["1. En **public**.\n2. Ensuite.", "Un guichet."]


def test_markdown_is_cut_at_its_headings_and_keys_in_braces_are_kept() -> None:
    board = read(
        "---\ntitle: x\n---\n# La charte\n\nNous.\n\n## Article 1. Décider {#dec-1}\n\n1. Un.\n\n```\n"
        "## pas un titre\n```\n"
        "\n## Garder\n\nUn guichet.\n".encode()
    )
    assert (board.title, board.preamble) == ("La charte", "Nous.")
    assert [(one.key, one.title) for one in board.pieces] == [("dec-1", "Décider"), ("garder", "Garder")]
    assert "## pas un titre" in board.pieces[0].text


def test_lines_that_begin_with_article_are_headings_where_there_are_none() -> None:
    board = read("Nous.\n\n**Article 1 : Décider**\n\nUn.\n\nArticle 2. Garder\n\nDeux.".encode())
    assert [(one.title, one.text) for one in board.pieces] == [("Décider", "Un."), ("Garder", "Deux.")]
    assert board.preamble == "Nous."


def test_a_text_without_any_heading_is_one_article_and_says_so() -> None:
    board = read(b"Un texte.\n\nUn autre.")
    assert [one.text for one in board.pieces] == ["Un texte.\n\nUn autre."]
    assert "Aucun titre d’article" in board.warnings[0]


def test_an_article_of_the_charter_is_known_by_its_title() -> None:
    board = split_document(read_document("# Décider\n\nUn.\n\n# Autre\n\nDeux.".encode()), keys={"decider": "cle-1"})
    assert [one.key for one in board.pieces] == ["cle-1", "autre"]


def test_what_cannot_be_kept_is_named_with_its_number() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    gone = "<w:del><w:r><w:delText>non</w:delText></w:r></w:del>"
    picture = f"<w:p><w:r><w:drawing/></w:r><w:r><w:footnoteReference/></w:r>{gone}</w:p>"
    board = read(docx(paragraph("Un", "H1") + table + picture + paragraph("Deux", "H1")))
    said = " ".join(board.warnings)
    assert all(word in said for word in ("1 image", "1 tableau", "1 note", "1 modification"))
    assert "| a |" in board.pieces[0].text and "non" not in board.pieces[0].text
    assert "1 image" in read(b"# A\n\n![x](y.png) <b>z</b>\n\n# B\n\nc").warnings[1]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "thirty megabytes": lambda: b"a" * (30 * 1024 * 1024),
    "a bomb": lambda: docx("", word__media__a=b"\0" * (80 * 1024 * 1024)),
    "a part that swells": lambda: zipped(content_x=b" " * (50 * 1024 * 1024)),
    "a billion laughs": lambda: zipped(content_x=BILLION_LAUGHS),
    "an outside entity": lambda: zipped(word__document_x=XXE),
    "a deep tree": lambda: zipped(content_x=DEEP),
    "a cut archive": lambda: docx(paragraph("Un"))[:-40],
    "noise in an archive": lambda: b"PK\x03\x04" + bytes(range(256)) * 40,
    "broken XML": lambda: zipped(content_x="<a><b></a>"),
    "no text part": lambda: zipped(content_x="<a/>"),
    "another archive": lambda: zipped(readme="x"),
    "macros": lambda: docx(paragraph("Un"), **{"word__vbaProject.bin": "x"}),
    "many members": lambda: zipped(**{f"n{number}": "" for number in range(2_500)}),
    "an old document": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 900,
    "a PDF": lambda: b"%PDF-1.7 x",
    "not a text": lambda: bytes(range(128, 256)),
    "nothing": lambda: b"  \n",
    "a very long text": lambda: b"a " * 700_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_in_under_a_second(name: str) -> None:
    data = HOSTILE[name]()
    started = time.perf_counter()
    with pytest.raises(ImportRefused) as refused:
        read_document(data)
    assert time.perf_counter() - started < 1
    assert str(refused.value.message).endswith(".")


def test_the_longest_text_read_is_read_in_a_few_seconds() -> None:
    body = "".join(paragraph(f"Article {n}", "H1") + paragraph("mot " * 300) for n in range(2_500))
    started = time.perf_counter()
    assert len(read(docx(body)).pieces) == 2_500
    assert time.perf_counter() - started < 4
    assert len(docx(body)) < LARGEST


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_whatever_the_bytes_they_are_read_or_refused(data: bytes) -> None:
    for given_bytes in (data, b"PK\x03\x04" + data):
        try:
            read(given_bytes)
        except ImportRefused:
            continue


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_whatever_the_text_no_line_is_lost(text: str) -> None:
    """Every word with a letter of a plain text is in the board."""
    words = [word for word in text.split() if word.isalnum() and word.isascii()]
    try:
        board = read(f"Avant.\n\n{' '.join(words)}".encode())
    except ImportRefused:
        return
    said = " ".join([board.title, board.preamble, *(f"{one.title} {one.text}" for one in board.pieces)])
    assert all(word in said for word in words)
