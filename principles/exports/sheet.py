"""A version as one HTML page that needs nothing else: to keep, to send, to print on A4 with its hash on each sheet."""

import base64
import hashlib
from collections.abc import Iterator

from django.utils.html import escape

from coalition.core.markdown import to_html
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

STYLE = (
    "html{font:1rem/1.55 Georgia,'Times New Roman',serif;color:#111;background:#fff}"
    "body{max-width:40rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}"
    "h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.2rem;margin:2rem 0 .4rem}h3{font-size:1rem;margin:1rem 0 .3rem}"
    "a{color:inherit}header p,footer p{font:.85rem/1.4 system-ui,sans-serif}"
    "code{font-size:.8rem;overflow-wrap:anywhere}footer{border-top:1px solid;margin-top:2rem}"
    "aside{border-left:3px solid #777;padding-left:.9rem;font-size:.95rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #777;padding:.2rem .5rem;text-align:left}"
    "@media print{html{font-size:11pt}body{max-width:none;margin:0;padding:0}h2,h3{break-after:avoid}"
    "aside,li,tr{break-inside:avoid}}"
)
PAGE = "@page{{size:A4;margin:20mm 18mm 24mm;@bottom-left{{content:'{hash}';font:7pt monospace}}"
PAGE += "@bottom-right{{content:counter(page) ' / ' counter(pages);font:8pt sans-serif}}}}"


def style_of(publication: Publication) -> str:
    """The only style sheet of the page; the hash of the version stands at the foot of each printed sheet."""
    return PAGE.format(hash=publication.sha256) + STYLE


def policy_of(publication: Publication) -> str:
    """The content security policy under which a browser may show the page: its own style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style_of(publication).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; sandbox allow-modals"


def html_bytes(publication: Publication, language: str) -> bytes:
    """The page."""
    return "\n".join(_lines(publication, language)).encode()


def _lines(publication: Publication, language: str) -> Iterator[str]:
    title = escape(publication.title[language])
    yield f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}, {escape(version_line(publication))}</title><style>{style_of(publication)}</style></head>"
    yield f"<body><header><h1>{title}</h1>"
    yield f"<p>{escape(version_line(publication))}. {escape(authentic_line(publication))}"
    yield f"<br>{_link(publication.address)}</p></header><main>"
    if publication.preamble[language]:
        yield f"<section><h2>{escape(preamble_word())}</h2>\n{to_html(publication.preamble[language])}</section>"
    for article in publication.articles:
        yield f'<section id="{escape(article.key)}"><h2>{escape(article_line(article, language))}</h2>'
        yield f"{to_html(article.text[language])}{''.join(_opinions(article.opinions))}</section>"
    if publication.with_opinions and not has_opinions(publication):
        yield f"<p>{escape(no_opinion_line())}</p>"
    yield f"</main><footer><p>{escape(version_line(publication))}<br><code>{escape(hash_line(publication))}</code></p>"
    yield "</footer></body></html>\n"


def _opinions(opinions: tuple[Opinion, ...]) -> Iterator[str]:
    if opinions:
        yield f"<aside><h3>{escape(opinions_word())}</h3>"
    for opinion in opinions:
        yield f"<p><b>{escape(opinion_line(opinion))}</b> {_link(opinion.address)}</p>{to_html(opinion.text)}"
    if opinions:
        yield "</aside>"


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'
