"""What is read from a file, before it is cut into articles."""

from collections import Counter
from dataclasses import dataclass, field

from coalition.core.errors import DomainError


class ImportRefused(DomainError):
    """The file cannot be read, or must not be: the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A heading of rank `level` (0 for the title of the document), or, for `level` None, a block of Markdown."""

    text: str
    level: int | None = None


@dataclass(slots=True)
class Document:
    """The lines of a document in order, and what of it could not be kept, counted by kind."""

    lines: list[Line] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, level: int | None = None) -> None:
        """One more line, unless it says nothing."""
        if text.strip():
            self.lines.append(Line(text.strip("\n") if level is None else " ".join(text.split()), level))
