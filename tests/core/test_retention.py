"""What the floor forgets: files, links, sessions and consents past their time; and the tombstones of the erased."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from coalition.core.models import Consent, Erasure, OneTimeToken, TemporaryExport
from coalition.core.retention import address_digest, buried, bury, run_purge
from coalition.core.tokens import issue_token
from members.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def _purge(now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    return {run.step: run.erased for run in run_purge(now=now, dry_run=dry_run)}


def test_a_link_that_ran_out_a_month_ago_is_forgotten_and_a_recent_one_can_still_say_why() -> None:
    account = User.objects.create_user("awa@ville.example")
    issue_token(purpose="x", subject=account, address=account.email, lifetime=timedelta(days=1), now=NOW)
    assert _purge(NOW + timedelta(days=20))["tokens"] == 0
    assert _purge(NOW + timedelta(days=40))["tokens"] == 1
    assert not OneTimeToken.objects.exists()


def test_ended_sessions_go() -> None:
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=NOW - timedelta(hours=1))
    Session.objects.create(session_key="b" * 32, session_data="", expire_date=NOW + timedelta(hours=1))
    assert _purge(NOW, dry_run=True)["sessions"] == 1
    assert _purge(NOW)["sessions"] == 1
    assert Session.objects.count() == 1


def test_a_withdrawn_consent_loses_its_address_then_goes() -> None:
    given = {"purpose": "x", "text_version": "1", "text_sha256": "0" * 64, "language": "fr", "method": "form"}
    withdrawn = NOW + timedelta(days=1)
    Consent.objects.create(address="awa@ville.example", given_at=NOW, withdrawn_at=withdrawn, **given)
    running = Consent.objects.create(address="eve@ville.example", given_at=NOW, **given)
    assert _purge(NOW + timedelta(days=40))["consents.addresses"] == 1
    assert Consent.objects.exclude(pk=running.pk).get().address == ""
    assert _purge(NOW + timedelta(days=6 * 365))["consents"] == 1
    assert list(Consent.objects.all()) == [running]


def test_a_second_run_finds_nothing_more() -> None:
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=NOW - timedelta(hours=1))
    _purge(NOW)
    assert set(_purge(NOW).values()) == {0}
    assert not TemporaryExport.objects.exists()


def test_a_tombstone_is_in_the_table_and_in_a_file_once_the_transaction_holds(
    tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    with django_capture_on_commit_callbacks(execute=True):
        bury(account_id=7, address="Awa@ville.example", now=NOW)
        assert list(buried()) == [], "not before the commit"
    assert list(buried()) == [(7, address_digest("awa@ville.example"))]
    assert Erasure.objects.get().account_id == 7
    assert "awa" not in (settings.PRIVATE_ROOT / "erasures.jsonl").read_text().lower()


def test_no_file_means_nobody_was_erased(tmp_path: Path, settings: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path
    assert list(buried()) == []
