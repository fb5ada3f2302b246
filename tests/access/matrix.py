"""The permission matrix, and the scenarios that perform its rows.

A row is object, state, action; a cell says what a role meets:

A  allowed: 2xx, or a redirect that does not lead to the login page. Where the row writes (`acts`), something changed.
L  log in first: a redirect to the login page, or 401.
F  forbidden: 403. Wagtail's admin says it by sending back to its front page.
H  hidden: 404, as if it did not exist.
V  wrong state: 409. For rows about a GET that must act on nothing (`reads`): whatever the page says, nothing changed;
   405 is as good. For rows about input that is not allowed (`inputs`): 400, or the very answer given without it.

Each refusal also means that no row of any table changed, so that no mail is on its way either.

The role `api_read` is a program without a session. Rows that the API serves name its addresses (`api`), and for these
rows: A is 2xx, H is 404, and F, L are any of 401, 403, 404, 405, because the API has no door that writes. The people
ask the same addresses with their sessions, and get what the program gets: the API knows nobody. Rows without an address
in the API are performed by the program on the site's own doors, without form token: F is then any refusal, and
what it posts may be refused for its missing token before anybody looks whether the object exists.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from tests.access.visitor import Visitor
from tests.world import ROLES, World

FOLDER = Path(__file__).parent
Key = tuple[str, str, str]
Answers = HttpResponse | list[HttpResponse] | bool
Perform = Callable[[World, Visitor], Answers]
Addresses = Callable[[World], list[tuple[str, str]]]


@dataclass(frozen=True)
class Scenario:
    """How one row is performed."""

    key: Key
    perform: Perform
    api: Addresses | None = None
    given: Callable[[World, Visitor], None] | None = None
    acts: bool = False
    reads: bool = False
    inputs: bool = False


SCENARIOS: dict[Key, Scenario] = {}


def row(object_: str, state: str, action: str, **options: Any) -> Callable[[Perform], Perform]:
    """Register the decorated function as the performance of this row. Options: api, acts, reads, inputs, and
    `given`, what must be so before.

    It returns the answer or answers it got, or, where the page is public and a part of it is not, whether the part was
    there.
    """

    def register(perform: Perform) -> Perform:
        key = (object_, state, action)
        if key in SCENARIOS:
            raise ValueError(f"two scenarios for {key}")
        SCENARIOS[key] = Scenario(key, perform, **options)
        return perform

    return register


@cache
def matrix() -> dict[Key, dict[str, str]]:
    """Cells by role, by row."""
    with (FOLDER / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return {
            (line["object"], line["state"], line["action"]): {role: line[role] for role in ROLES}
            for line in csv.DictReader(file)
        }


@cache
def pending() -> frozenset[Key]:
    """The rows that nothing can perform yet."""
    with (FOLDER / "pending.csv").open(encoding="utf-8", newline="") as file:
        return frozenset((line["object"], line["state"], line["action"]) for line in csv.DictReader(file))
