"""A text in three versions, as the app of charters would offer it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coalition.core.documents import ArticleChange, SignableArticle, SignableDocument

OPEN = ("ouverture", "Ouvrir", "Nos données.")
SHARE = ("partage", "Partager", "Une fois.")
SHARE_MORE = ("partage", "Partager", "Chaque mois.")
PROVE = ("preuve", "Prouver", "Nous mesurons.")
WELCOME = ("accueil", "Accueillir", "Un guichet humain.")
VERSIONS = {
    "1": (OPEN, SHARE, PROVE),
    "2": (OPEN, SHARE_MORE, PROVE),
    "3": (OPEN, SHARE_MORE, WELCOME),
}
ADOPTED = {"1": date(2026, 11, 1), "2": date(2026, 11, 22), "3": date(2026, 12, 20)}


def sha256_of(version: str) -> str:
    """The hash of a version: its number, padded."""
    return version.encode().hex().ljust(64, "0")


class Editions:
    """A document source whose current version a test can move."""

    def __init__(self) -> None:
        self.version = "1"

    def document(self, version: str) -> SignableDocument:
        return SignableDocument(
            key="charte",
            title="Charte d’essai",
            version=version,
            sha256=sha256_of(version),
            url=f"/fr/charte/version/{version}/",
            adopted_on=ADOPTED[version],
        )

    def current(self, coalition: Any) -> SignableDocument | None:
        return self.document(self.version)

    def by_hash(self, sha256: str) -> SignableDocument | None:
        return next((self.document(one) for one in VERSIONS if sha256_of(one) == sha256), None)

    def _read(self, sha256: str) -> dict[str, SignableArticle] | None:
        found = next((rows for version, rows in VERSIONS.items() if sha256_of(version) == sha256), None)
        if found is None:
            return None
        return {key: SignableArticle(key, number, title, text) for number, (key, title, text) in enumerate(found, 1)}

    def articles(self, sha256: str) -> tuple[SignableArticle, ...] | None:
        read = self._read(sha256)
        return None if read is None else tuple(read.values())

    def changes(self, old_sha256: str, new_sha256: str) -> tuple[ArticleChange, ...] | None:
        old, new = self._read(old_sha256), self._read(new_sha256)
        if old is None or new is None:
            return None
        changed = []
        for key in dict.fromkeys([*new, *old]):
            before, after = old.get(key), new.get(key)
            if before != after:
                kind = "added" if before is None else "removed" if after is None else "changed"
                shown = after or before
                assert shown is not None
                pieces = self.word_changes(before.text if before else "", after.text if after else "")
                changed.append(ArticleChange(key, shown.title, kind, before, after, pieces))
        return tuple(changed)

    def adopted(self, coalition: Any) -> tuple[SignableDocument, ...] | None:
        return tuple(self.document(str(number)) for number in range(int(self.version), 0, -1))

    def word_changes(self, before: str, after: str) -> Sequence[Any] | None:
        if before == after:
            return [("equal", before)]
        return [(kind, text) for kind, text in (("delete", before), ("insert", after)) if text]
