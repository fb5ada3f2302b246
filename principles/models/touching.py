"""The places of the charter an amendment touches, as the rows of `Touch` that two colliding amendments share."""

from hashlib import sha256

from principles.enums import AmendmentKind, Language
from principles.merge import Touched, touched_by
from principles.models.amendments import Amendment, Touch
from principles.models.charters import VersionArticle

DIGEST = 40
EXCERPT = 160


def _place(language: str, key: str, touched: Touched) -> str:
    words = "\x1f".join((language, key, touched.kind, touched.text))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def touches_of(amendment: Amendment, base: VersionArticle | None) -> list[Touch]:
    """Unsaved rows: the sentences and gaps an edit changes in `base`, by language, and its title; the place an article
    is added or moved to; the article itself for one removed or moved."""
    if amendment.kind == AmendmentKind.INSERT:
        return [Touch(amendment=amendment, place=f"after:{amendment.after_key}")]
    if amendment.kind == AmendmentKind.MOVE:
        places = (f"place-of:{amendment.article_key}", f"after:{amendment.after_key}")
        return [Touch(amendment=amendment, place=place) for place in places]
    if amendment.kind == AmendmentKind.REMOVE or base is None:
        return [Touch(amendment=amendment, place=f"place-of:{amendment.article_key}")]
    return [Touch(amendment=amendment, place=place, excerpt=words) for place, words in _edited(amendment, base).items()]


def _edited(amendment: Amendment, base: VersionArticle) -> dict[str, str]:
    """The places an edit touches, with the words there."""
    found: dict[str, str] = {}
    for language in Language.values:
        proposed = amendment.text_in(language)
        for touched in touched_by(getattr(base, f"text_{language}"), proposed) if proposed else ():
            found.setdefault(_place(language, amendment.article_key, touched), touched.text[:EXCERPT])
    if amendment.renames:
        found[f"title-of:{amendment.article_key}"] = ""
    return found
