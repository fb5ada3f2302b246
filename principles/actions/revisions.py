"""Which texts a new version changed, for whoever follows them (`coalition.core.subjects`)."""

from coalition.core.subjects import Revision
from principles.enums import Language
from principles.models import Version, VersionArticle

ARTICLE = "article"


def subject_key(slug: str, article_key: str) -> str:
    """The key of an article as a subject: "charte.ouverture"."""
    return f"{slug}.{article_key}"


def revisions_between(previous: Version | None, version: Version) -> list[Revision]:
    """Each article and language whose text differs; none for a first version. An article that is gone says nothing."""
    if previous is None:
        return []
    rows = VersionArticle.objects.filter(version__in=(previous, version))
    before = {row.key: row for row in rows if row.version_id == previous.pk}
    after = {row.key: row for row in rows if row.version_id == version.pk}
    return [
        Revision(ARTICLE, subject_key(version.charter.slug, key), language, version.number, *texts)
        for key, row in before.items()
        for language in Language.values
        if (texts := (_text(row, language), _text(after.get(key), language))) and texts[0] != texts[1]
    ]


def _text(row: VersionArticle | None, language: str) -> str:
    return str(getattr(row, f"text_{language}")) if row else ""
