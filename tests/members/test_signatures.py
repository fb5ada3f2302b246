"""The squares on the way to the threshold, and the versions that co-sponsors hold."""

from collections.abc import Callable
from typing import Any

import pytest

from members.actions import confirm_version, set_threshold
from members.models import Coalition, Cosponsorship, Organisation, User
from members.models.progress import threshold_progress
from members.templatetags.signatures import act_versions, threshold, versions_held
from tests.members.conftest import NOW
from tests.members.editions import Editions, sha256_of

Official = Callable[..., Cosponsorship]


@pytest.fixture
def act(official: Official, chief: User, city: Organisation) -> Cosponsorship:
    return official(chief, city)


def test_each_number_is_a_line_of_squares_with_its_words(
    act: Cosponsorship, coalition: Coalition, organiser: User
) -> None:
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=3, kinds={"authority": 1}, now=NOW)
    drawn = threshold(coalition)
    total, cities = drawn["lines"]
    assert total["words"] == "1 co-porteur officiel sur 3. Il en manque 2."
    assert [square["there"] for square in total["squares"]] == [True, False, False]
    assert cities["words"] == "Collectivité territoriale\u00a0: 1, il en faut au moins 1. C’est atteint."
    assert drawn["progress"].total.missing == 2


def test_a_hundred_organisations_are_drawn_as_a_bar_to_scale(
    act: Cosponsorship, coalition: Coalition, organiser: User
) -> None:
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=100, kinds={}, now=NOW)
    (line,) = threshold(coalition)["lines"]
    assert line["as_bar"]
    assert line["squares"] == []
    assert line["filled"] * 100 == pytest.approx(line["mark"], rel=0.1)


def test_nothing_is_drawn_for_a_coalition_that_asks_for_no_number(coalition: Coalition) -> None:
    assert threshold(coalition)["lines"] == []
    assert not threshold_progress(coalition).reached


def test_progress_costs_two_queries_whatever_the_number(
    act: Cosponsorship,
    coalition: Coalition,
    official: Official,
    organiser: User,
    make_organisation: Callable[..., Organisation],
    make_representative: Callable[..., User],
    django_assert_num_queries: Any,
) -> None:
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=9, kinds={"authority": 1}, now=NOW)
    for _number in range(3):
        body = make_organisation()
        official(make_representative(body), body)
    with django_assert_num_queries(2):
        assert threshold_progress(coalition).total.counted == 4


def test_co_sponsors_are_counted_by_the_version_they_hold(
    act: Cosponsorship, chief: User, coalition: Coalition, editions: Editions
) -> None:
    assert [(row.version, row.count, row.in_force) for row in versions_held(coalition)["rows"]] == [("1", 1, True)]
    editions.version = "2"
    held = versions_held(coalition)
    assert [(row.version, row.count, row.in_force) for row in held["rows"]] == [("2", 0, True), ("1", 1, False)]
    assert held["behind"] == 1
    assert act_versions(act)["waiting"].version == "2"
    confirm_version(cosponsorship=act, actor=chief, seen_sha256=sha256_of("2"), now=NOW)
    assert versions_held(coalition)["behind"] == 0
    assert act_versions(act)["waiting"] is None


def test_the_api_counts_by_version_and_gives_each_history(
    act: Cosponsorship, chief: User, editions: Editions, client: Any
) -> None:
    editions.version = "2"
    confirm_version(cosponsorship=act, actor=chief, seen_sha256=sha256_of("2"), now=NOW)
    assert client.get("/api/v1/cosponsors/versions/").json() == [
        {"document_version": "2", "document_sha256": sha256_of("2"), "count": 1}
    ]
    (row,) = client.get("/api/v1/cosponsors/").json()["results"]
    assert [(one["document_version"], one["how"]) for one in row["versions"]] == [("1", "signed"), ("2", "confirmed")]
