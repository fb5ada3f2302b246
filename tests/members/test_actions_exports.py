"""Contacts leave the site as a file for one organiser, with a purpose in the log."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from coalition.core.access import Refused
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, TemporaryExport
from members.actions import end_affiliation, export_contacts, note_export_read
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def act(city: Organisation, chief: User, sign: Make) -> Cosponsorship:
    signed: Cosponsorship = sign(fresh(chief), city)
    Cosponsorship.objects.filter(pk=signed.pk).update(state="official", decided_at=NOW, signatory_name="=1+1")
    return signed


@pytest.fixture
def make_file(coalition: Coalition, organiser: User) -> Make:
    def make(**more: Any) -> TemporaryExport:
        given = {"coalition": coalition, "actor": organiser, "session_key": "s" * 32, "file_format": "csv", "now": NOW}
        return export_contacts(**{**given, "purpose": "Inviter à la rencontre de mai.", **more})

    return make


def lines(export: TemporaryExport) -> list[str]:
    return export.attachment.file.read().decode("utf-8-sig").splitlines()


def test_it_holds_signatories_and_representatives_and_no_formula(
    act: Cosponsorship, city: Organisation, chief: User, make_representative: Make, make_file: Make
) -> None:
    other = make_representative(city, name="Binta")
    header, first, second = lines(make_file())
    assert header.startswith("organisation,kind,country")
    assert "signatory,'=1+1,Adjointe au maire" in first and chief.email in first
    assert "representative,Binta" in second and other.email in second


def test_a_workbook_computes_nothing_either(act: Cosponsorship, make_file: Make) -> None:
    export = make_file(file_format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(export.attachment.file.read())).active
    assert sheet is not None
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_log_keeps_who_why_and_how_much_and_each_download(
    act: Cosponsorship, make_file: Make, organiser: User
) -> None:
    export = make_file()
    note_export_read(export=export, actor=organiser, now=NOW)
    asked, fetched = AuditLine.objects.filter(action__startswith="export.").order_by("pk")
    assert (asked.actor, asked.data) == (
        organiser,
        {"purpose": "Inviter à la rencontre de mai.", "lines": 1, "format": "csv"},
    )
    assert (fetched.actor, fetched.action) == (organiser, "export.download")


def test_without_a_purpose_nothing_is_made(act: Cosponsorship, make_file: Make) -> None:
    with pytest.raises(DomainError) as refusal:
        make_file(purpose="  pour   ")
    assert refusal.value.field == "purpose"
    assert not TemporaryExport.objects.exists()


def test_nobody_but_organisers(act: Cosponsorship, make_file: Make, chief: User) -> None:
    with pytest.raises(Refused):
        make_file(actor=fresh(chief))


def test_who_left_the_organisation_is_named_as_signatory_and_not_reached(
    act: Cosponsorship, city: Organisation, chief: User, make_file: Make, organiser: User
) -> None:
    end_affiliation(affiliation=Affiliation.objects.get(account=chief), actor=organiser, now=NOW)
    assert all(chief.email not in line for line in lines(make_file()))


def test_it_costs_the_same_for_one_and_for_twelve_signatories(
    act: Cosponsorship,
    make_file: Make,
    make_organisation: Make,
    make_representative: Make,
    sign: Make,
    django_assert_max_num_queries: Any,
) -> None:
    for _number in range(12):
        city = make_organisation()
        signed = sign(fresh(make_representative(city)), city)
        Cosponsorship.objects.filter(pk=signed.pk).update(state="official", decided_at=NOW)
    with django_assert_max_num_queries(20):
        assert len(lines(make_file())) == 14
