"""The log of acts keeps who, what, when, and lasts longer than what it is about."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from coalition.core.audit import record
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


def test_a_name_longer_than_the_label_is_cut(account: User, coalition: Coalition) -> None:
    account.name = "é" * 400
    assert record(actor=None, action="account.test", obj=account, now=NOW).label == "é" * 255


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
