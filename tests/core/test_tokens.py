from datetime import timedelta

import pytest
from django.utils import timezone

from coalition.core.tokens import issue_token, known_token, use_token
from members.models import User

pytestmark = pytest.mark.django_db


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
