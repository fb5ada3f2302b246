"""A version of the charter as a file: Markdown, HTML, JSON, ODT, DOCX, Akoma Ntoso. Same version, same bytes."""

from principles.exports.files import FORMATS, File, Format, write_file
from principles.exports.opinions import Opinion, opinions_on, register_opinion_source
from principles.exports.publication import Article, Publication, Step, publication_of

__all__ = [
    "FORMATS",
    "Article",
    "File",
    "Format",
    "Opinion",
    "Publication",
    "Step",
    "opinions_on",
    "publication_of",
    "register_opinion_source",
    "write_file",
]
