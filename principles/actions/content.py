"""What an amendment says, settled and checked against the version it changes; one check for each kind."""

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalition.core.text import one_line
from principles.actions.wording import ArticleChanged, NothingChanged, UnreadableText, motive_of, readable
from principles.enums import WITH_TEXT, AmendmentKind
from principles.models import MAX_TEXT, MAX_TITLE, Amendment, Charter, HiddenWords, Version, VersionArticle, rank_after

LONGEST_KEY = 50
TEXTS = ("text_fr", "text_en")
TITLES = ("article_title_fr", "article_title_en")
Content = dict[str, Any]


def changed_sentence() -> str:
    return _("L’article a changé depuis que vous l’avez lu. Relisez-le, puis reprenez votre texte.")


def checked_content(
    *, charter: Charter, kind: str, key: str, read_in: Version | None, title: str, motive: str, after_key: str,
    **texts: str,
) -> Content:  # fmt: skip
    """The columns of an amendment, for its kind. DomainError with the field at fault.

    `texts`: text_fr, text_en, article_title_fr, article_title_en. `read_in` as `draft_amendment`'s base_version.
    """
    content: Content = {
        "title": one_line(readable(text=title, field="title", longest=MAX_TITLE)),
        "motive": motive_of(text=motive),
        "article_key": key,
        "after_key": "",
        **dict.fromkeys((*TEXTS, *TITLES), ""),
    }
    if kind in WITH_TEXT:
        content |= {name: readable(text=texts[name], field=name, longest=MAX_TEXT, shortest=0) for name in TEXTS}
    articles = list(VersionArticle.objects.filter(version=charter.current_version_id))
    content["after_key"] = after_key
    return _CHECKS[kind](charter, articles, content, read_in, texts)


def _edit(
    charter: Charter, articles: list[VersionArticle], content: Content, read_in: Version | None, texts: dict[str, str]
) -> Content:
    """A text in one language at least, and a title where it changes; "" leaves the title as it is."""
    article = _article(charter, articles, content["article_key"], read_in)
    content |= _new_titles(article, texts)
    if not content["text_fr"] and not content["text_en"]:
        raise UnreadableText(_("Écrivez le nouveau texte dans une langue au moins."), field="text_fr")
    titled = content["article_title_fr"] or content["article_title_en"]
    if not titled and content["text_fr"] in ("", article.text_fr) and content["text_en"] in ("", article.text_en):
        same = _("Votre texte est celui de l’article : changez-le avant de le proposer.")
        raise NothingChanged(same, field="text_fr")
    if content["text_en"] == article.text_en and content["text_fr"]:
        content["text_en"] = ""  # left as it was: still to come, whatever the article says by then
    return content | {"after_key": ""}


def _new_titles(article: VersionArticle, texts: dict[str, str]) -> Content:
    """The titles that differ from the article's."""
    given = {name: one_line(readable(text=texts[name], field=name, longest=MAX_TITLE, shortest=0)) for name in TITLES}
    return {
        name: "" if title == getattr(article, name.removeprefix("article_")) else title for name, title in given.items()
    }


def _insert(
    charter: Charter, articles: list[VersionArticle], content: Content, _read: Version | None, texts: dict[str, str]
) -> Content:
    """One language whole at least: title and text."""
    for name in TITLES:
        content[name] = one_line(readable(text=texts[name], field=name, longest=MAX_TITLE, shortest=0))
    legs = [(content[f"article_title_{one}"], content[f"text_{one}"]) for one in ("fr", "en")]
    if not any(title and text for title, text in legs):
        field = "text_fr" if legs[0][0] else "article_title_fr"
        raise UnreadableText(_("Un article à ajouter a un titre et un texte, dans une langue au moins."), field=field)
    content["after_key"] = _place(articles, content["after_key"])
    content["article_key"] = content["article_key"] or _new_key(charter, legs[0][0] or legs[1][0])
    return content


def _remove(
    charter: Charter, articles: list[VersionArticle], content: Content, read_in: Version | None, _texts: dict[str, str]
) -> Content:
    _article(charter, articles, content["article_key"], read_in)
    if len(articles) == 1:
        raise NothingChanged(_("C’est le seul article de la charte : il ne peut pas être retiré."))
    return content | {"after_key": ""}


def _move(
    charter: Charter, articles: list[VersionArticle], content: Content, _read: Version | None, _texts: dict[str, str]
) -> Content:
    key = content["article_key"]
    _article(charter, articles, key, None)
    after = _place(articles, content["after_key"])
    keys = [one.key for one in articles]
    others = [one for one in keys if one != key]
    if after == key or rank_after(others, after) == keys.index(key):
        raise NothingChanged(_("L’article est déjà à cette place."), field="after_key")
    return content | {"after_key": after}


_CHECKS: dict[str, Callable[..., Content]] = {
    AmendmentKind.EDIT: _edit,
    AmendmentKind.INSERT: _insert,
    AmendmentKind.REMOVE: _remove,
    AmendmentKind.MOVE: _move,
}


def _place(articles: list[VersionArticle], after: str) -> str:
    if after and after not in {one.key for one in articles}:
        raise ArticleChanged(_("L’article après lequel vous le placez n’est pas dans la version en vigueur."))
    return after


def _article(charter: Charter, articles: list[VersionArticle], key: str, read_in: Version | None) -> VersionArticle:
    """The article of the current version, which must say what it said in the version the author read."""
    article = {one.key: one for one in articles}.get(key)
    if article is None:
        raise ArticleChanged(_("Cet article n’est pas dans la version en vigueur."))
    if read_in is not None and read_in.pk != charter.current_version_id:
        read = VersionArticle.objects.filter(version=read_in, version__charter=charter, key=key).first()
        if not article.says_the_same_as(read):
            raise ArticleChanged(changed_sentence())
    return article


def _new_key(charter: Charter, title: str) -> str:
    """A key no article of the charter ever had and no other amendment gives."""
    stem = slugify(title)[:LONGEST_KEY].strip("-_") or "article"
    taken = set(
        VersionArticle.objects.filter(version__charter=charter, key__startswith=stem).values_list("key", flat=True)
    )
    taken |= set(
        Amendment.objects.filter(charter=charter, article_key__startswith=stem).values_list("article_key", flat=True)
    )
    hidden = HiddenWords.objects.filter(amendment__charter=charter, article_key__startswith=stem)
    taken |= set(hidden.values_list("article_key", flat=True))
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key
