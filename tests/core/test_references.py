from collections.abc import Iterable, Iterator

import pytest

from coalition.core import references
from coalition.core.references import Reference, references_offered, register_reference_source, resolve_references

PARTAGE = Reference("partage", "2. Partager", "/fr/charte/#partage")


class Charter:
    def offered(self) -> list[Reference]:
        return [PARTAGE]

    def resolve(self, keys: Iterable[str]) -> list[Reference]:
        return [PARTAGE] if "partage" in keys else []


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(references, "_sources", [])
    yield


def test_keys_are_named_by_whoever_registered() -> None:
    assert references_offered() == []
    charter = Charter()
    register_reference_source(charter)
    register_reference_source(charter)
    assert references_offered() == [PARTAGE]
    assert resolve_references(["partage", "disparu"]) == [PARTAGE]


def test_no_keys_ask_nobody() -> None:
    class Silent(Charter):
        def resolve(self, keys: Iterable[str]) -> list[Reference]:
            raise AssertionError

    register_reference_source(Silent())
    assert resolve_references([]) == []
