"""The files a version can be had as: names in words, content types, and one call that writes any of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from principles.exports.akoma import akoma_both_bytes, akoma_bytes
from principles.exports.docx import docx_bytes
from principles.exports.odt import odt_bytes
from principles.exports.publication import Publication
from principles.exports.sheet import html_bytes
from principles.exports.text import json_bytes, markdown_bytes

Writer = Callable[[Publication, str], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its name in addresses, how it is called, its ending, its content type, who writes it."""

    slug: str
    label: str | Promise
    ending: str
    content_type: str
    write: Writer


OPEN = "application/vnd.oasis.opendocument.text"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE, TEXT, DATA = (f"{kind}; charset=utf-8" for kind in ("text/html", "text/markdown", "application/json"))
LEGAL = "application/akn+xml"
BOTH = "akoma-ntoso-deux-langues"
_ALL = (
    Format("odt", gettext_lazy("Traitement de texte (ODT)"), "odt", OPEN, odt_bytes),
    Format("docx", gettext_lazy("Traitement de texte (DOCX)"), "docx", WORD, docx_bytes),
    Format("html", gettext_lazy("Page seule, prête à imprimer (HTML)"), "html", PAGE, html_bytes),
    Format("markdown", gettext_lazy("Texte balisé (Markdown)"), "md", TEXT, markdown_bytes),
    Format("json", gettext_lazy("Données (JSON)"), "json", DATA, json_bytes),
    Format("akoma-ntoso", gettext_lazy("Norme des textes de loi (Akoma Ntoso)"), "xml", LEGAL, akoma_bytes),
    Format(BOTH, gettext_lazy("Akoma Ntoso, les deux langues en un fichier"), "xml", LEGAL, akoma_both_bytes),
)
FORMATS: dict[str, Format] = {one.slug: one for one in _ALL}


@dataclass(frozen=True, slots=True)
class File:
    """A written file: what a browser calls it, what it is, its bytes."""

    name: str
    content_type: str
    data: bytes


def write_file(publication: Publication, slug: str, language: str) -> File:
    """The version in one format and one language. The same bytes for the same publication. KeyError for no format."""
    kind = FORMATS[slug]
    with translation.override(language):
        return File(_name(publication, kind, language), kind.content_type, kind.write(publication, language))


def _name(publication: Publication, kind: Format, language: str) -> str:
    """ "charte-des-villes-numeriques-ouvertes-version-2-avec-opinions.odt"."""
    words = [slugify(publication.title[language]), _("version-%(number)d") % {"number": publication.number}]
    if publication.with_opinions:
        words.append(_("avec-opinions"))
    if kind.slug == BOTH:
        words.append("fr-en")
    return f"{'-'.join(words)}.{kind.ending}"
