from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from coalition.core.tokens import (
    issue_token,
    known_token,
    link_state,
    read_signed_key,
    read_signed_reply,
    sign_key,
    sign_reply,
    use_token,
)
from members.models import User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def account() -> User:
    return User.objects.create_user("ada@example.org")


def _issue(account: User, lifetime: timedelta = timedelta(days=7)) -> str:
    return issue_token(
        purpose="test.confirm", subject=account, address=account.email, lifetime=lifetime, now=timezone.now()
    )


def test_a_token_is_used_once(account: User) -> None:
    secret = _issue(account)
    first = use_token(purpose="test.confirm", secret=secret)
    assert first is not None and first.subject == account
    assert use_token(purpose="test.confirm", secret=secret) is None


def test_looking_at_a_token_does_not_use_it(account: User) -> None:
    secret = _issue(account)
    assert known_token(purpose="test.confirm", secret=secret) is not None
    assert use_token(purpose="test.confirm", secret=secret) is not None


def test_a_token_of_another_purpose_is_refused(account: User) -> None:
    assert use_token(purpose="other", secret=_issue(account)) is None


def test_a_token_past_its_date_is_refused(account: User) -> None:
    assert use_token(purpose="test.confirm", secret=_issue(account, timedelta(seconds=-1))) is None


def test_the_secret_itself_is_stored_nowhere(account: User) -> None:
    secret = _issue(account)
    stored = known_token(purpose="test.confirm", secret=secret)
    assert stored is not None and secret not in str(vars(stored))


def test_an_address_to_answer_to_is_read_back_and_outlives_a_change_of_key(settings: Settings) -> None:
    word = sign_reply(purpose="c", account_id=12, number=34, expires_at=NOW)
    assert len(word) <= 50 and word == word.lower() and word.isalnum()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    signed = read_signed_reply(word.upper())
    assert signed is not None and (signed.account_id, signed.number, signed.purpose) == (12, 34, "c")
    assert signed.expires_at >= NOW
    settings.SECRET_KEY_FALLBACKS = []
    assert read_signed_reply(word) is None


@pytest.mark.parametrize("word", ["", "c", "é", "c0189", "c" * 49, "c" + "a" * 48, "c" + "=" * 8])
def test_words_that_were_not_signed_say_nothing(word: str) -> None:
    assert read_signed_reply(word) is None


def _said(secret: str, *, waits: bool = True, later: timedelta = timedelta()) -> tuple[object, str, int]:
    return link_state(purpose="test.confirm", secret=secret, waits=lambda _found: waits, now=timezone.now() + later)


def test_a_mailed_link_says_what_has_become_of_it_without_being_used(account: User) -> None:
    secret = _issue(account)
    assert _said(secret) == _said(secret) == (account, "live", 200)
    assert _said(secret, waits=False) == (account, "used", 200)
    assert _said(secret, later=timedelta(days=8)) == (None, "expired", 410)
    assert _said("forged") == (None, "forged", 404)
    assert link_state(purpose="other", secret=secret, waits=bool, now=NOW) == (None, "forged", 404)
    use_token(purpose="test.confirm", secret=secret)
    assert _said(secret) == (account, "used", 200)
    account.delete()
    assert _said(secret) == (None, "forged", 404)


def test_a_word_that_names_a_key_serves_for_ever_and_for_one_thing_only() -> None:
    word = sign_key(salt="test.leave", key=12)
    assert ":" not in word
    assert read_signed_key(salt="test.leave", word=word) == 12
    assert read_signed_key(salt="test.other", word=word) is None
    for other in ("", "12", word[:-1], "x~y", "é"):
        assert read_signed_key(salt="test.leave", word=other) is None
