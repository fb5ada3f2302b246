"""What a file of the charter is written from: one version, whole, in both languages, with where it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from principles.exports.opinions import Opinion

LANGUAGES = ("fr", "en")
Bilingual = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """One article, title and Markdown text by language, with the opinions to print under it."""

    key: str
    position: int
    title: Bilingual
    text: Bilingual
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A version on the way to this one; `amendment` and its address are empty where none made it."""

    number: int
    on: date
    address: str
    amendment: int | None = None
    amendment_address: str = ""
    amendment_title: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """A version. Addresses are absolute; `history` is the chain of versions up to this one, oldest first."""

    slug: str
    number: int
    sha256: str
    previous: str | None
    adopted_at: datetime
    authentic: str
    title: Bilingual
    preamble: Bilingual
    articles: tuple[Article, ...]
    address: str
    history: tuple[Step, ...]
    with_opinions: bool = False


def _both(row: Any, name: str) -> dict[str, str]:
    return {language: str(getattr(row, f"{name}_{language}")) for language in LANGUAGES}


def publication_of(
    version: Any, *, chain: Iterable[Any], site: str, opinions: Sequence[Opinion] | None = None
) -> Publication:
    """The version (a row with its charter and articles at hand) as files are written from it.

    `chain` are the versions up to this one, oldest first, each with its decision where one made it; `site` is the
    address of the site without final slash; `opinions` None leaves them out, an empty one says that there are none.
    """
    by_key: dict[str, list[Opinion]] = {}
    for opinion in opinions or ():
        by_key.setdefault(opinion.article_key, []).append(opinion)
    articles = (
        Article(row.key, row.position, _both(row, "title"), _both(row, "text"), tuple(by_key.get(row.key, ())))
        for row in version.articles.all()
    )
    return Publication(
        slug=version.charter.slug,
        number=version.number,
        sha256=version.sha256,
        previous=version.previous.sha256 if version.previous else None,
        adopted_at=version.adopted_at,
        authentic=version.charter.authentic_language,
        title=_both(version, "title"),
        preamble=_both(version, "preamble"),
        articles=tuple(articles),
        address=f"{site}{version.get_absolute_url()}",
        history=tuple(_step(one, site) for one in chain),
        with_opinions=opinions is not None,
    )


def _step(version: Any, site: str) -> Step:
    decision = getattr(version, "decision", None)
    address = f"{site}{version.get_absolute_url()}"
    if decision is None:
        return Step(version.number, version.adopted_at.date(), address)
    amendment = decision.amendment
    made_at = f"{site}{amendment.get_absolute_url()}"
    return Step(version.number, version.adopted_at.date(), address, amendment.number, made_at, amendment.title)
