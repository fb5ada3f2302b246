"""A text written elsewhere (Markdown, ODT, DOCX) as the articles it could become. Reads; keeps nothing."""

from principles.imports.document import Document, ImportRefused, Line
from principles.imports.pieces import Board, Piece, faults_of
from principles.imports.reading import LARGEST, read_document
from principles.imports.split import split_document

__all__ = [
    "LARGEST",
    "Board",
    "Document",
    "ImportRefused",
    "Line",
    "Piece",
    "faults_of",
    "read_document",
    "split_document",
]
