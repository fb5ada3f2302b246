"""Erasing a person: the name goes from every table and every folder, the organisation's acts stay."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client

from coalition.core.access import LoginNeeded, WrongState
from coalition.core.consents import give_consent
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, Consent, Erasure, OneTimeToken, TemporaryExport
from coalition.core.retention import run_purge
from coalition.notifications.actions import claim_deliveries, fan_out_event
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery, Event
from members.actions import add_affiliation, erase_account, export_own_data, replay_erasures
from members.enums import Role
from members.models import Affiliation, Cosponsorship, Organisation, User
from tests.members.conftest import NOW, PASSWORD, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
CANARY = "zorglubine"


@pytest.fixture(autouse=True)
def private(tmp_path: Path, settings: Any) -> Path:
    """A private folder of the test's own."""
    settings.PRIVATE_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def _words() -> list[str]:
    """Every text the database holds, table by table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" AS t')
            found += [f"{table}: {row[0]}" for row in cursor.fetchall()]
    return found


def _met(word: str) -> list[str]:
    return [line[:300] for line in _words() if word in line.lower()]


def _erase(account: User) -> User:
    return erase_account(account=fresh(account), typed_address=account.email.upper(), now=NOW)


@pytest.fixture
def busy(client: Client, city: Organisation, make_representative: Make, sign: Make) -> User:
    """Somebody who did a little of everything, whose name and address hold a word found nowhere else."""
    account: User = make_representative(city, name=f"Awa {CANARY}", email=f"{CANARY}@ville.example")
    sign(account, city, name_is_public=True)
    give_consent(
        account=account,
        address=account.email,
        purpose="cosponsorship.name",
        language="fr",
        method="form",
        proof="x",
        now=NOW,
    )
    for event in Event.objects.filter(fanned_out_at=None):
        fan_out_event(event_id=event.pk, now=NOW)
    claim_deliveries(limit=1)
    client.login(email=account.email, password=PASSWORD)
    client.get("/fr/compte/")
    export_own_data(account=account, session_key=client.session.session_key, now=NOW)
    return account


def test_the_person_is_nowhere_in_the_database_once_the_last_mail_has_gone(busy: User) -> None:
    assert _met(CANARY)
    _erase(busy)
    for event in Event.objects.filter(fanned_out_at=None):
        fan_out_event(event_id=event.pk, now=NOW)
    Delivery.objects.pending().update(state=DeliveryState.SENT, sent_at=NOW)
    run_purge(now=NOW + timedelta(days=2))
    assert _met(CANARY) == []


def test_nothing_of_the_person_is_left_in_the_private_folder(busy: User, private: Path) -> None:
    assert TemporaryExport.objects.exists()
    _erase(busy)
    assert not TemporaryExport.objects.exists()
    kept = [path for path in private.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes().lower()]
    assert kept == []


def test_the_organisation_keeps_its_act_with_function_and_mandate(busy: User) -> None:
    _erase(busy)
    act = Cosponsorship.objects.get()
    assert (act.signatory_name, act.signatory_function, act.name_is_public) == ("", "Adjointe au maire", False)
    assert act.mandate_reference == "Délibération 2026-114"
    assert str(act.affiliation.account) == "Personne retirée"


def test_every_mandate_ends_and_no_door_is_left(busy: User, client: Client) -> None:
    address = busy.email
    _erase(busy)
    assert not Affiliation.objects.active().filter(account=busy).exists()
    assert authenticate(None, email=address, password=PASSWORD) is None
    assert client.get("/fr/compte/").status_code == 302


def test_what_waited_for_the_person_is_held_back_and_one_last_mail_leaves(busy: User) -> None:
    address = busy.email
    _erase(busy)
    assert not Delivery.objects.pending().filter(account=busy).exists()
    farewell = Event.objects.get(kind="account.erased")
    fan_out_event(event_id=farewell.pk, now=NOW)
    assert [delivery.address for delivery in farewell.deliveries.all()] == [address]


def test_consents_end_and_mailed_links_are_worth_nothing(busy: User) -> None:
    _erase(busy)
    assert Consent.objects.exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert not OneTimeToken.objects.filter(address__icontains=CANARY).exists()


def test_the_log_keeps_that_an_account_was_erased_and_not_whose(busy: User) -> None:
    _erase(busy)
    line = AuditLine.objects.filter(action="account.erase").get()
    assert (line.label, line.actor) == (f"#{busy.pk}", None)


def test_another_address_typed_erases_nothing(busy: User) -> None:
    with pytest.raises(DomainError):
        erase_account(account=fresh(busy), typed_address="autre@ville.example", now=NOW)
    assert fresh(busy).erased_at is None


def test_an_erased_account_cannot_act_nor_be_erased_again(busy: User) -> None:
    gone = _erase(busy)
    with pytest.raises((LoginNeeded, WrongState)):
        erase_account(account=gone, typed_address=gone.email, now=NOW)


def test_the_organisers_are_told_when_nobody_represents_an_organisation_any_more(
    busy: User, city: Organisation, organiser: User
) -> None:
    _erase(busy)
    event = Event.objects.get(kind="organisation.unrepresented")
    fan_out_event(event_id=event.pk, now=NOW)
    assert [delivery.address for delivery in event.deliveries.all()] == [organiser.email]


def test_nobody_is_bothered_when_somebody_else_represents_it(
    busy: User, city: Organisation, make_account: Make
) -> None:
    add_affiliation(account=make_account("Bintou"), organisation=city, role=Role.REPRESENTATIVE, now=NOW)
    _erase(busy)
    assert not Event.objects.filter(kind="organisation.unrepresented").exists()


def test_a_restored_backup_does_not_bring_the_person_back(
    busy: User, private: Path, django_capture_on_commit_callbacks: Any
) -> None:
    address = busy.email
    with django_capture_on_commit_callbacks(execute=True):
        _erase(busy)
    line = json.loads((private / "erasures.jsonl").read_text())
    assert line["account"] == busy.pk and CANARY not in json.dumps(line)
    User.objects.filter(pk=busy.pk).update(email=address, name=f"Awa {CANARY}", erased_at=None, is_active=True)
    Erasure.objects.all().delete()
    assert replay_erasures(now=NOW) == 1
    assert fresh(busy).erased_at is not None and CANARY not in fresh(busy).email
    assert replay_erasures(now=NOW) == 0


def test_a_number_used_again_by_somebody_else_is_left_alone(
    busy: User, private: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _erase(busy)
    User.objects.filter(pk=busy.pk).update(email="neuve@ville.example", erased_at=None, is_active=True)
    assert replay_erasures(now=NOW) == 0
    assert fresh(busy).email == "neuve@ville.example"
