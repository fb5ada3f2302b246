"""Moments in words: whose hour it is, across changes of clocks, midnight and languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from coalition.core.moments import day_words, hour_words, moment_words, same_clock, span_words, zone_words

SUMMER = datetime(2027, 7, 14, 12, 0, tzinfo=UTC)
WINTER = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Paris", "heure de Paris, UTC+2"),
        ("Africa/Accra", "heure d’Accra, UTC+0"),
        ("Africa/Cairo", "heure du Caire, UTC+3"),
        ("Europe/London", "heure de Londres, UTC+1"),
        ("Asia/Kolkata", "heure de Kolkata, UTC+5:30"),
        ("America/New_York", "heure de New York, UTC-4"),
        ("UTC", "temps universel"),
    ],
)
def test_a_zone_is_named_after_its_city_with_its_distance_on_that_day(zone: str, words: str) -> None:
    with override("fr"):
        assert zone_words(ZoneInfo(zone), SUMMER) == words


def test_the_distance_changes_with_the_clocks_of_the_place() -> None:
    with override("fr"):
        assert zone_words(ZoneInfo("Europe/Paris"), WINTER).endswith("UTC+1")


def test_a_moment_is_told_on_the_clock_of_its_place() -> None:
    with override("fr"):
        assert plain(moment_words(WINTER, "Africa/Lome")) == "mardi 12 janvier 2027, 12 h 00 (heure de Lomé, UTC+0)"
        assert plain(moment_words(WINTER, "Europe/Paris")).startswith("mardi 12 janvier 2027, 13 h 00")


def test_one_day_is_said_once_and_two_days_both() -> None:
    with override("fr"):
        assert plain(span_words(WINTER, WINTER.replace(hour=14), "Africa/Dakar")) == (
            "mardi 12 janvier 2027, de 12 h 00 à 14 h 00 (heure de Dakar, UTC+0)"
        )
        said = plain(span_words(WINTER.replace(day=1), WINTER, "Africa/Dakar"))
        assert said.startswith("du vendredi 1er janvier 2027 à 12 h 00 au mardi 12 janvier 2027")


def test_a_zone_nobody_knows_is_told_in_universal_time() -> None:
    with override("fr"):
        assert span_words(WINTER, WINTER.replace(hour=14), "Europe/Atlantis").endswith("(temps universel)")


def test_english_has_its_own_clock() -> None:
    with override("en"):
        assert day_words(WINTER) == "Tuesday 12 January 2027"
        assert hour_words(WINTER) == "12:00"


def test_two_zones_may_show_the_same_hour_in_winter_and_not_in_summer() -> None:
    assert same_clock("Africa/Lagos", "Europe/Paris", WINTER)
    assert not same_clock("Africa/Lagos", "Europe/Paris", SUMMER)
