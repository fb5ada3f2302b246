"""A line of somebody else's list: read, judged, made once, and compared with what is there."""

from collections.abc import Callable
from typing import Any

import pytest

from members.actions import merge_organisations
from members.actions.imports import Outcome, RecordRefused, import_record, kind_of, read_record
from members.enums import Kind, OrganisationState
from members.models import Organisation, User
from tests.members.conftest import NOW

ROW = {
    "name": "IncubeMe Algeria",
    "kind": "Innovation / Tech Hub",
    "city": "Algiers",
    "country": "DZ",
    "lat": 36.75,
    "lon": 2.91,
    "url": "https://incubeme.dz/",
}


def row(**changes: Any) -> dict[str, Any]:
    return ROW | changes


def test_a_line_is_read_in_our_words() -> None:
    record = read_record(row=row(name="  IncubeMe \n Algeria "))
    assert (record.name, record.kind, record.city) == ("IncubeMe Algeria", Kind.DIGITAL_SME, "Alger")
    assert record.place is not None
    assert record.website == "https://incubeme.dz/"


@pytest.mark.parametrize(
    ("told", "name", "kind"),
    [
        ("Local Government", "X", Kind.AUTHORITY),
        ("administration-centrale", "X", Kind.AUTHORITY),
        ("University / Research Hub", "X", Kind.UNIVERSITY),
        ("civic tech group", "X", Kind.CITIZENS),
        ("Makerspace / FabLab", "X", Kind.COMMUNITY),
        ("NGO / Foundation", "X", Kind.NGO),
        ("Private sector", "X", Kind.COMPANY),
        ("", "Université de Lomé", Kind.UNIVERSITY),
        ("Consortium", "Fondation Abbé Pierre", Kind.NGO),
        ("autre", "Ville de Lomé", Kind.AUTHORITY),
        ("telecom", "X", Kind.TELECOM),
    ],
)
def test_the_kinds_of_other_lists_become_ours(told: str, name: str, kind: str) -> None:
    assert kind_of(told, name) == kind


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"name": None}, {"name": "x" * 161}, {"country": None}, {"country": "ZZ"}, {"country": "Algérie"}],
)
def test_a_line_without_a_name_or_a_country_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(RecordRefused):
        read_record(row=row(**changes))


def test_what_is_broken_beside_the_name_is_left_out() -> None:
    record = read_record(row=row(city="Zzyzx", lat="nord", lon=None, url="javascript:alert(1)", kind=None))
    assert (record.city, record.place, record.latitude, record.website) == ("Zzyzx", None, None, "")
    assert read_record(row=row(lat=91, lon=0, city="Zzyzx")).latitude is None
    assert read_record(row=row(lat="nan", lon="0", city="Zzyzx")).latitude is None
    assert read_record(row=row(city="Zzyzx")).latitude == 36.75


def test_a_city_that_is_only_the_country_is_no_city() -> None:
    for name in ("Algeria", "Algérie"):
        record = read_record(row=row(city=name))
        assert (record.city, record.latitude) == ("", None)


def test_of_two_cities_of_that_name_the_degrees_choose() -> None:
    places = {
        read_record(row=row(country="US", city="Springfield", lat=north, lon=east)).place
        for north, east in ((39.78, -89.65), (42.1, -72.59))
    }
    assert len(places) == 2
    assert None not in places
    assert read_record(row=row(country="US", city="Springfield", lat=None, lon=None)).place is None


@pytest.mark.django_db
def test_a_line_makes_one_organisation_and_a_second_run_none() -> None:
    record = read_record(row=ROW)
    first = import_record(record=record, now=NOW)
    assert first.outcome is Outcome.NEW
    assert first.organisation.state == OrganisationState.CONFIRMED
    assert first.organisation.geoname_id
    again = import_record(record=read_record(row=row(name="INCUBEME ALGERIA")), now=NOW)
    assert (again.outcome, again.organisation) == (Outcome.SAME, first.organisation)


@pytest.mark.django_db
def test_a_look_alike_is_made_and_named_never_united() -> None:
    first = import_record(record=read_record(row=ROW), now=NOW)
    second = import_record(record=read_record(row=row(name="Incubme Algeria", url="https://incubme.dz")), now=NOW)
    assert second.outcome is Outcome.LOOKALIKE
    assert [lookalike.organisation for lookalike in second.lookalikes] == [first.organisation]
    assert Organisation.objects.confirmed().count() == 2


@pytest.mark.django_db
def test_one_that_was_united_since_is_known_as_the_one_that_stayed(
    organiser: User, make_organisation: Callable[..., Organisation]
) -> None:
    kept = make_organisation(name="Incubateur", country="DZ")
    gone = import_record(record=read_record(row=ROW), now=NOW).organisation
    merge_organisations(kept=kept, gone=gone, taken=(), actor=organiser, now=NOW)
    assert import_record(record=read_record(row=ROW), now=NOW).organisation == kept
