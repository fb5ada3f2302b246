"""The charter as the floor knows it: a text to sign, bound by its hash, and articles one may point at."""

from collections.abc import Iterable
from typing import Any

from coalition.core.documents import SignableDocument
from coalition.core.languages import reader_language
from coalition.core.references import Reference
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


class CharterSource:
    """Answers `coalition.core.documents` with versions of charters."""

    def current(self, coalition: Any) -> SignableDocument | None:
        """The version in force of the coalition's charter, or None while none is adopted."""
        charter = Charter.objects.published().filter(coalition=coalition).first()
        return _document(charter.current_version) if charter else None

    def by_hash(self, sha256: str) -> SignableDocument | None:
        """The version with this hash, in force or superseded, or None."""
        version = Version.objects.select_related("charter").filter(sha256=sha256).first()
        return _document(version) if version else None


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
