"""Reading Markdown: headings as CommonMark has them, everything between them kept as it is written."""

import codecs
import re

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from principles.imports.document import Document, ImportRefused

_parser = MarkdownIt("commonmark")
_PICTURE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])")


def read_markdown(data: bytes) -> Document:
    """The document. ImportRefused for what is not text in UTF-8 (or UTF-16 that says so)."""
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    document = Document()
    text = _without_pictures(text, document)
    lines = text.split("\n")
    at = _after_front_matter(lines)
    tokens = _parser.parse("\n".join(lines[at:]))
    lines = lines[at:]
    done = 0
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            document.add("\n".join(lines[done : token.map[0]]))
            document.add(tokens[index + 1].content, int(token.tag[1]))
            done = token.map[1]
        _count_lost(document, token)
    document.add("\n".join(lines[done:]))
    return document


def _decoded(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(_("Ce fichier n’est ni un texte en UTF-8, ni un document ODT ou DOCX.")) from error
    if "\x00" in text:
        raise ImportRefused(_("Ce fichier n’est ni un texte en UTF-8, ni un document ODT ou DOCX."))
    return text


def _after_front_matter(lines: list[str]) -> int:
    """The first line after a front matter between two `---`, 0 without any."""
    if not lines or lines[0].strip() != "---":
        return 0
    closing = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() == "---"), -1)
    return closing + 1 if any(":" in line for line in lines[1 : max(closing, 1)]) else 0


def _without_pictures(text: str, document: Document) -> str:
    """The text without its pictures, which are counted."""
    text, count = _PICTURE.subn("", text)
    document.lost["pictures"] += count
    return text


def _count_lost(document: Document, token: Token) -> None:
    """Count what stands in HTML: it is kept, and will read as it is written."""
    inline = sum(child.type == "html_inline" for child in token.children or ())
    document.lost["html"] += inline + (token.type == "html_block")
