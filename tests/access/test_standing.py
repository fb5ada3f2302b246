"""What is put back from its rows is what was built, and no test is handed what another one changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.access.conftest import AS_IN_PRODUCTION, build_with_sessions
from tests.access.verdicts import digest
from tests.cases import conftest as cases
from tests.standing import Standing


@pytest.mark.parametrize("build", [cases.build_world, build_with_sessions], ids=["cases", "everything"])
def test_every_table_is_row_for_row_as_building_left_it(db: None, build: Callable[[], Any]) -> None:
    left: list[dict[str, str]] = []

    def watched() -> Any:
        built = build()
        left.append(digest())
        return built

    before, standing = digest(), Standing(watched)
    with override_settings(**AS_IN_PRODUCTION):
        for _time in range(2):
            with transaction.atomic():
                standing.put_up()
                assert [digest()] == left
                transaction.set_rollback(True)
            assert digest() == before


def test_the_objects_are_new_each_time_and_the_triggers_watch_again(db: None) -> None:
    first, second = [], []
    for taken in (first, second):
        with transaction.atomic(), connection.cursor() as cursor:
            taken.append(cases.STANDING.put_up())
            cursor.execute("SHOW session_replication_role")
            assert cursor.fetchone() == ("origin",)
            taken[0].city.refresh_from_db()
            transaction.set_rollback(True)
    assert first[0].city == second[0].city
    first[0].city.name = "Ailleurs"
    assert second[0].city.name == "Rennes"
