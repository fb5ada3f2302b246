"""The whole permission matrix, performed: each row by each role, over HTML and over the API."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from tests.access.matrix import SCENARIOS, Key, Scenario, matrix, pending
from tests.access.verdicts import Witness, digest, letter
from tests.access.visitor import Visitor
from tests.world import ROLES, World

for _file in sorted(Path(__file__).parent.glob("scenarios_*.py")):
    import_module(f"tests.access.{_file.stem}")

# rows nothing can perform yet; this number only shrinks
PENDING_AT_MOST = 0
PROGRAM_REFUSALS = {"L", "F", "H", "405"}


def _title(value: Any) -> str:
    return re.sub(r"[^\w-]+", "_", value if isinstance(value, str) else "-".join(value))


def test_every_row_is_performed_or_pending_and_never_both() -> None:
    rows = set(matrix())
    assert set(SCENARIOS) <= rows, f"scenarios of rows that do not exist: {sorted(set(SCENARIOS) - rows)}"
    assert pending() <= rows, f"pending rows that do not exist: {sorted(pending() - rows)}"
    both = sorted(set(SCENARIOS) & pending())
    assert not both, f"performed, so take off pending.csv: {both}"
    neither = sorted(rows - set(SCENARIOS) - pending())
    assert not neither, f"write a scenario for: {neither}"


def test_the_pending_list_only_shrinks() -> None:
    assert len(pending()) <= PENDING_AT_MOST, "a row that was performed must stay so"


def test_every_cell_is_one_of_the_five_letters() -> None:
    strange = [
        (key, role) for key, cells in matrix().items() for role, cell in cells.items() if cell not in tuple("ALFHV")
    ]
    assert not strange


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("key", sorted(SCENARIOS), ids=_title)
def test_cell(on_paper: World, key: Key, role: str) -> None:
    scenario, visitor = SCENARIOS[key], Visitor(on_paper, role)
    witness = _prepare(scenario, visitor, on_paper)
    for method, address in scenario.api(on_paper) if scenario.api else []:
        _judge(scenario, visitor, matrix()[key]["api_read"], visitor.ask(method, address), as_program=True)
    if not (visitor.is_program and scenario.api):
        answers = scenario.perform(on_paper, visitor)
        for answer in answers if isinstance(answers, list) else [answers]:
            _judge(scenario, visitor, matrix()[key][role], answer, as_program=visitor.is_program)
    _judge_traces(scenario, visitor, matrix()[key][role], witness.changed())


def _prepare(scenario: Scenario, visitor: Visitor, world: World) -> Witness:
    """The world as the row wants it, and who sees what becomes of it; the fingerprint of the world is taken once."""
    world.fingerprint = world.fingerprint or digest()
    witness = Witness(world.fingerprint)
    if scenario.given is not None:
        scenario.given(world, visitor)
        witness.settle()
    return witness


def _judge(scenario: Scenario, visitor: Visitor, cell: str, answer: HttpResponse | bool, *, as_program: bool) -> None:
    if isinstance(answer, bool):
        assert answer is (cell == "A"), f"{visitor.role}: the part is {'' if answer else 'not '}there"
        return
    found = letter(answer)
    said = f"{visitor.role} expected {cell}, met {found} at {answer.request['PATH_INFO']}"  # type: ignore[attr-defined]
    assert answer.status_code < 500, f"{said}: {answer.status_code}"
    if scenario.reads and cell in ("V", "F"):
        return
    if cell == "V" and scenario.inputs:
        assert found in ("A", "400"), said
    elif as_program and cell == "H" and answer.request["REQUEST_METHOD"] == "POST":  # type: ignore[attr-defined]
        assert found in ("H", "F"), said
    elif as_program and cell in ("F", "L"):
        assert found in PROGRAM_REFUSALS, said
    else:
        assert found == cell, said


def _judge_traces(scenario: Scenario, visitor: Visitor, cell: str, touched: list[str]) -> None:
    """An act leaves traces, a refusal and a reading none."""
    if cell == "A" and scenario.acts:
        assert touched, "allowed, but nothing was written"
    else:
        assert not touched, f"{visitor.role}: these tables changed: {touched}"
