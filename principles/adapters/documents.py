"""The charter as the floor knows it: a text to sign, bound by its hash, and articles one may point at."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from coalition.core.documents import ArticleChange, SignableArticle, SignableDocument
from coalition.core.languages import reader_language
from coalition.core.references import Reference
from coalition.core.templatetags.bilingual import tr
from principles.merge import Operation, diff_words
from principles.models import Charter, Version, VersionArticle


def _document(version: Version) -> SignableDocument:
    french = reader_language() == "fr"
    return SignableDocument(
        key=version.charter.slug,
        title=version.title_fr if french else version.title_en,
        version=str(version.number),
        sha256=version.sha256,
        url=version.get_absolute_url(),
        adopted_on=version.adopted_at.date(),
    )


def _article(row: VersionArticle) -> SignableArticle:
    return SignableArticle(key=row.key, number=row.position, title=tr(row, "title"), text=tr(row, "text"))


def _change(key: str, before: SignableArticle | None, after: SignableArticle | None) -> ArticleChange | None:
    """What became of one article, or None when it says and stands what it did."""
    if before == after:
        return None
    first, second = (f"{one.title}\n\n{one.text}" if one else "" for one in (before, after))
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    else:
        kind = "moved" if first == second else "changed"
    shown = after or before
    return ArticleChange(key, shown.title if shown else "", kind, before, after, diff_words(first, second))


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Keys whose order among those both versions have is another: all but the longest common run of them."""
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(old) - {key for block in kept for key in old[block.a : block.a + block.size]}


def article_changes(before: dict[str, SignableArticle], after: dict[str, SignableArticle]) -> tuple[ArticleChange, ...]:
    """Changes by article, in the newer order, what is gone last."""
    kept = [key for key in after if key in before]
    moved = _moved([key for key in before if key in after], kept)
    settled = dict(before)
    for key in set(kept) - moved:
        settled[key] = replace(before[key], number=after[key].number)
    keys = dict.fromkeys([*after, *before])
    changes = (_change(key, settled.get(key), after.get(key)) for key in keys)
    return tuple(change for change in changes if change is not None)


class CharterSource:
    """Answers `coalition.core.documents` with versions of charters."""

    def current(self, coalition: Any) -> SignableDocument | None:
        """The version in force of the coalition's charter, or None while none is adopted."""
        charter = Charter.objects.published().filter(coalition=coalition).first()
        if charter is None or charter.current_version is None:
            return None
        charter.current_version.charter = charter  # known already: not to be read again
        return _document(charter.current_version)

    def by_hash(self, sha256: str) -> SignableDocument | None:
        """The version with this hash, in force or superseded, or None."""
        version = Version.objects.select_related("charter").filter(sha256=sha256).first()
        return _document(version) if version else None

    def articles(self, sha256: str) -> tuple[SignableArticle, ...] | None:
        """The articles of the version with this hash in the reader's language, or None."""
        version = Version.objects.prefetch_related("articles").filter(sha256=sha256).first()
        return tuple(_article(row) for row in version.articles.all()) if version else None

    def changes(self, old_sha256: str, new_sha256: str) -> tuple[ArticleChange, ...] | None:
        """Articles that differ between two versions of one charter, in the newer order, removed ones last; or None.

        An article whose only difference is its number, because another came before it, is not a change.
        """
        versions = {version.sha256: version for version in Version.objects.filter(sha256__in=[old_sha256, new_sha256])}
        old, new = versions.get(old_sha256), versions.get(new_sha256)
        if old is None or new is None or old.charter_id != new.charter_id:
            return None
        return article_changes(
            {row.key: _article(row) for row in old.articles.all()},
            {row.key: _article(row) for row in new.articles.all()},
        )

    def adopted(self, coalition: Any) -> tuple[SignableDocument, ...] | None:
        """Every version of the coalition's charter, newest first, or None while none is adopted. One query."""
        first = Charter.objects.published().filter(coalition=coalition).order_by("pk").values("pk")[:1]
        rows = Version.objects.filter(charter__in=first).select_related("charter").newest_first()
        return tuple(_document(row) for row in rows) or None

    def word_changes(self, before: str, after: str) -> Sequence[Operation]:
        """Kept, added and removed pieces between any two texts."""
        return diff_words(before, after)


charter_source = CharterSource()


class ArticleReferences:
    """Answers `coalition.core.references` with the articles of the charter in force, by their keys."""

    def offered(self) -> list[Reference]:
        """Every article of the charter in force, in order. Two queries."""
        charter = Charter.objects.main()
        return self._of(charter) if charter else []

    def resolve(self, keys: Iterable[str]) -> list[Reference]:
        """Those of `keys` the charter in force still holds."""
        wanted = set(keys)
        return [reference for reference in self.offered() if reference.key in wanted]

    def _of(self, charter: Charter) -> list[Reference]:
        address = charter.get_absolute_url()
        return [_reference(article, address) for article in charter.in_force.articles.all()]


def _reference(article: VersionArticle, address: str) -> Reference:
    title = article.title_fr if reader_language() == "fr" else article.title_en
    return Reference(key=article.key, label=f"{article.position}. {title}", url=f"{address}#{article.key}")


article_references = ArticleReferences()
