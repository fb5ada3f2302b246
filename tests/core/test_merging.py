"""How each app says what becomes of its keys when two objects become one."""

from collections.abc import Iterator
from typing import Any

import pytest

from coalition.core import merging
from coalition.core.merging import Moved, keys_to, lines_to_move, move_everything, plain_move, register_move
from members.models import VerifiedDomain

KEY = "members.VerifiedDomain.organisation"


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(merging, "_moves", {})
    yield


def test_every_key_of_every_table_is_found() -> None:
    assert {KEY, "cases.CasePage.organisation", "principles.Amendment.organisation"} <= keys_to("members.Organisation")


def test_a_key_moves_one_way() -> None:
    first = plain_move(VerifiedDomain, "organisation")
    register_move("members.Organisation", KEY, first, "domaines")
    register_move("members.Organisation", KEY, first, "domaines")
    with pytest.raises(ValueError, match="two moves"):
        register_move("members.Organisation", KEY, plain_move(VerifiedDomain, "organisation"), "domaines")


def test_moves_run_in_their_order_and_those_with_nothing_to_do_are_not_told() -> None:
    order: list[str] = []

    def move(name: str, moved: Moved) -> Any:
        def run(_kept: Any, _gone: Any, _now: Any) -> Moved:
            order.append(name)
            return moved

        return run

    for name, moved in (("b", Moved(2, 1)), ("a", Moved()), ("c", Moved(settled=1))):
        register_move("members.Organisation", name, move(name, moved), name)
    done = move_everything(target="members.Organisation", kept=None, gone=None, now=None)  # type: ignore[arg-type]
    assert order == ["b", "a", "c"]
    assert done == {"b": Moved(2, 1), "c": Moved(0, 1)}


@pytest.mark.django_db
def test_what_would_move_is_counted_in_words(django_assert_num_queries: Any) -> None:
    register_move("members.Organisation", KEY, plain_move(VerifiedDomain, "organisation"), "domaines")
    with django_assert_num_queries(1):
        assert lines_to_move(target="members.Organisation", gone=1) == []
