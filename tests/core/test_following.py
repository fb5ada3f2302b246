from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from coalition.core.following import (
    KeptFollow,
    Target,
    forget_target_source,
    kept_follows,
    readable_among,
    readable_target,
    readable_targets,
    register_own_follows,
    register_target_source,
)


class Shelf:
    """Two books; the second is for somebody."""

    asked = 0

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        self.asked += 1
        known = {"1", "2"} if account else {"1"}
        return {key: Target("shelf", key, f"Livre {key}", f"/{key}/") for key in keys if key in known}


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    source = Shelf()
    register_target_source("shelf", source)
    yield source
    forget_target_source("shelf")


def test_what_may_not_be_read_is_like_what_does_not_exist(shelf: Shelf) -> None:
    assert readable_target(None, "shelf", "2") is None
    assert readable_target(None, "shelf", "9") is None
    assert readable_target(None, "nowhere", "1") is None
    assert readable_target("somebody", "shelf", "2") == Target("shelf", "2", "Livre 2", "/2/")


def test_many_things_are_asked_of_their_source_at_once(shelf: Shelf) -> None:
    found = readable_among("somebody", [("shelf", "1"), ("shelf", "2"), ("nowhere", "1"), ("shelf", "1")])
    assert set(found) == {("shelf", "1"), ("shelf", "2")}
    assert shelf.asked == 1


def test_a_kind_belongs_to_one_source(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match="shelf"):
        register_target_source("shelf", Shelf())
    assert readable_targets(None, "shelf", ["1"])


def test_what_apps_keep_themselves_is_listed_beside_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coalition.core.following._own", [])
    mine = KeptFollow("Cas de Dakar", "/cas/", "chaque jour", False, "/cas/alertes/1/")

    def own(account: Any) -> list[KeptFollow]:
        return [mine] if account == "Awa" else []

    register_own_follows(own)
    register_own_follows(own)
    assert kept_follows("Awa") == [mine] and kept_follows("Bintou") == []
