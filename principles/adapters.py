"""The charter as the floor knows it: a text to sign, bound by its hash."""

from typing import Any

from coalition.core.documents import SignableDocument
from coalition.core.languages import reader_language
from principles.models import Charter, Version


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
