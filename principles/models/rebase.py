"""What an amendment becomes when the charter has a newer version: pure functions on the amendment and two versions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal

from principles.enums import AmendmentKind, Language
from principles.merge import MergeResult, merge_texts
from principles.models.amendments import Amendment
from principles.models.charters import VersionArticle
from principles.models.texts import settle_text

Problem = Literal["", "conflict", "gone", "removed_changed", "same"]
Articles = Sequence[VersionArticle]


@dataclass(frozen=True)
class Rebase:
    """An amendment on another version. `problem` is "" when the two go together.

    conflict: both changed one passage. gone: the article to change or to move was removed. removed_changed: the article
    to remove has other words now. same: the charter already says it. `merges` holds the merge of each leg there is,
    `titles` what the amendment makes of the article's title ("" leaves it), `disputed` the languages whose title both
    changed.
    """

    text_fr: str
    text_en: str
    after_key: str
    problem: Problem = ""
    merges: dict[str, MergeResult] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.problem


def rebase(amendment: Amendment, base: Articles, current: Articles) -> Rebase:
    """Lay the amendment, written on the articles `base`, over the articles `current` (both in their order)."""
    after = _anchor(amendment.after_key, [one.key for one in base], [one.key for one in current])
    old = {one.key: one for one in base}.get(amendment.article_key)
    new = {one.key: one for one in current}.get(amendment.article_key)
    titles = {one: amendment.title_in(one) for one in Language.values}
    kept = Rebase(amendment.text_fr, amendment.text_en, after, titles=titles)
    if amendment.kind == AmendmentKind.EDIT and old is not None and new is not None:
        return _edited(amendment, old, new)
    problem = _PROBLEMS[amendment.kind](old, new)
    return kept if not problem else _with(kept, problem)


def _to_insert(_old: VersionArticle | None, new: VersionArticle | None) -> Problem:
    return "" if new is None else "same"


def _to_remove(old: VersionArticle | None, new: VersionArticle | None) -> Problem:
    if new is None:
        return "same"
    return "" if new.says_the_same_as(old) else "removed_changed"


def _to_keep(_old: VersionArticle | None, new: VersionArticle | None) -> Problem:
    return "gone" if new is None else ""


_PROBLEMS: dict[str, Callable[[VersionArticle | None, VersionArticle | None], Problem]] = {
    AmendmentKind.EDIT: _to_keep,
    AmendmentKind.INSERT: _to_insert,
    AmendmentKind.REMOVE: _to_remove,
    AmendmentKind.MOVE: _to_keep,
}


def _with(kept: Rebase, problem: Problem) -> Rebase:
    return replace(kept, problem=problem)


def _edited(amendment: Amendment, old: VersionArticle, new: VersionArticle) -> Rebase:
    """Each leg that is there, merged with the article of today."""
    texts, merges = {"fr": amendment.text_fr, "en": amendment.text_en}, dict[str, MergeResult]()
    for language in Language.values:
        before, today = getattr(old, f"text_{language}"), getattr(new, f"text_{language}")
        if not texts[language] or before == today:
            continue
        merged = merge_texts(before, texts[language], today)
        merges[language] = merged
        if merged.text is not None:
            texts[language] = settle_text(merged.text)
    titles, disputed = _titles(amendment, old, new)
    problem: Problem = ""
    if disputed or any(merged.conflicts for merged in merges.values()):
        problem = "conflict"
    elif old.words != new.words:
        problem = _said_already(texts, titles, new)
    return Rebase(texts["fr"], texts["en"], amendment.after_key, problem, merges, titles, disputed)


def _said_already(texts: dict[str, str], titles: dict[str, str], article: VersionArticle) -> Problem:
    said = [
        words[name] in ("", getattr(article, f"{what}_{name}"))
        for what, words in (("text", texts), ("title", titles))
        for name in Language.values
    ]
    return "same" if all(said) else ""


def _titles(amendment: Amendment, old: VersionArticle, new: VersionArticle) -> tuple[dict[str, str], tuple[str, ...]]:
    """The titles on the article of today: given up where it has them already; and where both changed one."""
    titles, disputed = {one: amendment.title_in(one) for one in Language.values}, list[str]()
    for language, mine in titles.items():
        before, today = getattr(old, f"title_{language}"), getattr(new, f"title_{language}")
        if not mine or before == today:
            continue
        if mine in (before, today):
            titles[language] = ""
        else:
            disputed.append(language)
    return titles, tuple(disputed)


def _anchor(after: str, base: Sequence[str], current: Sequence[str]) -> str:
    """The article after which something stands today that stood after `after`.

    Where that one is gone, the nearest before it that is still there; then behind the articles added there since, so
    that of two articles added at one place the one adopted first comes first.
    """
    if after and after not in base:
        return after if after in current else current[-1]
    there = set(current)
    survivors = [key for key in base[: base.index(after) + 1 if after else 0] if key in there]
    place = current.index(survivors[-1]) if survivors else -1
    added = takewhile(lambda key: key not in base, current[place + 1 :])
    return [*(survivors[-1:] or [""]), *added][-1]
