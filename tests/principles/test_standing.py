from datetime import timedelta
from typing import Any

import pytest

from principles.enums import Result
from principles.models import Position, Standing, standing_of
from tests.principles.conftest import NOW


def standing(said: str, *, voters: int = 10, rule: str = "consent", quorum: int = 0, until: Any = None) -> Standing:
    """`said`: one letter a voice (a agree, b abstain, r reservation, o objection)."""
    words = {"a": "agree", "b": "abstain", "r": "reservation", "o": "objection"}
    positions = [Position(organisation_id=n, choice=words[one], wording=1) for n, one in enumerate(said)]
    return standing_of(
        positions=positions,
        voters=set(range(voters)),
        rule=rule,
        quorum_percent=quorum,
        until=until,
        now=NOW,
        reworded=0,
    )


@pytest.mark.parametrize(
    ("rule", "said", "met"),
    [
        ("consent", "aaa", True),
        ("consent", "abr", True),
        ("consent", "aaaaaaaao", False),
        ("majority", "aao", True),
        ("majority", "ao", False),
        ("majority", "bbb", False),
        ("majority", "ro", False),
        ("majority", "rao", True),
        ("two_thirds", "aao", True),
        ("two_thirds", "aaaoo", False),
        ("two_thirds", "bbb", False),
    ],
)
def test_each_rule_counts_as_it_says(rule: str, said: str, met: bool) -> None:
    assert (standing(said, rule=rule).result is Result.MET) is met


@pytest.mark.parametrize(("percent", "voters", "needed"), [(0, 9, 0), (50, 9, 5), (66, 27, 18), (100, 4, 4), (1, 1, 1)])
def test_the_quorum_is_a_share_of_the_voices_rounded_up(percent: int, voters: int, needed: int) -> None:
    assert standing("", voters=voters, quorum=percent).quorum == needed


def test_without_its_quorum_an_amendment_is_not_adopted_by_anybody_s_silence() -> None:
    assert standing("aa", quorum=50).result is Result.UNMET
    assert standing("aaabb", quorum=50).result is Result.MET
    assert standing("", quorum=50).result is Result.UNMET


def test_where_nobody_has_to_speak_and_nobody_did_the_organisers_are_free() -> None:
    silent = standing("")
    assert silent.result is Result.UNSPOKEN
    assert not silent.departs("accepted") and not silent.departs("refused")


def test_a_decision_departs_when_it_is_not_the_result_or_comes_before_the_close() -> None:
    assert standing("a").departs("refused") and not standing("a").departs("modified")
    assert standing("o").departs("accepted") and not standing("o").departs("refused")
    running = standing("a", until=NOW + timedelta(days=1))
    assert running.result is Result.RUNNING and running.departs("accepted") and running.departs("refused")
    assert not standing("a", until=NOW).departs("accepted")


def test_a_voice_lost_counts_no_more() -> None:
    assert standing("aao", voters=2).objection == 0
    assert standing("aao", voters=2).silent == 0


def test_what_a_decision_keeps_is_plain_data() -> None:
    kept = standing("aob", until=NOW).frozen()
    assert (kept["agree"], kept["objection"], kept["silent"], kept["result"]) == (1, 1, 7, "unmet")
    assert kept["until"] == NOW.isoformat()
