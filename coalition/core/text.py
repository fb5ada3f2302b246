"""Text as machines compare it."""

import re
import unicodedata

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
WORD = re.compile(r"[a-z0-9]+")
COMPOUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
GLUED = re.compile(r"\b[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ][^\W\d_]*\b")
GLUED_PART = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+")


def fold(text: str) -> str:
    """Lower-case ASCII form of `text` without accents or doubled spaces: "Évaluation  à Lomé" -> "evaluation a lome".

    Index and query are folded alike, because the bundled PostgreSQL has no unaccent.
    """
    return " ".join(anyascii(unicodedata.normalize("NFC", text)).lower().split())


def words_of(text: str) -> list[str]:
    """The folded words of a text: letters and figures only, so that "l’eau" is "l", "eau" and a sign is never one."""
    return WORD.findall(fold(text))


def search_text(text: str) -> str:
    """What an index reads of a text: its folded words, then compounds in one piece and names glued together in parts.

    Signs are gone, because PostgreSQL would keep "beta.gouv.fr" or "2024-25" whole and find no part of them.
    "Co-voiturage" is also written "covoiturage", which is how others type it, "OpenLitterMap" also "open litter map".
    """
    folded = fold(text)
    compounds = dict.fromkeys(found.replace("-", "") for found in COMPOUND.findall(folded))
    parts = dict.fromkeys(fold(part) for glued in GLUED.findall(text) for part in GLUED_PART.findall(glued))
    return " ".join([*WORD.findall(folded), *compounds, *WORD.findall(" ".join(parts))])


def one_line(text: str) -> str:
    """`text` with control characters and line breaks turned into single spaces (for subjects, labels, headers)."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


def settle_text(text: str) -> str:
    """`text` as it is kept: Unicode NFC, line ends "\\n", no space at line ends, no blank line around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n").strip()


def is_mail_address(text: str) -> bool:
    """Would a form take it for an e-mail address? 254 characters at most."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def has_hidden_characters(text: str) -> bool:
    """Whether a line holds what nobody sees: controls, line breaks, marks that turn writing around, unassigned.

    The two joiners that Persian and the scripts of India need are let through.
    """
    return any(unicodedata.category(c) in HIDDEN and c not in JOINERS for c in text)
