"""Reading an Office Open XML document: headings, paragraphs, lists, tables; what it cannot keep is counted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from principles.imports.archive import Archive, broken
from principles.imports.document import Document
from principles.imports.marks import as_block, as_item, as_table, styled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VAL = f"{W}val"
_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s*(\d)", re.IGNORECASE)
LOST = {
    f"{W}footnoteReference": "notes",
    f"{W}endnoteReference": "notes",
    f"{W}commentReference": "comments",
    f"{W}drawing": "pictures",
    f"{W}pict": "pictures",
    f"{W}object": "pictures",
}
GONE = {f"{W}del", f"{W}moveFrom"}


@dataclass
class _Context:
    """What the other parts say: ranks of styles, lists that count, addresses; and where each list stands."""

    document: Document
    levels: dict[str, int] = field(default_factory=dict)
    counting: dict[tuple[str, int], bool] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    numbers: Counter[tuple[str, int]] = field(default_factory=Counter)


def read_docx(archive: Archive) -> Document:
    """The document. ImportRefused when it has no text part."""
    root = archive.part("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise broken()
    context = _Context(Document())
    _learn_styles(context, archive.part("word/styles.xml"))
    _learn_lists(context, archive.part("word/numbering.xml"))
    _learn_links(context, archive.part("word/_rels/document.xml.rels"))
    _read(body, context)
    return context.document


def _learn_styles(context: _Context, part: Element | None) -> None:
    for style in part.iter(f"{W}style") if part is not None else ():
        key, name = style.get(f"{W}styleId", ""), _value(style.find(f"{W}name"))
        rank = style.find(f"{W}pPr/{W}outlineLvl")
        if name.lower() in ("title", "titre"):
            context.levels[key] = 0
        elif found := _HEADING.match(name):
            context.levels[key] = int(found[1])
        elif rank is not None and _value(rank) in tuple("012345678"):
            context.levels[key] = int(_value(rank)) + 1


def _learn_lists(context: _Context, part: Element | None) -> None:
    if part is None:
        return
    kinds: dict[str, dict[int, bool]] = {}
    for abstract in part.iter(f"{W}abstractNum"):
        levels = {
            _whole(level.get(f"{W}ilvl", "0")): _value(level.find(f"{W}numFmt")) not in ("bullet", "none", "")
            for level in abstract.iter(f"{W}lvl")
        }
        kinds[abstract.get(f"{W}abstractNumId", "")] = levels
    for number in part.iter(f"{W}num"):
        for level, counts in kinds.get(_value(number.find(f"{W}abstractNumId")), {}).items():
            context.counting[number.get(f"{W}numId", ""), level] = counts


def _learn_links(context: _Context, part: Element | None) -> None:
    for relation in part if part is not None else ():
        if relation.get("TargetMode") == "External":
            context.links[relation.get("Id", "")] = relation.get("Target", "")


def _value(element: Element | None) -> str:
    return element.get(VAL, "") if element is not None else ""


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _read(parent: Iterable[Element], context: _Context) -> None:
    for element in parent:
        if element.tag == f"{W}p":
            _read_paragraph(element, context)
        elif element.tag == f"{W}tbl":
            _read_table(element, context)
        elif element.tag == f"{W}sdt":
            inner = element.find(f"{W}sdtContent")
            _read(inner if inner is not None else [], context)
        elif element.tag in GONE:
            context.document.lost["changes"] += 1
        elif element.tag != f"{W}sectPr":
            _read(element, context)


def _read_paragraph(element: Element, context: _Context) -> None:
    properties = element.find(f"{W}pPr")
    style, level, listed = "", None, None
    if properties is not None:
        style = _value(properties.find(f"{W}pStyle"))
        level, listed = context.levels.get(style), properties.find(f"{W}numPr")
    words = "".join(_pieces(element, context, marked=level is None))
    if level is not None:
        context.document.add(words, level)
    elif listed is not None and words.strip():
        context.document.add(_item(listed, words, context))
    else:
        context.document.add(as_block(words))


def _item(listed: Element, words: str, context: _Context) -> str:
    depth, name = _whole(_value(listed.find(f"{W}ilvl"))), _value(listed.find(f"{W}numId"))
    for key in [key for key in context.numbers if key[0] == name and key[1] > depth]:
        del context.numbers[key]
    context.numbers[name, depth] += 1
    number = context.numbers[name, depth] if context.counting.get((name, depth)) else None
    return as_item(words, level=depth + 1, number=number)


def _read_table(element: Element, context: _Context) -> None:
    rows = []
    for row in element.iter(f"{W}tr"):
        cells = [cell for cell in row if cell.tag == f"{W}tc"]
        rows.append([" ".join("".join(_pieces(p, context, True)) for p in cell.iter(f"{W}p")) for cell in cells])
    context.document.lost["tables"] += 1
    context.document.add(as_table([row for row in rows if any(cell.strip() for cell in row)]))


def _pieces(element: Element, context: _Context, marked: bool, link: str = "") -> Iterator[str]:
    """The words of a paragraph with their marks, as if every tracked change were accepted."""
    for child in element:
        if child.tag in GONE:
            context.document.lost["changes"] += 1
        elif child.tag == f"{W}r":
            yield _run(child, context, marked, link)
        elif child.tag == f"{W}hyperlink":
            yield from _pieces(child, context, marked, context.links.get(child.get(REL, ""), ""))
        elif child.tag != f"{W}pPr":
            if child.tag in (f"{W}ins", f"{W}moveTo"):
                context.document.lost["changes"] += 1
            yield from _pieces(child, context, marked, link)


def _run(run: Element, context: _Context, marked: bool, link: str) -> str:
    words = []
    for child in run:
        if kind := LOST.get(child.tag):
            context.document.lost[kind] += 1
        elif child.tag == f"{W}t":
            words.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            words.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            words.append("\u2011")
    text = "".join(words)
    if not marked:
        return text
    properties = run.find(f"{W}rPr")
    return styled(text, bold=_is_on(properties, "b"), italic=_is_on(properties, "i"), link=link)


def _is_on(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(VAL, "1") not in ("0", "false", "off")
