"""Consents: the words shown, and the record that somebody agreed to them."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from coalition.core.consents import (
    Purpose,
    consent_digest,
    consent_text,
    give_consent,
    network_of,
    register_purpose,
    withdraw_consent,
)
from coalition.core.models import Consent
from members.models import User

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
register_purpose(Purpose("test.news", "1", "Des nouvelles."))
register_purpose(Purpose("test.news", "2", "Des nouvelles, une fois par mois."))


def _agree(**changes: object) -> Consent:
    given: dict[str, object] = {"account": None, "address": "Awa@Ville.example", "purpose": "test.news"}
    given |= {"language": "fr", "method": "form", "proof": "form 1", "now": NOW}
    return give_consent(**{**given, **changes})  # type: ignore[arg-type]  # one dict for all stories


def test_a_version_cannot_change_its_words() -> None:
    with pytest.raises(ValueError, match="words already"):
        register_purpose(Purpose("test.news", "1", "Autre chose."))


def test_the_latest_words_are_shown_and_earlier_ones_stay_readable() -> None:
    assert consent_text("test.news", "fr") == "Des nouvelles, une fois par mois."
    assert consent_text("test.news", "fr", "1") == "Des nouvelles."


@pytest.mark.django_db
def test_the_record_keeps_version_hash_language_time_and_proof() -> None:
    consent = _agree(network="192.0.2.77")
    assert (consent.text_version, consent.language, consent.given_at, consent.proof) == ("2", "fr", NOW, "form 1")
    assert consent.text_sha256 == hashlib.sha256(b"Des nouvelles, une fois par mois.").hexdigest()
    assert consent.text_sha256 == consent_digest("test.news", "fr", consent.text_version)
    assert consent.address == "awa@ville.example"
    assert consent.network == "192.0.2.0/24"


@pytest.mark.django_db
def test_withdrawing_ends_the_running_consent_and_keeps_the_line() -> None:
    consent = _agree()
    assert withdraw_consent(purpose="test.news", address="awa@ville.example", now=NOW + timedelta(days=1)) == 1
    assert withdraw_consent(purpose="test.news", address="awa@ville.example", now=NOW + timedelta(days=2)) == 0
    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW + timedelta(days=1)


@pytest.mark.django_db
def test_withdrawing_touches_nobody_else() -> None:
    account = User.objects.create_user("awa@ville.example")
    mine, other = _agree(account=account), _agree(address="autre@ville.example")
    withdraw_consent(purpose="test.news", account=account, now=NOW)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.withdrawn_at == NOW
    assert other.withdrawn_at is None


def test_nobody_in_particular_cannot_withdraw() -> None:
    with pytest.raises(ValueError, match="whose"):
        withdraw_consent(purpose="test.news", now=NOW)


def test_an_address_is_cut_down_to_its_network() -> None:
    assert network_of("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert network_of("nonsense") == ""
