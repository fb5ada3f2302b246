"""The files of a version: same bytes for the same version, nothing lost, each what its format asks for."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_STORED, ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy
from hypothesis import given, settings, strategies as st

from principles.exports import FORMATS, Article, Opinion, Publication, Step, register_opinion_source, write_file
from principles.exports.markup import blocks_of, plain
from principles.exports.opinions import _sources, opinions_on
from principles.exports.sheet import policy_of
from principles.imports import read_document, split_document

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
RICH = (
    "1. Premier **gras** & *italique* `code`.\n2. Un [lien](https://a.example/?x=1&y=2)\n   - puce a\n   - puce b\n\n"
    "Paragraphe <balise>.\n\n### Un titre\n\n| a | b |\n|---|---|\n| c | d |\n\n> cité"
    "\n\n```\nligne\n```\n\n- x\n\n  suite\n- y"
)
OPINION = Opinion(
    "un", "Ville <Deux>", gettext_lazy("autre rédaction, refusée"), "Nous **ne** voulons pas.\n\n- raison",
    date(2026, 11, 3), "https://site.example/fr/charte/amendement/4/",
)  # fmt: skip
ARTICLES = (
    Article("un", 1, {"fr": "Titre & un", "en": "Title & one"}, {"fr": RICH, "en": "Text one."}),
    Article("deux", 2, {"fr": "Deux", "en": "Two"}, {"fr": "Un seul paragraphe.", "en": "One only."}),
)
PUBLICATION = Publication(
    slug="charte",
    number=2,
    sha256="a" * 64,
    previous="b" * 64,
    adopted_at=datetime(2026, 11, 14, 10, tzinfo=UTC),
    authentic="fr",
    title={"fr": "La charte des villes", "en": "The charter of cities"},
    preamble={"fr": "Nous, villes.", "en": "We, cities."},
    articles=ARTICLES,
    address="https://site.example/fr/charte/version/2/",
    history=(
        Step(1, date(2026, 10, 20), "https://site.example/fr/charte/version/1/"),
        Step(2, date(2026, 11, 14), "https://site.example/2/", 3, "https://site.example/3/", "Mieux <dire>"),
    ),
)  # fmt: skip
WITH_OPINIONS = replace(
    PUBLICATION, articles=(replace(ARTICLES[0], opinions=(OPINION,)), ARTICLES[1]), with_opinions=True
)


def xml(kind: str, publication: Publication = PUBLICATION, language: str = "fr") -> Element:
    root: Element = fromstring(write_file(publication, kind, language).data)
    return root


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_version_gives_the_same_bytes_and_says_its_text_and_its_hash(kind: str, language: str) -> None:
    first, second = (write_file(PUBLICATION, kind, language) for _ in range(2))
    assert first == second
    said = first.data
    if kind in ("odt", "docx"):
        with ZipFile(BytesIO(first.data)) as archive:
            assert archive.testzip() is None
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            said = b"".join(archive.read(name) for name in archive.namelist())
    assert b"a" * 64 in said
    assert {"fr": "Un seul paragraphe.", "en": "One only."}[language].encode() in said


def test_files_are_called_by_words() -> None:
    assert write_file(PUBLICATION, "odt", "fr").name == "la-charte-des-villes-version-2.odt"
    assert write_file(WITH_OPINIONS, "markdown", "fr").name == "la-charte-des-villes-version-2-avec-opinions.md"


@pytest.mark.parametrize("kind", FORMATS)
def test_opinions_are_printed_only_when_asked_for(kind: str) -> None:
    without, whole = (write_file(one, kind, "fr").data for one in (PUBLICATION, WITH_OPINIONS))
    if kind in ("odt", "docx"):
        name = {"odt": "content.xml", "docx": "word/document.xml"}[kind]
        without, whole = part(without, name).encode(), part(whole, name).encode()
    assert b"Ville" in whole and b"autre r" in whole and b"raison" in whole
    assert b"Ville" not in without


def test_a_version_without_opinions_says_so_when_they_were_asked_for() -> None:
    asked = replace(PUBLICATION, with_opinions=True)
    assert "Aucune opinion minoritaire" in write_file(asked, "markdown", "fr").data.decode()


def test_every_voice_registered_is_heard_once() -> None:
    def source(_version: object) -> Iterator[Opinion]:
        yield OPINION

    known = len(_sources)
    register_opinion_source(source)
    register_opinion_source(source)
    try:
        assert _sources[known:] == [source]
        assert [one for found in _sources[known:] for one in found(None)] == [OPINION]
    finally:
        _sources.remove(source)
    assert callable(opinions_on)


@pytest.mark.parametrize("kind", ["markdown", "odt", "docx"])
def test_what_was_exported_is_read_back_as_the_same_articles(kind: str) -> None:
    board = split_document(read_document(write_file(PUBLICATION, kind, "fr").data))
    assert (board.title, board.preamble) == ("La charte des villes", "Nous, villes.")
    assert [one.title for one in board.pieces] == ["Titre & un", "Deux"]
    assert board.pieces[1].text.startswith("Un seul paragraphe.")
    first, again = (" ".join(plain(b.runs) for b in blocks_of(text)) for text in (RICH, board.pieces[0].text))
    assert [word for word in first.split() if word.isalpha()] == [word for word in again.split() if word.isalpha()]
    if kind == "markdown":
        assert [one.key for one in board.pieces] == ["un", "deux"]
        assert board.pieces[0].text == RICH


def test_json_holds_both_languages_and_the_way_to_this_version() -> None:
    document = json.loads(write_file(PUBLICATION, "json", "fr").data)
    assert document["articles"][0]["text"] == {"fr": RICH, "en": "Text one."}
    assert [one["amendment"] for one in document["history"]] == [None, 3]
    assert "opinions" not in document["articles"][0]
    assert json.loads(write_file(WITH_OPINIONS, "json", "fr").data)["articles"][1]["opinions"] == []


def test_the_page_to_print_needs_nothing_else_and_carries_the_hash_at_the_foot_of_each_sheet() -> None:
    html = write_file(WITH_OPINIONS, "html", "fr").data.decode()
    assert "@page{size:A4" in html and f"content:'{'a' * 64}'" in html
    assert not re.search(r"(src|href)=\"(?!https://(site|a)\.example)", html) and "<script" not in html
    assert "&lt;balise&gt;" in html and "Ville &lt;Deux&gt;" in html
    assert policy_of(PUBLICATION).startswith("default-src 'none'; style-src 'sha256-")


def test_odt_and_docx_are_built_as_their_readers_expect() -> None:
    odt, docx = (write_file(WITH_OPINIONS, kind, "fr").data for kind in ("odt", "docx"))
    with ZipFile(BytesIO(odt)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        listed = fromstring(archive.read("META-INF/manifest.xml"))
        assert {one.get(one.keys()[0]) for one in listed} == {"/", "content.xml", "styles.xml", "meta.xml"}
    for data, names in ((odt, ("content.xml", "styles.xml")), (docx, ("word/document.xml", "word/footer1.xml"))):
        for name in names:
            fromstring(part(data, name))
    assert "a" * 64 in part(odt, "styles.xml") and "a" * 64 in part(docx, "word/footer1.xml")
    used = set(re.findall(r'r:id="(\w+)"', part(docx, "word/document.xml")))
    declared = set(re.findall(r'Id="(\w+)"', part(docx, "word/_rels/document.xml.rels")))
    assert used <= declared


def test_akoma_ntoso_names_the_work_the_expression_and_the_file_in_the_order_of_the_standard() -> None:
    root = xml("akoma-ntoso", WITH_OPINIONS, "en")
    act = root[0]
    assert (root.tag, act.tag, act.get("contains")) == (f"{AKN}akomaNtoso", f"{AKN}act", "singleVersion")
    order = ["meta", "preface", "preamble", "body", "conclusions"]
    assert [one.tag.removeprefix(AKN) for one in act] == order
    assert [one.tag.removeprefix(AKN) for one in act[0]] == ["identification", "lifecycle", "references", "notes"]
    uris = [one.get("value") for one in act.iter(f"{AKN}FRBRuri")]
    work = "/akn/zz/act/charter/2026-10-20/charte"
    assert uris == [work, f"{work}/eng@2026-11-14.2", f"{work}/eng@2026-11-14.2.akn"]
    translation = act.find(f".//{AKN}FRBRtranslation")
    assert translation is not None and translation.get("fromLanguage") == "fra"
    assert translation.get("href") == f"{work}/fra@2026-11-14.2"
    assert xml("akoma-ntoso").find(f".//{AKN}FRBRtranslation") is None


def test_akoma_ntoso_tells_the_life_of_the_charter_and_each_reference_leads_somewhere() -> None:
    for kind in ("akoma-ntoso", "akoma-ntoso-deux-langues"):
        root = xml(kind, WITH_OPINIONS)
        names = [one.get("eId") for one in root.iter() if one.get("eId")]
        assert len(names) == len(set(names))
        for one in root.iter():
            for attribute in ("source", "href", "by"):
                target = one.get(attribute, "")
                assert not target.startswith("#") or target[1:] in names, (one.tag, target)
        events = [(one.get("type"), one.get("date")) for one in root.iter(f"{AKN}eventRef")]
        assert events[:2] == [("generation", "2026-10-20"), ("amendment", "2026-11-14")]


def test_akoma_ntoso_keeps_every_word_the_numbers_and_the_keys_of_articles() -> None:
    article = xml("akoma-ntoso").find(f".//{AKN}article")
    assert article is not None
    assert (article.get("eId"), article.get("wId")) == ("art_1", "art_un")
    numbers = [one.text for one in article.iter(f"{AKN}num")]
    assert numbers == ["1", "1.", "2."]
    said = words(article)
    for block in blocks_of(RICH):
        assert all(word in said for word in plain(block.runs).split())


def test_both_languages_stand_in_one_collection_the_authentic_one_first() -> None:
    root = xml("akoma-ntoso-deux-langues")
    parts = root.findall(f".//{AKN}component")
    assert [one.get("eId") for one in parts] == ["cmp_fr", "cmp_en"]
    assert [one.find(f".//{AKN}docTitle").text for one in parts] == list(PUBLICATION.title.values())  # type: ignore[union-attr]


MARKDOWN = st.lists(
    st.sampled_from(
        ["1. a", "- b", "   - c", "**d**", "| e |\n|---|\n| f |", "> g", "# h", "```\ni\n```", "<j>&", "\\*k", "---"]
    ),
    max_size=8,
).map("\n\n".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(MARKDOWN | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=80))
def test_whatever_the_text_each_file_is_well_formed(text: str) -> None:
    one = replace(PUBLICATION, articles=(replace(ARTICLES[0], text={"fr": text, "en": text}, opinions=(OPINION,)),))
    for kind in ("akoma-ntoso", "akoma-ntoso-deux-langues"):
        fromstring(write_file(one, kind, "fr").data)
    fromstring(part(write_file(one, "odt", "fr").data, "content.xml"))
    fromstring(part(write_file(one, "docx", "fr").data, "word/document.xml"))
