"""The one door: what nobody declared is refused, and each refusal has its name."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.core import access
from coalition.core.access import (
    ORGANISERS,
    AccessError,
    Hidden,
    LoginNeeded,
    Refused,
    Verdict,
    WrongState,
    access_rule,
    can,
    declared_actions,
    hidden_unless_organiser,
    is_known,
    is_organiser,
    is_signed_in,
    organisers_only,
    refuse,
    require,
)


def somebody(**facts: Any) -> Any:
    """An organiser in every respect, but for `facts`."""
    usual = {
        "is_authenticated": True,
        "is_active": True,
        "has_verified_email": True,
        "has_second_factor": True,
        "is_superuser": False,
        "group_names": frozenset({ORGANISERS}),
    }
    return SimpleNamespace(**{**usual, **facts})


@pytest.fixture
def no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_rules", {})


def test_only_the_verdict_allowed_is_true() -> None:
    assert [verdict.value for verdict in Verdict if verdict] == ["A"]


@pytest.mark.usefixtures("no_rules")
def test_an_action_nobody_declared_is_refused_even_to_an_organiser() -> None:
    assert can(somebody(), "case.burn") is Verdict.FORBIDDEN
    with pytest.raises(Refused):
        require(somebody(), "case.burn")


@pytest.mark.usefixtures("no_rules")
@pytest.mark.parametrize(
    ("verdict", "error"),
    [
        (Verdict.LOGIN, LoginNeeded),
        (Verdict.FORBIDDEN, Refused),
        (Verdict.HIDDEN, Hidden),
        (Verdict.CONFLICT, WrongState),
    ],
)
def test_each_refusal_raises_its_own_error(verdict: Verdict, error: type[AccessError]) -> None:
    access_rule("case.test")(lambda account, obj: verdict)
    with pytest.raises(error) as refusal:
        require(somebody(), "case.test")
    assert refusal.value.verdict is verdict


@pytest.mark.usefixtures("no_rules")
def test_a_rule_that_allows_lets_pass_and_is_declared() -> None:
    access_rule("case.test")(lambda account, obj: Verdict.ALLOWED)
    require(AnonymousUser(), "case.test")
    assert declared_actions() == {"case.test"}


@pytest.mark.usefixtures("no_rules")
def test_two_rules_for_one_action_cannot_start() -> None:
    access_rule("case.test")(lambda account, obj: Verdict.ALLOWED)
    with pytest.raises(ValueError, match=r"case\.test"):
        access_rule("case.test")(lambda account, obj: Verdict.HIDDEN)


def test_a_suspended_account_counts_as_nobody() -> None:
    assert not is_signed_in(somebody(is_active=False))
    assert not is_known(somebody(is_active=False))
    assert not is_organiser(somebody(is_active=False))
    assert refuse(somebody(is_active=False)) is Verdict.LOGIN


def test_nobody_and_anonymous_are_not_signed_in() -> None:
    assert not is_signed_in(None)
    assert not is_signed_in(AnonymousUser())
    assert not is_organiser(AnonymousUser())


@pytest.mark.parametrize(
    "lacking",
    [{"has_verified_email": False}, {"has_second_factor": False}, {"group_names": frozenset()}],
    ids=["verified address", "second factor", "group"],
)
def test_an_organiser_needs_the_group_a_verified_address_and_a_second_factor(lacking: dict[str, Any]) -> None:
    assert is_organiser(somebody())
    assert not is_organiser(somebody(**lacking))


@pytest.mark.parametrize("lacking", [{"has_verified_email": False}, {"has_second_factor": False}])
def test_even_a_superuser_needs_a_verified_address_and_a_second_factor(lacking: dict[str, Any]) -> None:
    chief = {"is_superuser": True, "group_names": frozenset()}
    assert is_organiser(somebody(**chief))
    assert not is_organiser(somebody(**chief, **lacking))


def test_what_is_refused_plainly_asks_a_stranger_to_sign_in_and_tells_an_account_no() -> None:
    plain = somebody(group_names=frozenset())
    assert organisers_only(AnonymousUser()) is Verdict.LOGIN
    assert organisers_only(plain) is Verdict.FORBIDDEN
    assert organisers_only(somebody()) is Verdict.ALLOWED


def test_what_is_hidden_is_hidden_from_strangers_and_accounts_alike() -> None:
    plain = somebody(group_names=frozenset())
    assert hidden_unless_organiser(AnonymousUser()) is Verdict.HIDDEN
    assert hidden_unless_organiser(plain) is Verdict.HIDDEN
    assert hidden_unless_organiser(somebody()) is Verdict.ALLOWED
