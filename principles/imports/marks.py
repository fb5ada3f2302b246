"""Words of a word processor as Markdown: what would be read as a mark is escaped, styles become marks."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_OPENS = re.compile(r"^(\s*)([#>+-]|~{3,}|={2,})(?=\s|$)")
_BULLET = re.compile(r"^\s*[•◦▪‣·–—-]\s+")
_NUMBER = re.compile(r"^\s*(\d{1,3})\s?[.)]\s+")


def escaped(text: str) -> str:
    """Text in which nothing is a mark of Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def styled(text: str, *, bold: bool = False, italic: bool = False, link: str = "") -> str:
    """Words with their marks; the space around them stays outside, as Markdown asks."""
    words = escaped(text)
    inner = words.strip()
    if not inner or not (bold or italic or link):
        return words
    left, right = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    mark = "*" * (2 * bold + italic)
    inner = f"{mark}{inner}{mark}"
    if link.startswith(("http://", "https://", "mailto:")) and not re.search(r"[\s<>()]", link):
        inner = f"[{inner}]({link})"
    return f"{left}{inner}{right}"


def as_block(text: str) -> str:
    """A paragraph: a bullet or a number written by hand opens an item, any other mark at its start is words."""
    text = text.strip()
    if found := _BULLET.match(text):
        return f"- {text[found.end() :]}"
    if found := _NUMBER.match(text):
        return f"{found[1]}. {text[found.end() :]}"
    return _OPENS.sub(r"\1\\\2", text)


def as_item(text: str, *, level: int, number: int | None) -> str:
    """An item of an automatic list, `level` from 1."""
    mark = "-" if number is None else f"{number}."
    return f"{'   ' * (level - 1)}{mark} {' '.join(text.split())}"


def as_table(rows: list[list[str]]) -> str:
    """Rows of cells as a table; the first is its head."""
    width = max((len(row) for row in rows), default=0)
    lines = ["| " + " | ".join(_cell(cell) for cell in [*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * width, *lines[1:]]) if width else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
