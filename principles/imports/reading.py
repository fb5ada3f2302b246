"""Which reader a file needs: its content decides, never its name."""

from django.utils.translation import gettext as _

from principles.imports.archive import Archive
from principles.imports.document import Document, ImportRefused
from principles.imports.docx import read_docx
from principles.imports.odt import read_odt
from principles.imports.text import read_markdown

LARGEST = 5 * 1024 * 1024
LONGEST_TEXT = 1024 * 1024


def read_document(data: bytes) -> Document:
    """The lines of a Markdown, ODT or DOCX file. ImportRefused with a sentence for the reader otherwise.

    Bounds: 5 MB for a file, 1 MB for Markdown, 4 MB for one part of an archive, 60 MB announced in all.
    """
    if len(data) > LARGEST:
        raise ImportRefused(_("Ce fichier dépasse 5 Mo : enlevez-en les images, puis recommencez."))
    if not data.strip():
        raise ImportRefused(_("Ce fichier est vide."))
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-")):
        raise ImportRefused(_("Nous lisons Markdown, ODT et DOCX : enregistrez votre texte sous l’un de ces formats."))
    if data.startswith(b"PK"):
        return _from_archive(Archive(data))
    if len(data) > LONGEST_TEXT:
        raise ImportRefused(_("Ce texte est trop long pour une charte : un million de signes au plus."))
    return read_markdown(data)


def _from_archive(archive: Archive) -> Document:
    if archive.holds("word/document.xml"):
        return read_docx(archive)
    if archive.holds("content.xml"):
        return read_odt(archive)
    raise ImportRefused(_("Nous lisons Markdown, ODT et DOCX : enregistrez votre texte sous l’un de ces formats."))
