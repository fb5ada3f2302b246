"""What the members app forgets: each step takes what is past its time, and leaves the rest."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.core.models import PurgeRun
from coalition.core.retention import run_purge
from coalition.notifications.models import Event
from members.enums import InvitationState, SupporterKind, SupportState
from members.models import Coalition, Invitation, JoinRequest, Organisation, Support, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
YEARS = timedelta(days=3 * 365 + 1)


def _purge(now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    return {run.step: run.erased for run in run_purge(now=now, dry_run=dry_run)}


def _joined(account: User, days: int) -> User:
    User.objects.filter(pk=account.pk).update(date_joined=NOW - timedelta(days=days))
    return account


def test_an_account_never_confirmed_goes_after_a_week(make_account: Make) -> None:
    old, recent = _joined(make_account(verified=False), 8), _joined(make_account(verified=False), 6)
    confirmed = _joined(make_account(), 8)
    assert _purge(NOW)["accounts.unconfirmed"] == 1
    assert not User.objects.filter(pk=old.pk).exists()
    assert User.objects.filter(pk__in=[recent.pk, confirmed.pk]).count() == 2


def _support(coalition: Coalition, days: int, state: str, **fields: Any) -> Support:
    then = NOW - timedelta(days=days)
    withdrawn = then if state == SupportState.WITHDRAWN else None
    return Support.objects.create(
        coalition=coalition,
        kind=SupporterKind.PERSON,
        name="Awa",
        email=f"awa{days}{state}@example.org",
        state=state,
        created_at=then,
        withdrawn_at=withdrawn,
        **fields,
    )


def test_a_support_never_confirmed_goes_and_a_withdrawn_one_loses_its_person(coalition: Coalition) -> None:
    unconfirmed = _support(coalition, 8, SupportState.AWAITING)
    withdrawn = _support(coalition, 29, SupportState.WITHDRAWN, city="Lomé")
    kept = _support(coalition, 400, SupportState.ACTIVE)
    done = _purge(NOW)
    assert (done["supports.unconfirmed"], done["supports.ended"]) == (1, 1)
    assert not Support.objects.filter(pk=unconfirmed.pk).exists()
    withdrawn.refresh_from_db()
    assert (withdrawn.name, withdrawn.email, withdrawn.city) == ("", "", "")
    kept.refresh_from_db()
    assert kept.email


def test_an_old_invitation_no_longer_says_whom_it_was_for(city: Organisation) -> None:
    then = NOW - timedelta(days=120)
    invitation = Invitation.objects.create(
        organisation=city,
        email="bintou@example.org",
        name="Bintou",
        role="member",
        created_at=then,
        expires_at=then + timedelta(days=14),
    )
    assert _purge(NOW)["invitations"] == 1
    invitation.refresh_from_db()
    assert invitation.email.endswith(".invalid")
    assert (invitation.name, invitation.state) == ("", InvitationState.CANCELLED)
    assert _purge(NOW)["invitations"] == 0


def test_the_words_of_an_old_request_go(city: Organisation, make_account: Make) -> None:
    asked = JoinRequest.objects.create(
        organisation=city,
        account=make_account(),
        message="Je suis la nouvelle adjointe.",
        state="accepted",
        created_at=NOW - timedelta(days=100),
        decided_at=NOW - timedelta(days=95),
    )
    assert _purge(NOW)["join_requests"] == 1
    asked.refresh_from_db()
    assert asked.message == ""


def test_an_unused_account_is_warned_a_month_ahead_then_erased(make_account: Make) -> None:
    account = make_account()
    joined = timezone.now()
    User.objects.filter(pk=account.pk).update(date_joined=joined)
    first = joined + YEARS - timedelta(days=20)
    assert _purge(first)["accounts.notice"] == 1
    assert _purge(first + timedelta(days=1))["accounts.notice"] == 0
    assert _purge(joined + YEARS)["accounts.inactive"] == 0, "a month has not passed"
    assert _purge(first + timedelta(days=31))["accounts.inactive"] == 1
    assert fresh(account).erased_at is not None


def test_who_comes_back_after_the_warning_stays(make_account: Make) -> None:
    account = make_account()
    joined = timezone.now()
    User.objects.filter(pk=account.pk).update(date_joined=joined)
    _purge(joined + YEARS)
    User.objects.filter(pk=account.pk).update(last_login=joined + YEARS + timedelta(days=5))
    assert _purge(joined + YEARS + timedelta(days=60))["accounts.inactive"] == 0
    assert fresh(account).erased_at is None


def test_a_rehearsal_counts_and_erases_nothing(make_account: Make) -> None:
    account = _joined(make_account(verified=False), 30)
    assert _purge(NOW, dry_run=True)["accounts.unconfirmed"] == 1
    assert User.objects.filter(pk=account.pk).exists()
    assert not Event.objects.filter(kind="account.inactive").exists()


def test_every_run_leaves_its_line_even_when_there_was_nothing(db: None) -> None:
    steps = _purge(NOW)
    runs = PurgeRun.objects.all()
    assert {run.step for run in runs} == set(steps)
    assert all(run.ran_at == NOW and not run.dry_run for run in runs)
