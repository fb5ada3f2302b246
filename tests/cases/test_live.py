"""Every process sees every change of the catalogue at its next reading, and nothing that was undone."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from cases.actions import unpublish_case
from cases.actions.changes import KEPT, drop_old_changes
from cases.models import CatalogueChange, CatalogueEntry
from cases.querysets.live import _kept, current_index, forget_indexes
from cases.search import Selection
from tests.cases.conftest import NOW, Make, World


@pytest.fixture
def db(own_database: None) -> None:
    """Commits are real: other connections see them."""


@pytest.fixture(autouse=True)
def first_reading() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


@pytest.fixture
def other() -> Iterator[psycopg.Connection[Any]]:
    """Another process, as the database sees it."""
    database = settings.DATABASES["default"]
    host = database["HOST"] or database["OPTIONS"].get("host")
    with psycopg.connect(dbname=database["NAME"], user=database["USER"], host=host, port=database["PORT"] or None,
                         password=database["PASSWORD"] or None) as session:  # fmt: skip
        yield session


def found(**facets: str) -> int:
    return len(CatalogueEntry.objects.answer(Selection(**facets), "fr"))


def queries() -> int:
    """How many queries one reading of the index takes."""
    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        current_index("default")
    return len(seen)


def dropped_in_the_end() -> int:
    """Lines younger than a transaction that runs anywhere on the server wait for it."""
    for _attempt in range(300):
        if dropped := drop_old_changes():
            return dropped
        time.sleep(0.1)
    pytest.skip("a transaction older than these lines runs elsewhere on this database server")


def test_a_case_withdrawn_by_another_process_is_out_of_lists_and_counts_at_the_next_request(
    client: Client, world: World, published: Make, other: psycopg.Connection[Any]
) -> None:
    for title in ("Un", "Deux", "Trois"):
        published(title)
    assert client.get("/fr/cas/").context["counts"].found == 3
    gone = CatalogueEntry.objects.get(title="Deux")
    other.execute("DELETE FROM cases_catalogueentry WHERE page_id = %s", [gone.pk])
    assert client.get("/fr/cas/").context["counts"].found == 3
    other.commit()
    answer = client.get("/fr/cas/")
    assert (answer.context["counts"].found, answer.context["counts"].total) == (2, 2)
    assert answer.context["counts"].facets["stage"] == {"idea": 2} or sum(answer.context["counts"].tally.values()) == 2
    assert "Deux" not in [case.title for case in answer.context["results"]]
    assert client.get("/fr/cas/?q=deux").context["counts"].found == 0


def test_an_act_of_the_site_shows_at_the_next_request(client: Client, world: World, published: Make) -> None:
    page = published("Un")
    assert client.get("/fr/cas/").context["counts"].found == 1
    unpublish_case(actor=world.organiser, page=page, reason="Erreur.", now=NOW)
    assert client.get("/fr/cas/").context["counts"].found == 0


def test_a_transaction_that_ends_late_is_not_missed(
    world: World, published: Make, other: psycopg.Connection[Any]
) -> None:
    published("Un")
    published("Deux")
    assert found() == 2
    other.execute("UPDATE cases_catalogueentry SET stage = 'stopped' WHERE title = 'Un'")
    published("Trois")
    assert found() == 3
    published("Quatre")
    assert found() == 4
    other.commit()
    index = current_index("default")
    assert index.counts("stage", index.everything)["stopped"] == 1


def test_what_is_undone_was_never_kept(world: World, published: Make) -> None:
    published("Un")
    assert found() == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        published("Deux")
        assert found() == 2
        raise ZeroDivisionError
    assert found() == 1


def test_a_first_reading_inside_an_unfinished_transaction_is_not_kept(world: World, published: Make) -> None:
    published("Un")
    forget_indexes()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        CatalogueEntry.objects.update(stage="stopped")
        index = current_index("default")
        assert index.counts("stage", index.everything) == {"stopped": 1}
        raise ZeroDivisionError
    index = current_index("default")
    assert "stopped" not in index.counts("stage", index.everything)


def test_one_query_keeps_the_index_true_and_nothing_is_made_twice(world: World, published: Make) -> None:
    published("Un")
    assert queries() == 1
    kept = current_index("default")
    assert queries() == 1
    assert current_index("default") is kept


def test_lines_of_changes_are_dropped_and_whoever_missed_them_reads_everything_again(
    world: World, published: Make, other: psycopg.Connection[Any]
) -> None:
    published("Un")
    assert found() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_catalogueentry SET stage = 'stopped'")
        cursor.execute(
            "INSERT INTO cases_cataloguechange (page_id, transaction) "
            "SELECT 0, pg_current_xact_id()::text::bigint FROM generate_series(1, %s)",
            [KEPT],
        )
    assert dropped_in_the_end() > 0
    assert CatalogueChange.objects.count() <= KEPT + 1
    index = current_index("default")
    assert index.counts("stage", index.everything) == {"stopped": 1}
    assert queries() == 1


def test_nothing_is_dropped_while_there_is_little(world: World, published: Make) -> None:
    published("Un")
    lines = CatalogueChange.objects.count()
    assert drop_old_changes() == 0
    assert CatalogueChange.objects.count() == lines


def test_an_emptied_catalogue_is_seen_empty(world: World, published: Make) -> None:
    published("Un")
    assert found() == 1
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_catalogueentry CASCADE")
    assert found() == 0


def test_a_restored_database_is_read_again(world: World, published: Make) -> None:
    published("Un")
    assert found() == 1
    key, kept = next(iter(_kept.items()))
    _kept[key] = type(kept)(kept.index.changed(list(kept.index.everything), ()), 2**60)
    assert found() == 1
