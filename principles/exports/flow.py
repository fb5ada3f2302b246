"""A version as a run of styled paragraphs: what the two word processors' formats have in common."""

from collections.abc import Iterator
from dataclasses import dataclass

from principles.exports.markup import Block, Run, blocks_of
from principles.exports.opinions import Opinion
from principles.exports.publication import Publication
from principles.exports.words import (
    article_line,
    authentic_line,
    has_opinions,
    hash_line,
    no_opinion_line,
    opinion_line,
    opinions_word,
    preamble_word,
    version_line,
)

OF_KIND = {
    "paragraph": "Text",
    "heading": "Subheading",
    "item": "Item",
    "quote": "Quote",
    "code": "Code",
    "rule": "Rule",
    "row": "Cell",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block in one style: Title, Meta, Heading, Text, Subheading, Item, Quote, Code, Rule, Cell, Opinion."""

    style: str
    block: Block


def paragraphs_of(publication: Publication, language: str) -> Iterator[Paragraph]:
    """The version from its title to its hash."""
    yield _words("Title", publication.title[language])
    yield _words("Meta", f"{version_line(publication)}. {authentic_line(publication)}")
    yield Paragraph("Meta", Block("paragraph", (Run(publication.address, link=publication.address),)))
    if publication.preamble[language]:
        yield _words("Heading", preamble_word())
        yield from _text(publication.preamble[language])
    for article in publication.articles:
        yield _words("Heading", article_line(article, language))
        yield from _text(article.text[language])
        if article.opinions:
            yield _words("Subheading", opinions_word())
        for opinion in article.opinions:
            yield from _opinion(opinion)
    if publication.with_opinions and not has_opinions(publication):
        yield _words("Meta", no_opinion_line())
    yield _words("Meta", hash_line(publication))


def _words(style: str, text: str) -> Paragraph:
    return Paragraph(style, Block("paragraph", (Run(text),)))


def _text(markdown: str) -> Iterator[Paragraph]:
    for block in blocks_of(markdown):
        yield Paragraph(OF_KIND[block.kind], block)


def _opinion(opinion: Opinion) -> Iterator[Paragraph]:
    yield Paragraph("Opinion", Block("paragraph", (Run(opinion_line(opinion), strong=True),)))
    for block in blocks_of(opinion.text):
        yield Paragraph("Opinion", block)
    yield Paragraph("Opinion", Block("paragraph", (Run(opinion.address, link=opinion.address),)))
