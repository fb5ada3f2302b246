from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coalition.core.templatetags.typography import date_words, number, ordinal, typo

NARROW, FIXED = "\u202f", "\u00a0"


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def test_french_marks_keep_to_the_word_before_them() -> None:
    assert typo("Qui ? Vous ! 3 % ; oui : non") == (f"Qui{NARROW}? Vous{NARROW}! 3{NARROW}%{NARROW}; oui{FIXED}: non")


def test_quotation_marks_hold_their_words() -> None:
    assert typo("« mairie » et «rue»") == f"«{NARROW}mairie{NARROW}» et «{NARROW}rue{NARROW}»"


def test_text_set_once_is_not_set_twice() -> None:
    once = typo("« l'eau » : 12 000 €, nº 5 ?")
    assert once == f"«{NARROW}l’eau{NARROW}»{FIXED}: 12{NARROW}000{FIXED}€, nº{FIXED}5{NARROW}?"
    assert typo(once) == once


def test_addresses_and_hours_stay_whole() -> None:
    assert typo("https://exemple.fr/?q=a&b=c;d à 14:05") == "https://exemple.fr/?q=a&b=c;d à 14:05"


def test_english_text_is_left_alone() -> None:
    with translation.override("en"):
        assert typo("Who? It's 12 000 : yes") == "Who? It's 12 000 : yes"


def test_plain_text_is_still_escaped_and_safe_text_keeps_its_tags() -> None:
    page = Template("{{ plain|typo }} {{ safe|typo }}")
    html = page.render(Context({"plain": "<b>Qui ?</b>", "safe": mark_safe('<a title="a ? b">x &amp; y ?</a>')}))
    assert html == f'&lt;b&gt;Qui{NARROW}?&lt;/b&gt; <a title="a ? b">x &amp; y{NARROW}?</a>'
    assert not isinstance(typo("Qui ?"), SafeString)


def test_nothing_is_set_as_nothing() -> None:
    assert typo(None) == ""
    assert date_words(None) == ""
    assert number(None) == ""
    assert ordinal(None) == ""


@pytest.mark.parametrize(
    ("precision", "html"),
    [
        ("day", '<time datetime="2026-11-22">22 novembre 2026</time>'),
        ("weekday", '<time datetime="2026-11-22">dimanche 22 novembre 2026</time>'),
        ("month", '<time datetime="2026-11">novembre 2026</time>'),
        ("year", '<time datetime="2026">2026</time>'),
    ],
)
def test_a_date_is_said_with_the_precision_it_is_known_with(precision: str, html: str) -> None:
    assert date_words(date(2026, 11, 22), precision) == html


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    assert date_words(date(2026, 5, 1)) == '<time datetime="2026-05-01">1<sup>er</sup> mai 2026</time>'
    with translation.override("en"):
        assert date_words(date(2026, 5, 1)) == '<time datetime="2026-05-01">1 May 2026</time>'


def test_an_hour_is_said_in_universal_time() -> None:
    assert date_words(datetime(2026, 12, 5, 23, 59, tzinfo=UTC), "minute") == (
        f'<time datetime="2026-12-05T23:59Z">5 décembre 2026 à 23{FIXED}h{FIXED}59 (temps universel)</time>'
    )


def test_a_date_already_in_words_stays_and_is_escaped() -> None:
    assert date_words("printemps <2025>") == "<span>printemps &lt;2025&gt;</span>"


def test_figures_have_their_thousands_apart_and_a_decimal_comma() -> None:
    assert number(1234567.5) == f"1{NARROW}234{NARROW}567,5"
    assert number(-47) == "−47"
    assert number("0.125", 2) == "0,12"
    assert number(Decimal("12"), 1) == "12,0"
    with translation.override("en"):
        assert number(1234.5) == f"1{NARROW}234.5"


@pytest.mark.parametrize("value", ["beaucoup", "nan", "Infinity", "<b>"])
def test_what_is_no_number_comes_back_as_it_is(value: str) -> None:
    assert number(value) == value


def test_ranks_follow_the_language() -> None:
    assert [ordinal(1), ordinal(1, "f"), ordinal(27)] == ["1<sup>er</sup>", "1<sup>re</sup>", "27<sup>e</sup>"]
    with translation.override("en"):
        assert [ordinal(n) for n in (1, 2, 3, 11, 22)] == [
            "1<sup>st</sup>",
            "2<sup>nd</sup>",
            "3<sup>rd</sup>",
            "11<sup>th</sup>",
            "22<sup>nd</sup>",
        ]
    assert ordinal("dernier") == "dernier"
