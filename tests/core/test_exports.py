"""A file made for one person is fetched by that account, in that session, on that day; by nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser

from coalition.core.access import Hidden
from coalition.core.exports import (
    create_export,
    delete_expired_exports,
    delete_exports_of,
    export_response,
    find_export,
    live_exports,
    require_fresh_proof,
    session_digest,
)
from coalition.core.models import Attachment, TemporaryExport
from members.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def account() -> User:
    return User.objects.create_user("awa@example.org", "un-long-mot-de-passe-42")


def _made(account: User, **more: Any) -> TemporaryExport:
    given = {"session_key": "s" * 32, "kind": "contacts", "now": NOW, **more}
    return create_export(account=account, name="a.csv", content_type="text/csv", data=b"a,b\r\n", **given)


def _find(export: TemporaryExport, account: Any, **more: Any) -> TemporaryExport:
    given = {"session_key": "s" * 32, "kind": "contacts", "key": export.key, "now": NOW, **more}
    return find_export(account=account, **given)


def test_its_session_downloads_it_and_no_cache_keeps_it(account: User) -> None:
    response = export_response(_find(_made(account), account))
    assert b"".join(response) == b"a,b\r\n"
    assert "no-store" in response["Cache-Control"]
    assert 'filename="a.csv"' in response["Content-Disposition"]


@pytest.mark.parametrize(
    "other",
    [
        {"session_key": "t" * 32},
        {"session_key": None},
        {"now": NOW + timedelta(hours=24)},
        {"kind": "personal_data"},
        {"key": uuid4()},
    ],
)
def test_another_session_another_day_another_kind_find_nothing(account: User, other: dict[str, Any]) -> None:
    with pytest.raises(Hidden):
        _find(_made(account), account, **other)


def test_another_account_finds_nothing_even_with_the_same_session(account: User) -> None:
    export = _made(account)
    other = User.objects.create_user("eve@example.org")
    for somebody in (other, AnonymousUser(), None):
        with pytest.raises(Hidden):
            _find(export, somebody)


def test_the_session_key_is_not_kept(account: User) -> None:
    export = _made(account)
    assert export.session_digest == session_digest("s" * 32)
    assert "s" * 32 not in export.session_digest
    with pytest.raises(ValueError, match="session"):
        _made(account, session_key="")


def test_what_is_ready_is_listed_newest_first(account: User) -> None:
    first, second = _made(account), _made(account)
    _made(account, kind="personal_data")
    _made(account, session_key="t" * 32)
    assert live_exports(account=account, session_key="s" * 32, kind="contacts", now=NOW) == [second, first]
    assert live_exports(account=account, session_key=None, kind="contacts", now=NOW) == []


def test_after_its_day_file_and_line_are_deleted_and_nothing_else(account: User) -> None:
    old, new = _made(account), _made(account, now=NOW + timedelta(hours=1))
    storage, name = old.attachment.file.storage, old.attachment.file.name
    assert delete_expired_exports(now=NOW + timedelta(hours=24)) == 1
    assert not storage.exists(name)
    assert not Attachment.objects.filter(pk=old.attachment_id).exists()
    assert list(TemporaryExport.objects.all()) == [new]
    assert delete_expired_exports(now=NOW + timedelta(hours=24)) == 0


def test_the_exports_of_an_account_go_before_it(account: User) -> None:
    _made(account)
    kept = _made(User.objects.create_user("eve@example.org"))
    assert delete_exports_of(account=account) == 1
    account.delete()
    assert list(TemporaryExport.objects.all()) == [kept]


def test_a_session_without_a_fresh_proof_is_asked_for_one(account: User, rf: Any) -> None:
    request = rf.get("/")
    request.user, request.session = account, {}
    with pytest.raises(ReauthenticationRequired):
        require_fresh_proof(request)
