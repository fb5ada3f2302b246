"""What an organisation signs is registered from above and found by its hash."""

from datetime import date
from typing import Any

import pytest

from coalition.core import documents
from coalition.core.documents import (
    SignableDocument,
    adopted_documents,
    current_document,
    document_by_hash,
    register_document_source,
    word_changes,
)


def text(version: str, mark: str) -> SignableDocument:
    """A document of this version whose hash repeats one digit."""
    return SignableDocument("charte", "Charte", version, mark * 64, f"/fr/charte/{version}/", date(2026, 11, 1))


class Shelf:
    """A source that holds two versions for the coalition "villes"."""

    def __init__(self) -> None:
        self.versions = [text("1", "a"), text("2", "b")]

    def current(self, coalition: Any) -> SignableDocument | None:
        return self.versions[-1] if coalition == "villes" else None

    def by_hash(self, sha256: str) -> SignableDocument | None:
        return next((version for version in self.versions if version.sha256 == sha256), None)


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_sources", [])


def test_nothing_can_be_signed_before_somebody_registers() -> None:
    assert current_document("villes") is None
    assert document_by_hash("a" * 64) is None


def test_the_current_text_is_the_last_adopted() -> None:
    register_document_source(Shelf())
    found = current_document("villes")
    assert found is not None
    assert found.version == "2"


def test_a_coalition_without_a_text_has_nothing_to_sign() -> None:
    register_document_source(Shelf())
    assert current_document("autre") is None


def test_a_superseded_text_is_still_found_by_its_hash() -> None:
    register_document_source(Shelf())
    found = document_by_hash("a" * 64)
    assert found is not None
    assert found.version == "1"
    assert document_by_hash("f" * 64) is None


def test_registering_twice_asks_once() -> None:
    shelf = Shelf()
    register_document_source(shelf)
    register_document_source(shelf)
    assert documents._sources == [shelf]


class Library(Shelf):
    """A source that also knows its history and compares texts."""

    def adopted(self, coalition: Any) -> tuple[SignableDocument, ...] | None:
        return tuple(reversed(self.versions)) if coalition == "villes" else None

    def word_changes(self, before: str, after: str) -> list[tuple[str, str]]:
        return [("delete", before), ("insert", after)]


def test_every_adopted_text_is_known_newest_first() -> None:
    assert adopted_documents("villes") == ()
    register_document_source(Library())
    assert [document.version for document in adopted_documents("villes")] == ["2", "1"]
    assert adopted_documents("autre") == ()


def test_two_texts_are_compared_by_whoever_can() -> None:
    assert word_changes("avant", "après") == ()
    register_document_source(Library())
    assert word_changes("avant", "après") == [("delete", "avant"), ("insert", "après")]
