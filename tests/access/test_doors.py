"""No door without a row: every address answers to the matrix, and nothing unlisted acts."""

import pytest

from tests.access.doors import address_of, doors, line_of, lines
from tests.access.matrix import matrix
from tests.access.verdicts import changed, digest
from tests.access.visitor import Visitor
from tests.world import World

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Wagtail's admin is one door: members.adapters turns everybody else away before any of its views
BEHIND_ONE_DOOR = "/admin/"
# answers 503 when mail waits, as the mail of a world made in the past does
ALARM = "delivery_health"


def test_every_address_answers_to_a_row_of_the_matrix() -> None:
    missing = [f"{door.name or '(no name)'}: /{door.route}" for door in doors() if line_of(door) is None]
    advice = (
        "add to tests/access/doors.csv: door,methods,object,state,action (and the row to matrix.csv when it is new)"
    )
    assert not missing, f"{advice}\n  " + "\n  ".join(missing)


def test_every_line_of_doors_names_a_row_and_a_door() -> None:
    rows = matrix()
    unknown = [line.door for line in lines() if line.row not in rows]
    assert not unknown, f"these lines name a row that is not in matrix.csv: {unknown}"
    used = {line_of(door) for door in doors()}
    dead = [line.door for line in lines() if line not in used]
    assert not dead, f"these lines fit no address any more: {dead}"


@pytest.mark.parametrize("method", UNSAFE)
def test_a_method_no_line_lists_acts_on_nothing(on_paper: World, method: str) -> None:
    visitor, before, faults = Visitor(on_paper, "anon"), digest(), []
    for door in doors():
        line, address = line_of(door), address_of(door, on_paper)
        if address is None or line is None or method in line.methods:
            continue
        status = visitor.ask(method, address).status_code
        if status >= 500 or status < 300:
            faults.append(f"{method} {address} ({door.name}): {status}")
    assert not faults, "neither refused nor listed:\n  " + "\n  ".join(faults)
    assert not changed(before, digest())


@pytest.mark.parametrize("role", ["anon", "organiser"])
def test_reading_breaks_nothing_and_changes_nothing(on_paper: World, role: str) -> None:
    visitor, before, broken = Visitor(on_paper, role), digest(), []
    for door in doors():
        address = address_of(door, on_paper)
        if address is None or address.startswith(BEHIND_ONE_DOOR):
            continue
        for method in ("GET", "HEAD"):
            status = visitor.ask(method, address).status_code
            if status >= 500 and door.name != ALARM:
                broken.append(f"{method} {address} ({door.name}): {status}")
    assert not broken, "\n  ".join(broken)
    assert not changed(before, digest())


def test_the_whole_admin_is_shut_to_whoever_is_no_organiser(on_paper: World) -> None:
    behind = [
        address for door in doors() if (address := address_of(door, on_paper)) and address.startswith(BEHIND_ONE_DOOR)
    ]
    assert len(behind) > 100
    before = digest()
    for role in ("anon", "registered", "rep_own", "cityed_own"):
        visitor = Visitor(on_paper, role)
        answers = {address: visitor.get(address) for address in behind}
        assert not [address for address, answer in answers.items() if answer.status_code not in (403, 404, 301, 302)]
        led = {address: answer["Location"] for address, answer in answers.items() if "Location" in answer}
        assert not [address for address, place in led.items() if "/compte/" not in place]
    assert not changed(before, digest())
