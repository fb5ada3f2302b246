"""What the charter says once an amendment is adopted: pure functions on texts."""

from collections.abc import Sequence
from dataclasses import replace

from principles.enums import AmendmentKind
from principles.models.texts import ArticleText, CharterText


def rank_after(keys: Sequence[str], after: str) -> int:
    """Where something stands that comes after the article `after`: 0 for "" or for an article that is not there."""
    return keys.index(after) + 1 if after in keys else 0


def outcome_text(*, kind: str, key: str, after: str, article: ArticleText | None, text: CharterText) -> CharterText:
    """`text` with one amendment in it. Edit: the texts of `article`, and its titles
    where it has any, replace those of `key`. Insert: `article` stands
    after `after` ("" is the beginning). Remove: `key` is gone. Move: `key` stands after `after`.

    What does not apply (an article that is not there) leaves the text as it is; the actions refuse it before.
    """
    if kind == AmendmentKind.EDIT and article is not None:
        return replace(text, articles=tuple(_edited(one, key, article) for one in text.articles))
    if kind == AmendmentKind.INSERT and article is not None:
        return replace(text, articles=_placed(text.articles, after, [article]))
    return replace(text, articles=_without(text.articles, key, after if kind == AmendmentKind.MOVE else None))


def _without(articles: tuple[ArticleText, ...], key: str, after: str | None) -> tuple[ArticleText, ...]:
    """The article `key` taken out, and set back after `after` unless that is None."""
    others = tuple(one for one in articles if one.key != key)
    return others if after is None else _placed(others, after, [one for one in articles if one.key == key])


def _edited(one: ArticleText, key: str, article: ArticleText) -> ArticleText:
    if one.key != key:
        return one
    titles = {"title_fr": article.title_fr or one.title_fr, "title_en": article.title_en or one.title_en}
    return replace(one, text_fr=article.text_fr, text_en=article.text_en, **titles)


def _placed(articles: tuple[ArticleText, ...], after: str, more: list[ArticleText]) -> tuple[ArticleText, ...]:
    rank = rank_after([one.key for one in articles], after)
    return (*articles[:rank], *more, *articles[rank:])
