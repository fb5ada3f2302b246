"""Reading an OpenDocument text: headings, paragraphs, lists, tables; what it cannot keep is counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from principles.imports.archive import Archive, broken
from principles.imports.document import Document
from principles.imports.marks import as_block, as_item, as_table, styled

_SPACES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{space}:1.0}}"
    for name, space in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
}  # fmt: skip
LINK = "{http://www.w3.org/1999/xlink}href"
SKIPPED = {"text:tracked-changes": "changes", "text:note": "notes", "office:annotation": "comments"}


def _name(short: str) -> str:
    space, local = short.split(":")
    return _SPACES[space] + local


_SKIPPED = {_name(short): kind for short, kind in SKIPPED.items()}


@dataclass
class _Styles:
    """What the styles of a document say: bold, italic, titles, lists that count."""

    bold: set[str] = field(default_factory=set)
    italic: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=lambda: {"Title"})
    levels: dict[str, int] = field(default_factory=dict)
    counting: set[tuple[str, int]] = field(default_factory=set)


def read_odt(archive: Archive) -> Document:
    """The document. ImportRefused when it has no text part."""
    content = archive.part("content.xml")
    body = content.find(f"{_name('office:body')}/{_name('office:text')}") if content is not None else None
    if content is None or body is None:
        raise broken()
    styles = _Styles()
    for part in (archive.part("styles.xml"), content):
        if part is not None:
            _learn(styles, part)
    document = Document()
    _read(body, styles, document)
    if pictures := archive.count(["Pictures/"]):
        document.lost["pictures"] = pictures
    return document


def _learn(styles: _Styles, part: Element) -> None:
    for style in part.iter(_name("style:style")):
        name, parent = style.get(_name("style:name"), ""), style.get(_name("style:parent-style-name"), "")
        if parent in styles.titles:
            styles.titles.add(name)
        if level := style.get(_name("style:default-outline-level"), ""):
            styles.levels[name] = _whole(level, 1)
        for properties in style.iter(_name("style:text-properties")):
            if properties.get(_name("fo:font-weight"), "") in ("bold", "600", "700", "800", "900"):
                styles.bold.add(name)
            if properties.get(_name("fo:font-style"), "") in ("italic", "oblique"):
                styles.italic.add(name)
    for style in part.iter(_name("text:list-style")):
        for counting in style.iter(_name("text:list-level-style-number")):
            if counting.get(_name("style:num-format"), ""):
                number = _whole(counting.get(_name("text:level"), "1"), 1)
                styles.counting.add((style.get(_name("style:name"), ""), number))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


def _read(parent: Iterable[Element], styles: _Styles, document: Document) -> None:
    for element in parent:
        if kind := _SKIPPED.get(element.tag):
            document.lost[kind] += 1
        elif element.tag == _name("text:h"):
            level = _whole(element.get(_name("text:outline-level"), "1"), 1)
            document.add(_words(element, styles, document, marked=False), level)
        elif element.tag == _name("text:p"):
            _read_paragraph(element, styles, document)
        elif element.tag == _name("text:list"):
            _read_list(element, styles, document, element.get(_name("text:style-name"), ""), 1)
        elif element.tag == _name("table:table"):
            _read_table(element, styles, document)
        elif element.tag == _name("text:table-of-content"):
            document.lost["contents"] += 1
        else:
            _read(element, styles, document)


def _read_paragraph(element: Element, styles: _Styles, document: Document) -> None:
    name = element.get(_name("text:style-name"), "")
    if name in styles.titles:
        document.add(_words(element, styles, document, marked=False), 0)
    elif name in styles.levels:
        document.add(_words(element, styles, document, marked=False), styles.levels[name])
    else:
        document.add(as_block(_words(element, styles, document)))


def _read_list(element: Element, styles: _Styles, document: Document, name: str, level: int) -> None:
    """A list, its items numbered from its start where its style counts at this level."""
    number = 0
    for item in element:
        if item.tag not in (_name("text:list-item"), _name("text:list-header")):
            continue
        start = item.get(_name("text:start-value"), "")
        number = _whole(start, number + 1) if start else number + 1
        counted = number if (name, level) in styles.counting else None
        _read_item(item, styles, document, name, level, counted)


def _read_item(item: Element, styles: _Styles, document: Document, name: str, level: int, number: int | None) -> None:
    first = True
    for child in item:
        if child.tag == _name("text:list"):
            _read_list(child, styles, document, child.get(_name("text:style-name"), name), level + 1)
        elif child.tag == _name("text:h"):
            _read([child], styles, document)
        elif child.tag == _name("text:p"):
            words = _words(child, styles, document)
            shown = as_item(words, level=level, number=number) if first else f"{'   ' * level}{words.strip()}"
            document.add(shown if words.strip() else "")
            first = False


def _read_table(element: Element, styles: _Styles, document: Document) -> None:
    rows = []
    for row in element.iter(_name("table:table-row")):
        cells = [cell for cell in row if cell.tag == _name("table:table-cell")]
        rows.append([" ".join(_words(p, styles, document) for p in cell.iter(_name("text:p"))) for cell in cells])
    document.lost["tables"] += 1
    document.add(as_table([row for row in rows if any(cell.strip() for cell in row)]))


def _words(element: Element, styles: _Styles, document: Document, *, marked: bool = True) -> str:
    return "".join(_pieces(element, styles, document, marked, bold=False, italic=False, link=""))


def _pieces(
    element: Element, styles: _Styles, document: Document, marked: bool, *, bold: bool, italic: bool, link: str
) -> Iterator[str]:
    """The words of an element with their marks; notes and comments are left out and counted."""

    def said(text: str | None) -> str:
        return (styled(text, bold=bold, italic=italic, link=link) if marked else text) if text else ""

    yield said(element.text)
    for child in element:
        if kind := _SKIPPED.get(child.tag):
            document.lost[kind] += 1
        elif child.tag == _name("text:s"):
            yield " "
        elif child.tag in (_name("text:tab"), _name("text:line-break")):
            yield " " if child.tag == _name("text:tab") or not marked else "\\\n"
        elif child.tag.startswith(_SPACES["draw"]):
            document.lost["pictures"] += 1
        else:
            name = child.get(_name("text:style-name"), "")
            yield from _pieces(
                child, styles, document, marked,
                bold=bold or name in styles.bold, italic=italic or name in styles.italic, link=child.get(LINK, link),
            )  # fmt: skip
        yield said(child.tail)
