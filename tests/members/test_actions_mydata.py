"""One's own data: everything the register names, and nothing that proves who somebody is."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from coalition.core.access import LoginNeeded
from coalition.core.models import AuditLine, TemporaryExport
from coalition.core.privacy import declarations
from members.actions import export_own_data
from members.models import Organisation, User
from tests.members.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def private(tmp_path: Path, settings: Any) -> Path:
    """A private folder of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def _content(export: TemporaryExport) -> tuple[dict[str, Any], str]:
    with ZipFile(BytesIO(export.attachment.file.read())) as archive:
        return json.loads(archive.read("mes-donnees.json")), archive.read("mes-donnees.html").decode()


@pytest.fixture
def archive(client: Client, chief: User, city: Organisation, sign: Make) -> TemporaryExport:
    sign(chief, city)
    client.login(email=chief.email, password=PASSWORD)
    return export_own_data(account=chief, session_key=client.session.session_key, now=NOW)


def test_every_table_that_can_be_about_somebody_is_in_the_archive(archive: TemporaryExport) -> None:
    data, _page = _content(archive)
    wanted = {one.label for one in declarations() if one.owners or one.addresses}
    assert set(data["tables"]) == wanted


def test_the_archive_holds_the_profile_the_mandates_and_the_acts(archive: TemporaryExport, chief: User) -> None:
    data, page = _content(archive)
    tables = data["tables"]
    assert tables["members.User"][0]["email"] == chief.email
    assert tables["members.Affiliation"][0]["organisation"] == "Ville de Saint-Louis"
    assert tables["members.Cosponsorship"][0]["signatory_name"] == chief.name
    assert chief.email in page and "Ville de Saint-Louis" in page


def test_no_password_no_session_and_no_second_factor_leaves_with_it(archive: TemporaryExport, chief: User) -> None:
    text = json.dumps(_content(archive)[0])
    assert chief.password not in text
    assert "session_key" not in text


def test_nobody_else_is_in_it(client: Client, chief: User, make_account: Make) -> None:
    other = make_account("Zacharie")
    client.login(email=chief.email, password=PASSWORD)
    data, _page = _content(export_own_data(account=chief, session_key=client.session.session_key, now=NOW))
    assert other.email not in json.dumps(data)


def test_the_log_says_that_it_was_made(archive: TemporaryExport, chief: User) -> None:
    assert AuditLine.objects.filter(action="account.export_data", actor=chief).count() == 1


def test_a_suspended_account_gets_nothing(chief: User) -> None:
    chief.is_active = False
    with pytest.raises(LoginNeeded):
        export_own_data(account=chief, session_key="x", now=NOW)
