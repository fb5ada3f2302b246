"""Office Open XML of a version (ISO/IEC 29500): flat styles, numbers as they are written, the hash on each page."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from principles.exports.flow import Paragraph, paragraphs_of
from principles.exports.markup import Block, Run
from principles.exports.publication import Publication
from principles.exports.words import version_line
from principles.exports.zipped import attribute, escape, zip_bytes

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'
MONOSPACE = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'
# name -> (paragraph properties, run properties); sizes in half points, distances in twentieths of a point
STYLES = {
    "Title": ('<w:spacing w:after="120"/>', '<w:b/><w:sz w:val="44"/>'),
    "Meta": ('<w:spacing w:after="60"/>', '<w:sz w:val="18"/>'),
    "Heading": ('<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
                '<w:b/><w:sz w:val="30"/>'),
    "Subheading": ('<w:keepNext/><w:spacing w:before="180" w:after="60"/><w:outlineLvl w:val="1"/>',
                   '<w:b/><w:sz w:val="24"/>'),
    "Text": ('<w:spacing w:after="140"/>', '<w:sz w:val="22"/>'),
    "Item": ('<w:spacing w:after="120"/><w:ind w:left="454" w:hanging="454"/>', '<w:sz w:val="22"/>'),
    "Item2": ('<w:spacing w:after="120"/><w:ind w:left="908" w:hanging="454"/>', '<w:sz w:val="22"/>'),
    "Quote": ('<w:spacing w:after="120"/><w:ind w:left="567"/>', '<w:i/><w:sz w:val="22"/>'),
    "Code": ('<w:spacing w:after="120"/><w:ind w:left="284"/>', MONOSPACE),
    "Rule": ('<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>', '<w:sz w:val="12"/>'),
    "Cell": ('<w:spacing w:after="0"/>', '<w:sz w:val="20"/>'),
    "Opinion": ('<w:spacing w:after="80"/><w:ind w:left="454"/>', '<w:sz w:val="20"/>'),
    "Footer": ("", '<w:sz w:val="14"/>'),
}  # fmt: skip


def docx_bytes(publication: Publication, language: str) -> bytes:
    """The document."""
    links = _Links()
    body = "".join(_body(paragraphs_of(publication, language), links))
    members = [
        ("[Content_Types].xml", _content_types()),
        ("_rels/.rels", _package_relations()),
        ("docProps/core.xml", _properties(publication, language)),
        ("word/document.xml", _document(body)),
        ("word/styles.xml", _styles(language)),
        ("word/footer1.xml", _footer(publication)),
        ("word/_rels/document.xml.rels", links.relations()),
    ]
    return zip_bytes(members)


class _Links:
    """Addresses the text leads to, each once, under the name the document calls it by."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def name(self, address: str) -> str:
        return self.names.setdefault(address, f"rLink{len(self.names) + 1}")

    def relations(self) -> str:
        inner = f'<Relationship Id="rStyles" Type="{OFFICE}/styles" Target="styles.xml"/>'
        inner += f'<Relationship Id="rFooter" Type="{OFFICE}/footer" Target="footer1.xml"/>'
        for address, name in self.names.items():
            inner += f'<Relationship Id="{name}" Type="{OFFICE}/hyperlink" Target={attribute(address)} '
            inner += 'TargetMode="External"/>'
        return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _content_types() -> str:
    parts = [
        ("/word/document.xml", f"{KIND}.document.main+xml"),
        ("/word/styles.xml", f"{KIND}.styles+xml"),
        ("/word/footer1.xml", f"{KIND}.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    inner = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    inner += '<Default Extension="xml" ContentType="application/xml"/>'
    inner += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{inner}</Types>'


def _package_relations() -> str:
    inner = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    inner += f'<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" '
    inner += 'Target="docProps/core.xml"/>'
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def _properties(publication: Publication, language: str) -> str:
    made = publication.adopted_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{made}</dcterms:{name}>' for name in ("created", "modified")
    )
    spaces = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    spaces += 'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    said = f"<dc:title>{escape(publication.title[language])}</dc:title>"
    said += f"<dc:subject>{escape(version_line(publication))}</dc:subject>"
    said += f"<dc:identifier>sha256:{publication.sha256}</dc:identifier><dc:language>{language}</dc:language>"
    return f"{HEAD}<cp:coreProperties {spaces}>{said}{when}</cp:coreProperties>"


def _styles(language: str) -> str:
    code = {"fr": "fr-FR", "en": "en-GB"}[language]
    base = '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'
    base += f'<w:lang w:val="{code}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        for name, (paragraph, run) in STYLES.items()
    )
    return f"{HEAD}<w:styles {SPACES}>{base}{named}</w:styles>"


def _footer(publication: Publication) -> str:
    field = '<w:r><w:t xml:space="preserve"> · </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r>'
    words = f"<w:r><w:t>{publication.sha256}</w:t></w:r>{field}</w:fldSimple>"
    return f'{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words}</w:p></w:ftr>'


def _document(body: str) -> str:
    page = '<w:sectPr><w:footerReference w:type="default" r:id="rFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    page += '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
    page += 'w:gutter="0"/></w:sectPr>'
    return f"{HEAD}<w:document {SPACES}><w:body>{body}{page}</w:body></w:document>"


def _body(paragraphs: Iterable[Paragraph], links: _Links) -> Iterator[str]:
    for is_table, group in groupby(paragraphs, key=lambda one: one.block.kind == "row"):
        blocks = list(group)
        if is_table:
            yield _table([one.block for one in blocks], links)
        else:
            yield from (_paragraph(one, links) for one in blocks)


def _paragraph(paragraph: Paragraph, links: _Links) -> str:
    block = paragraph.block
    name = "Item2" if paragraph.style == "Item" and block.level > 1 else paragraph.style
    mark = f"<w:r><w:t>{escape(block.mark)}</w:t><w:tab/></w:r>" if block.mark else ""
    if block.kind == "item" and not mark:
        mark = "<w:r><w:tab/></w:r>"
    return _written(name, mark + "".join(_run(run, links) for run in block.runs))


def _written(style: str, words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{words}</w:p>'


def _run(run: Run, links: _Links) -> str:
    how = "<w:b/>" * run.strong + "<w:i/>" * run.emphasis
    if run.code:
        how = MONOSPACE + how
    how += '<w:u w:val="single"/>' if run.link else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    words = f"<w:r><w:rPr>{how}</w:rPr>{lines}</w:r>" if how else f"<w:r>{lines}</w:r>"
    return f'<w:hyperlink r:id="{links.name(run.link)}">{words}</w:hyperlink>' if run.link else words


def _table(rows: list[Block], links: _Links) -> str:
    columns = max(len(row.cells) for row in rows)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    frame = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
    grid = f"<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>"
    body = "".join(f"<w:tr>{''.join(_cell(cell, links) for cell in row.cells)}</w:tr>" for row in rows)
    return f"<w:tbl>{frame}{grid}{body}</w:tbl>"


def _cell(runs: tuple[Run, ...], links: _Links) -> str:
    return f"<w:tc>{_written('Cell', ''.join(_run(run, links) for run in runs))}</w:tc>"
