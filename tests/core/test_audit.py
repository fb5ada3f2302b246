"""The log of acts keeps who, what, when, and lasts longer than what it is about."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from coalition.core.audit import last_acts, record
from coalition.core.models import AuditLine
from members.models import Coalition, User

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> User:
    return User.objects.create_user("ana@ville.example", name="Ana")


@pytest.fixture
def coalition() -> Coalition:
    return Coalition.objects.create(number=4, slug="villes", title_fr="Villes ouvertes", opened_on=NOW.date())


def test_a_line_says_who_did_what_to_what_and_when(account: User, coalition: Coalition) -> None:
    line = record(actor=account, action="coalition.open", obj=coalition, now=NOW, state="project")
    line.refresh_from_db()
    assert (line.actor, line.action, line.created_at) == (account, "coalition.open", NOW)
    assert (line.object_type.model, line.object_id, line.label) == ("coalition", coalition.pk, "4. Villes ouvertes")
    assert line.data == {"state": "project"}


def test_an_act_of_nobody_has_no_actor(coalition: Coalition) -> None:
    assert record(actor=None, action="coalition.open", obj=coalition, now=NOW).actor is None
    assert record(actor=AnonymousUser(), action="coalition.open", obj=coalition, now=NOW).actor is None


def test_a_name_longer_than_the_label_is_cut(coalition: Coalition) -> None:
    coalition.title_fr = "é" * 400
    assert record(actor=None, action="coalition.test", obj=coalition, now=NOW).label == f"4. {'é' * 252}"


def test_the_log_calls_an_account_by_its_number(account: User) -> None:
    assert record(actor=None, action="account.test", obj=account, now=NOW).label == f"#{account.pk}"


def test_the_line_outlives_its_object_and_its_actor(account: User, coalition: Coalition) -> None:
    line = record(actor=account, action="coalition.open", obj=coalition, now=NOW)
    account.delete()
    coalition.delete()
    line.refresh_from_db()
    assert line.actor is None
    assert line.label == "4. Villes ouvertes"


def test_what_is_rolled_back_leaves_no_line(coalition: Coalition) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(actor=None, action="coalition.open", obj=coalition, now=NOW)
        raise RuntimeError
    assert not AuditLine.objects.exists()


def _raw(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditline SET action = 'nothing' WHERE id = %s",
        "UPDATE core_auditline SET data = '{}' WHERE id = %s",
        "UPDATE core_auditline SET label = 'other' WHERE id = %s",
        "UPDATE core_auditline SET created_at = now() WHERE id = %s",
        "UPDATE core_auditline SET object_id = 99 WHERE id = %s",
        "DELETE FROM core_auditline WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(coalition: Coalition, statement: str) -> None:
    line = record(actor=None, action="coalition.open", obj=coalition, now=NOW, state="project")
    with pytest.raises(IntegrityError, match="append only"):
        _raw(statement, line.pk)
    line.refresh_from_db()
    assert (line.action, line.data, line.label) == ("coalition.open", {"state": "project"}, "4. Villes ouvertes")


def test_a_line_can_forget_who_acted_and_under_which_name_but_not_name_another(
    account: User, coalition: Coalition
) -> None:
    line = record(actor=account, action="account.test", obj=account, now=NOW)
    _raw("UPDATE core_auditline SET actor_id = NULL, label = '' WHERE id = %s", line.pk)
    line.refresh_from_db()
    assert (line.actor, line.label, line.action) == (None, "", "account.test")
    with pytest.raises(IntegrityError, match="append only"):
        _raw("UPDATE core_auditline SET actor_id = %s WHERE id = %s", account.pk, line.pk)


def test_the_log_tells_when_each_thing_last_changed() -> None:
    ada = User.objects.create_user(email="ada@example.org", password=None)
    for days in (3, 1, 2):
        record(actor=None, action="account.edit", obj=ada, now=NOW + timedelta(days=days))
    assert last_acts(User, [ada.pk, 999_999]) == {ada.pk: NOW + timedelta(days=3)}
