"""Something to follow for tests: notices on a board, some of them hidden, and accounts that read it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from coalition.core.following import Target, forget_target_source, register_target_source
from members.models import User

KIND = "board"


class Board:
    """Every key exists; what is in `hidden` nobody reads, and `private` names who reads what is not for all."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.private: dict[str, set[int]] = {}

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        seen = [key for key in keys if key not in self.hidden]
        reads = [key for key in seen if key not in self.private or getattr(account, "pk", 0) in self.private[key]]
        return {key: Target(KIND, key, f"Le panneau {key}", f"/fr/panneau/{key}/") for key in reads}


@pytest.fixture
def board() -> Iterator[Board]:
    """Registered for the time of a test."""
    source = Board()
    register_target_source(KIND, source)
    yield source
    forget_target_source(KIND)


def place(key: str = "1") -> Target:
    """One notice, as who may read it knows it."""
    return Target(KIND, key, f"Le panneau {key}", f"/fr/panneau/{key}/")


def make_reader(name: str = "Awa", **fields: Any) -> User:
    """An account whose address is verified."""
    address = f"{name.lower()}@lecture.example"
    account = User.objects.create_user(address, None, name=name, **fields)
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    return account
