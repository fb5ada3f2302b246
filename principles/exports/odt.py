"""OpenDocument text of a version (ODF 1.3): flat styles, numbers as they are written, the hash on each page."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from principles.exports.flow import Paragraph, paragraphs_of
from principles.exports.markup import Block, Run
from principles.exports.publication import Publication
from principles.exports.words import version_line
from principles.exports.zipped import attribute, escape, zip_bytes

MIMETYPE = "application/vnd.oasis.opendocument.text"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# name -> (paragraph properties, text properties, outline level)
STYLES = {
    "Title": ('fo:margin-bottom="0.2cm"', 'fo:font-size="22pt" fo:font-weight="bold"', 0),
    "Meta": ('fo:margin-bottom="0.1cm"', 'fo:font-size="9pt"', 0),
    "Heading": ('fo:margin-top="0.6cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
                'fo:font-size="15pt" fo:font-weight="bold"', 1),
    "Subheading": ('fo:margin-top="0.3cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"',
                   'fo:font-size="12pt" fo:font-weight="bold"', 2),
    "Text": ('fo:margin-bottom="0.25cm"', 'fo:font-size="11pt"', 0),
    "Item": ('fo:margin-left="0.8cm" fo:text-indent="-0.8cm" fo:margin-bottom="0.2cm"', 'fo:font-size="11pt"', 0),
    "Item2": ('fo:margin-left="1.6cm" fo:text-indent="-0.8cm" fo:margin-bottom="0.2cm"', 'fo:font-size="11pt"', 0),
    "Quote": ('fo:margin-left="1cm" fo:margin-bottom="0.2cm"', 'fo:font-size="11pt" fo:font-style="italic"', 0),
    "Code": ('fo:margin-left="0.5cm" fo:margin-bottom="0.2cm"', 'fo:font-size="10pt" fo:font-family="monospace"', 0),
    "Rule": ('fo:border-bottom="0.5pt solid #000000" fo:margin-bottom="0.3cm"', 'fo:font-size="6pt"', 0),
    "Cell": ('fo:margin-bottom="0cm"', 'fo:font-size="10pt"', 0),
    "Opinion": ('fo:margin-left="0.8cm" fo:margin-bottom="0.15cm"', 'fo:font-size="10pt"', 0),
    "Footer": ("", 'fo:font-size="7pt"', 0),
}  # fmt: skip
RUN_STYLES = {"S": 'fo:font-weight="bold"', "E": 'fo:font-style="italic"', "C": 'fo:font-family="monospace"'}


def odt_bytes(publication: Publication, language: str) -> bytes:
    """The document."""
    members = [
        ("mimetype", MIMETYPE),
        ("META-INF/manifest.xml", _manifest()),
        ("content.xml", _content(publication, language)),
        ("styles.xml", _styles(publication, language)),
        ("meta.xml", _meta(publication, language)),
    ]
    return zip_bytes(members, stored=["mimetype"])


def _manifest() -> str:
    files = [("/", MIMETYPE), *((f"{name}.xml", "text/xml") for name in ("content", "styles", "meta"))]
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files
    )
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    return f"{HEAD}<manifest:manifest {space}>{entries}</manifest:manifest>"


def _meta(publication: Publication, language: str) -> str:
    made = publication.adopted_at.isoformat(timespec="seconds")
    said = f"<dc:title>{escape(publication.title[language])}</dc:title><dc:language>{language}</dc:language>"
    said += f"<dc:subject>{escape(version_line(publication))}</dc:subject><dc:date>{made}</dc:date>"
    said += f"<meta:creation-date>{made}</meta:creation-date>"
    said += f'<meta:user-defined meta:name="sha256">{publication.sha256}</meta:user-defined>'
    return f'{HEAD}<office:document-meta {DECLARED} office:version="1.3"><office:meta>{said}</office:meta>' + (
        "</office:document-meta>"
    )


def _styles(publication: Publication, language: str) -> str:
    country = {"fr": "FR", "en": "GB"}[language]
    base = f'<style:default-style style:family="paragraph"><style:text-properties fo:language="{language}" '
    base += f'fo:country="{country}" fo:font-family="serif"/></style:default-style>'
    named = "".join(_style(name, *how) for name, how in STYLES.items())
    runs = "".join(
        f'<style:style style:name="{"".join(letters)}" style:family="text">'
        f"<style:text-properties {' '.join(RUN_STYLES[letter] for letter in letters)}/></style:style>"
        for letters in (("S",), ("E",), ("C",), ("S", "E"), ("S", "C"), ("E", "C"), ("S", "E", "C"))
    )
    layout = '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
    layout += 'fo:page-height="29.7cm" fo:margin="2cm"/><style:footer-style/></style:page-layout>'
    foot = f'<text:p text:style-name="Footer">{publication.sha256} · <text:page-number/> / <text:page-count/></text:p>'
    master = '<style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>'
    return (
        f'{HEAD}<office:document-styles {DECLARED} office:version="1.3"><office:styles>{base}{named}{runs}'
        f"</office:styles><office:automatic-styles>{layout}</office:automatic-styles><office:master-styles>{master}"
        f"{foot}</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )


def _style(name: str, paragraph: str, text: str, level: int) -> str:
    outline = f' style:default-outline-level="{level}"' if level else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{outline}><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _content(publication: Publication, language: str) -> str:
    body = "".join(_body(paragraphs_of(publication, language)))
    return (
        f'{HEAD}<office:document-content {DECLARED} office:version="1.3"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )


def _body(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for is_table, group in groupby(paragraphs, key=lambda one: one.block.kind == "row"):
        blocks = list(group)
        if is_table:
            yield _table([one.block for one in blocks])
        else:
            yield from map(_paragraph, blocks)


def _paragraph(paragraph: Paragraph) -> str:
    block = paragraph.block
    level = STYLES[paragraph.style][2]
    name = "Item2" if paragraph.style == "Item" and block.level > 1 else paragraph.style
    mark = f"{escape(block.mark)}<text:tab/>" if block.mark else "<text:tab/>" if block.kind == "item" else ""
    words = mark + "".join(_run(run) for run in block.runs)
    if level:
        return f'<text:h text:style-name="{name}" text:outline-level="{level}">{words}</text:h>'
    return f'<text:p text:style-name="{name}">{words}</text:p>'


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<text:line-break/>")
    letters = "S" * run.strong + "E" * run.emphasis + "C" * run.code
    if letters:
        words = f'<text:span text:style-name="{letters}">{words}</text:span>'
    if run.link:
        return f'<text:a xlink:type="simple" xlink:href={attribute(run.link)}>{words}</text:a>'
    return words


def _table(rows: list[Block]) -> str:
    columns = max(len(row.cells) for row in rows)
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row.cells))}</table:table-row>" for row in rows)
    return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{lines}</table:table>'


def _cell(runs: tuple[Run, ...]) -> str:
    words = "".join(map(_run, runs))
    return f'<table:table-cell><text:p text:style-name="Cell">{words}</text:p></table:table-cell>'
