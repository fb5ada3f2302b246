"""Markdown and JSON of a version."""

import json
from collections.abc import Iterator
from typing import Any

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


def markdown_bytes(publication: Publication, language: str) -> bytes:
    """The version in Markdown; each article is a heading with its key in braces, so that it can be read back."""
    return ("\n\n".join(_parts(publication, language)) + "\n").encode()


def _parts(publication: Publication, language: str) -> Iterator[str]:
    yield f"# {publication.title[language]}"
    yield f"{version_line(publication)}. {authentic_line(publication)}"
    yield publication.address
    if publication.preamble[language]:
        yield f"## {preamble_word()} {{#}}"
        yield publication.preamble[language]
    for article in publication.articles:
        yield f"## {article_line(article, language)} {{#{article.key}}}"
        yield article.text[language]
        if article.opinions:
            yield f"**{opinions_word()}**"
        for opinion in article.opinions:
            yield "\n".join(f"> {line}".rstrip() for line in _opinion(opinion))
    yield "---"
    if publication.with_opinions and not has_opinions(publication):
        yield no_opinion_line()
    yield hash_line(publication)


def _opinion(opinion: Opinion) -> list[str]:
    return [f"{opinion_line(opinion)} :", "", *opinion.text.split("\n"), "", f"<{opinion.address}>"]


def json_bytes(publication: Publication, language: str) -> bytes:
    """The version in both languages, keys sorted; `reading_language` is the one the words around it are in."""
    document: dict[str, Any] = {
        "charter": publication.slug,
        "number": publication.number,
        "sha256": publication.sha256,
        "previous_sha256": publication.previous,
        "adopted_at": publication.adopted_at.isoformat(),
        "authentic_language": publication.authentic,
        "reading_language": language,
        "url": publication.address,
        "title": dict(publication.title),
        "preamble": dict(publication.preamble),
        "articles": [
            {
                "key": article.key,
                "position": article.position,
                "title": dict(article.title),
                "text": dict(article.text),
                **({"opinions": [_as_json(one) for one in article.opinions]} if publication.with_opinions else {}),
            }
            for article in publication.articles
        ],
        "history": [
            {"number": step.number, "adopted_on": step.on.isoformat(), "url": step.address, "amendment": step.amendment}
            for step in publication.history
        ],
    }
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def _as_json(opinion: Opinion) -> dict[str, str]:
    return {
        "who": opinion.who,
        "stance": str(opinion.stance),
        "text": opinion.text,
        "on": opinion.on.isoformat(),
        "url": opinion.address,
    }
