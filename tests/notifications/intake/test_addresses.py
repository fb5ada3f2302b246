"""Signed addresses."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from coalition.notifications.intake.addresses import read_address, reply_headers, signed_word, takes_returns
from coalition.notifications.intake.registry import forget_answerer, register_answerer
from coalition.notifications.kinds import Recipient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def _kept(*, account: Any, number: int, words: str, now: datetime) -> object: ...


def _other(*, account: Any, number: int, words: str, now: datetime) -> object: ...


AWA = Recipient("awa@ville.example", "fr", "Awa", 12)


def address(settings: Settings) -> str:
    settings.REPLY_ADDRESS = "reponse@villes.example"
    return reply_headers(purpose="c", recipient=AWA, number=34, told_at=NOW)["Reply-To"]


def test_an_address_says_for_what_and_for_whom_whatever_its_case(settings: Settings) -> None:
    word = address(settings)
    assert len(word.partition("@")[0]) <= 64
    for written in (word, word.upper(), f"<{word}>"):
        signed = read_address(["autre@ville.example", written])
        assert signed is not None and (signed.purpose, signed.account_id, signed.number) == ("c", 12, 34)
        assert 60 <= (signed.expires_at - NOW).days <= 61


def test_one_changed_letter_or_another_domain_is_no_address_of_ours(settings: Settings) -> None:
    word = address(settings)
    assert read_address([word.replace("+c", "+d")]) is None
    assert read_address([word.replace("villes.example", "ailleurs.example")]) is None
    assert read_address(["reponse@villes.example", "reponse+@villes.example", "reponse+c@villes.example"]) is None
    assert signed_word(["x@y.example"]) == ""


def test_who_has_no_account_and_a_site_without_address_get_none(settings: Settings) -> None:
    settings.REPLY_ADDRESS = ""
    assert reply_headers(purpose="c", recipient=AWA, number=34, told_at=NOW) == {}
    settings.REPLY_ADDRESS = "reponse@villes.example"
    nobody = Recipient("x@y.example", "fr", "", None)
    assert reply_headers(purpose="c", recipient=nobody, number=34, told_at=NOW) == {}


def test_a_purpose_is_one_letter_and_has_one_owner() -> None:
    register_answerer("y", _kept)
    with pytest.raises(ValueError, match="taken"):
        register_answerer("y", _other)
    forget_answerer("y")
    with pytest.raises(ValueError, match="one letter"):
        register_answerer("yy", _kept)


def test_what_comes_back_is_taken_in_where_the_installation_says(settings: Settings) -> None:
    assert not takes_returns("")
    settings.BOUNCE_ADDRESS = "Retours@villes.example"
    assert takes_returns("<retours@VILLES.example>")
    assert not takes_returns("reponse@villes.example")
