"""Akoma Ntoso of a version (OASIS LegalDocML 1.0, namespace 3.0): one expression a file, or both in one collection.

Addresses follow the Naming Convention: the charter is the work, a version in a language the expression, the file the
manifestation. "zz" is a code ISO 3166 leaves to its readers: the charter belongs to no country. As two versions may be
adopted on one day, their number follows the date. The key of an article, the same in every version, is its `wId`.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils import translation

from principles.exports.markup import Block, Run, blocks_of
from principles.exports.opinions import Opinion
from principles.exports.publication import LANGUAGES, Article, Publication, Step
from principles.exports.words import hash_line, opinion_line, opinions_word, preamble_word, version_line
from principles.exports.zipped import attribute, escape

SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
CODES = {"fr": "fra", "en": "eng"}
COUNTRY = "zz"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def akoma_bytes(publication: Publication, language: str) -> bytes:
    """The version in one language."""
    return f'{HEAD}<akomaNtoso xmlns="{SPACE}">{_act(publication, language, "")}</akomaNtoso>\n'.encode()


def akoma_both_bytes(publication: Publication, _language: str) -> bytes:
    """The version in both languages, the authentic one first, as two expressions of one work."""
    order = sorted(LANGUAGES, key=lambda language: language != publication.authentic)
    uri = f"{_work(publication)}/mul@{_version(publication)}"
    parts = []
    for language in order:
        with translation.override(language):
            parts.append(
                f'<component eId="cmp_{language}">{_act(publication, language, f"cmp_{language}__")}</component>'
            )
    languages = "".join(f'<FRBRlanguage language="{CODES[language]}"/>' for language in order)
    meta = _identification(publication, uri, f"{uri}.akn", languages, "collection")
    source = f'<references source="#coalition">{_team(publication, "", order[0])}</references>'
    return (
        f'{HEAD}<akomaNtoso xmlns="{SPACE}"><documentCollection name="charter"><meta>{meta}{source}</meta>'
        f"<collectionBody>{''.join(parts)}</collectionBody></documentCollection></akomaNtoso>\n"
    ).encode()


def _work(publication: Publication) -> str:
    return f"/akn/{COUNTRY}/act/charter/{publication.history[0].on.isoformat()}/{publication.slug}"


def _version(publication: Publication) -> str:
    return f"{publication.adopted_at.date().isoformat()}.{publication.number}"


def _act(publication: Publication, language: str, before: str) -> str:
    """One expression; `before` stands before every eId, so that two of them fit one file."""
    opinions = [(article, opinion) for article in publication.articles for opinion in article.opinions]
    notes = {id(opinion): f"{before}meta__note_{number}" for number, (_one, opinion) in enumerate(opinions, 1)}
    articles = "".join(_article(one, language, before, notes) for one in publication.articles)
    return (
        f'<act name="charter" contains="singleVersion">{_meta(publication, language, before, notes)}'
        f'<preface eId="{before}preface"><longTitle eId="{before}preface__longTitle"><p>'
        f"<docTitle>{escape(publication.title[language])}</docTitle>, {escape(version_line(publication))}</p>"
        f"</longTitle></preface>{_preamble(publication, language, before)}"
        f'<body eId="{before}body">{articles}</body>'
        f'<conclusions eId="{before}conclusions"><p>{escape(hash_line(publication))}</p></conclusions></act>'
    )


def _meta(publication: Publication, language: str, before: str, notes: dict[int, str]) -> str:
    uri = f"{_work(publication)}/{CODES[language]}@{_version(publication)}"
    said = f'<FRBRlanguage language="{CODES[language]}"/>'
    if language != publication.authentic:
        original = f"{_work(publication)}/{CODES[publication.authentic]}@{_version(publication)}"
        said += f'<FRBRtranslation href="{original}" fromLanguage="{CODES[publication.authentic]}" '
        said += 'authoritative="false" by="#coalition"/>'
    references = _team(publication, before, language) + "".join(_references(publication, before))
    printed = "".join(
        _note(opinion, notes[id(opinion)]) for article in publication.articles for opinion in article.opinions
    )
    printed = f'<notes source="#{before}coalition">{printed}</notes>' if printed else ""
    return (
        f"<meta>{_identification(publication, uri, f'{uri}.akn', said, 'act', before)}"
        f'<lifecycle source="#{before}coalition">{"".join(_events(publication, before))}</lifecycle>'
        f'<references source="#{before}coalition">{references}</references>{printed}</meta>'
    )


def _identification(
    publication: Publication, expression: str, manifestation: str, said: str, component: str, before: str = ""
) -> str:
    """Work, expression and manifestation with their addresses, dates and author."""
    work, author = _work(publication), f'<FRBRauthor href="#{before}coalition"/>'
    founded, adopted = publication.history[0].on.isoformat(), publication.adopted_at.date().isoformat()
    named = f'<FRBRcountry value="{COUNTRY}"/><FRBRsubtype value="charter"/>'
    named += f"<FRBRnumber value={attribute(publication.slug)}/>"
    named += "".join(f'<FRBRname value={attribute(publication.title[one])} xml:lang="{one}"/>' for one in LANGUAGES)
    alias = f'<FRBRalias name="sha256" value="{publication.sha256}"/>'
    alias += f'<FRBRalias name="url" value={attribute(publication.address)}/>'
    return (
        f'<identification source="#{before}coalition">'
        f'<FRBRWork><FRBRthis value="{work}/!main"/><FRBRuri value="{work}"/>'
        f'<FRBRdate date="{founded}" name="foundation"/>{author}{named}<FRBRprescriptive value="false"/>'
        '<FRBRauthoritative value="true"/></FRBRWork>'
        f'<FRBRExpression><FRBRthis value="{expression}/!main"/><FRBRuri value="{expression}"/>{alias}'
        f'<FRBRdate date="{adopted}" name="adoption"/>{author}<FRBRversionNumber value="{publication.number}"/>{said}'
        "</FRBRExpression>"
        f'<FRBRManifestation><FRBRthis value="{manifestation}/!main"/><FRBRuri value="{manifestation}"/>'
        f'<FRBRdate date="{adopted}" name="{component}"/>{author}<FRBRformat value="application/akn+xml"/>'
        "</FRBRManifestation></identification>"
    )


def _events(publication: Publication, before: str) -> Iterator[str]:
    """The life of the charter up to this version: founded by the first, amended by each one after."""
    for step in publication.history:
        kind = "generation" if step.number == 1 else "amendment"
        source = f"{before}ro_1" if step.number == 1 else f"{before}rp_{step.number}"
        yield f'<eventRef eId="{before}e_{step.number}" date="{step.on.isoformat()}" source="#{source}" type="{kind}"/>'


def _references(publication: Publication, before: str) -> Iterator[str]:
    for step in publication.history:
        name, tag = ("ro_1", "original") if step.number == 1 else (f"rp_{step.number}", "passiveRef")
        yield f'<{tag} eId="{before}{name}" href={attribute(step.amendment_address or step.address)} {_shown(step)}/>'


def _shown(step: Step) -> str:
    words = f"{step.number}, {step.amendment_title}" if step.amendment_title else f"{step.number}"
    return f"showAs={attribute(words)}"


def _team(publication: Publication, before: str, language: str) -> str:
    site, shown = "/".join(publication.address.split("/", 3)[:3]), attribute(publication.title[language])
    return f'<TLCOrganization eId="{before}coalition" href={attribute(site)} showAs={shown}/>'


def _note(opinion: Opinion, name: str) -> str:
    text = "".join(_flow(blocks_of(opinion.text), name))
    link = f"<p><ref href={attribute(opinion.address)}>{escape(opinion.address)}</ref></p>"
    return f'<note eId="{name}" class="minority-opinion"><p>{escape(opinion_line(opinion))}</p>{text}{link}</note>'


def _preamble(publication: Publication, language: str, before: str) -> str:
    text = publication.preamble[language]
    if not text:
        return ""
    name = f"{before}preamble"
    heading = f'<p class="heading">{escape(preamble_word())}</p>'
    return f'<preamble eId="{name}">{heading}{"".join(_flow(blocks_of(text), name))}</preamble>'


def _article(article: Article, language: str, before: str, notes: dict[int, str]) -> str:
    """An article; each block of its text is a paragraph that can be cited, numbered where the text numbers it."""
    name = f"{before}art_{article.position}"
    signs = "".join(
        f'<noteRef href="#{notes[id(one)]}" marker="{rank}"/>' for rank, one in enumerate(article.opinions, 1)
    )
    said = f" title={attribute(opinions_word())}" if signs else ""
    heading = escape(article.title[language]) + (f'<inline name="opinions"{said}>{signs}</inline>' if signs else "")
    body = "".join(_paragraphs(blocks_of(article.text[language]), name))
    number, stable = f"<num>{article.position}</num>", attribute(f"art_{article.key}")
    return f'<article eId="{name}" wId={stable}>{number}<heading>{heading}</heading>{body}</article>'


def _paragraphs(blocks: tuple[Block, ...], name: str) -> Iterator[str]:
    """Top blocks of a text, each with what belongs under it, as <paragraph>."""
    for number, group in enumerate(_grouped(blocks), 1):
        first, own = group[0], f"{name}__para_{number}"
        mark = f"<num>{escape(first.mark)}</num>" if first.kind == "item" and first.mark[:1].isdigit() else ""
        if mark:
            group = (Block("paragraph", first.runs), *group[1:])
        body = f'<content eId="{own}__content">{"".join(_flow(group, own))}</content>'
        yield f'<paragraph eId="{own}">{mark}{body}</paragraph>'


def _grouped(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """A block with what continues it: deeper items, a second paragraph of an item, further bullets, rows of a table."""
    group: list[Block] = []
    for block in blocks:
        if group and not _continues(block, group):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _continues(block: Block, group: list[Block]) -> bool:
    if block.kind == "item":
        return block.level > 1 or not block.mark or block.mark == group[0].mark == "•"
    return block.kind == group[-1].kind == "row"


def _flow(blocks: Iterable[Block], name: str) -> Iterator[str]:
    """Blocks inside a <content>, a <note> or a <preamble>."""
    for number, (kind, group) in enumerate(groupby(blocks, key=lambda one: one.kind), 1):
        members = list(group)
        if kind == "item":
            yield f'<ul eId="{name}__list_{number}">{"".join(map(_item, members))}</ul>'
        elif kind == "row":
            yield f'<table eId="{name}__table_{number}">{"".join(map(_row, members))}</table>'
        else:
            yield from (f"{_open(block)}{_runs(block.runs)}</p>" for block in members if block.kind != "rule")


def _open(block: Block) -> str:
    return "<p>" if block.kind == "paragraph" else f'<p class="{block.kind}">'


def _item(block: Block) -> str:
    mark = f"{escape(block.mark)} " if block.mark[:1].isdigit() else ""
    return f"<li>{mark}{_runs(block.runs)}</li>"


def _row(block: Block) -> str:
    tag = "th" if block.head else "td"
    return f"<tr>{''.join(f'<{tag}><p>{_runs(cell)}</p></{tag}>' for cell in block.cells)}</tr>"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<eol/>")
    if run.code:
        words = f'<inline name="code">{words}</inline>'
    if run.emphasis:
        words = f"<i>{words}</i>"
    if run.strong:
        words = f"<b>{words}</b>"
    return f"<a href={attribute(run.link)}>{words}</a>" if run.link else words
