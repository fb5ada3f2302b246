"""The read API gives what the public pages give, and nothing else."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.actions import request_organisation
from members.enums import Kind
from members.models import Cosponsorship
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def test_organisations_are_listed_narrowed_and_read_one_by_one(client: Client, make_organisation: Make) -> None:
    city = make_organisation(name="Ville de Lomé", country="TG", summary_fr="Ici.")
    make_organisation(name="Association", country="FR", kind=Kind.NGO)
    assert client.get("/api/v1/organisations/").json()["count"] == 2
    for query in ({"q": "lome"}, {"kind": "authority"}, {"country": "TG"}):
        assert [row["slug"] for row in client.get("/api/v1/organisations/", query).json()["results"]] == [city.slug]
    one = client.get(f"/api/v1/organisations/{city.slug}/").json()
    assert one["summary"] == {"fr": "Ici.", "en": ""}
    assert one["url"].endswith(f"/{city.slug}/")


def test_the_list_takes_every_facet_of_the_directory_and_says_no_to_anything_else(
    client: Client, make_organisation: Make
) -> None:
    city = make_organisation(name="Ville de Lomé", country="TG", city="Lomé", latitude=6.13, longitude=1.22)
    city.offers = ["data"]
    city.save()
    make_organisation(name="Association", country="FR", kind=Kind.NGO)
    address = "/api/v1/organisations/"
    for query in ({"offers": ["data", "people"]}, {"square": "B5"}, {"side": "demand", "standing": "neither"}):
        (row,) = client.get(address, query).json()["results"]
        assert (row["slug"], row["offers"], row["standing"], row["cases"]) == (city.slug, ["data"], "neither", 0)
    for query in (
        "state=pending",
        "ordering=email",
        "sort=email",
        "kind=pirate",
        "affiliations__account=1",
        "q__regex=a",
    ):
        assert client.get(f"{address}?{query}").status_code == 400, query
    assert client.get(f"{address}{city.slug}/").json()["cosponsor_since"] is None


def test_a_pending_organisation_is_not_there(client: Client, make_account: Make) -> None:
    pending = request_organisation(actor=make_account(), name="Cachée", country="SN", kind=Kind.NGO, now=NOW)
    assert client.get("/api/v1/organisations/").json()["count"] == 0
    assert client.get(f"/api/v1/organisations/{pending.slug}/").status_code == 404


def test_cosponsors_name_their_signatory_only_with_consent(
    client: Client, make_organisation: Make, make_representative: Make, sign: Make
) -> None:
    organisation = make_organisation(name="=1+1 Ville")
    sign(make_representative(organisation, name="Kossi"), organisation)
    assert client.get("/api/v1/cosponsors/").json()["count"] == 0
    Cosponsorship.objects.update(state="official", decided_at=NOW)
    row = client.get("/api/v1/cosponsors/").json()["results"][0]
    assert (row["signatory"], row["document_version"]) == (None, "1")
    Cosponsorship.objects.update(name_is_public=True)
    assert client.get("/api/v1/cosponsors/").json()["results"][0]["signatory"] == "Kossi"
    response = client.get("/api/v1/cosponsors.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["organisation"] == "'=1+1 Ville"
    assert "Kossi" not in response.content.decode()


def test_nothing_is_written_through_it(client: Client) -> None:
    for path in ("organisations/", "cosponsors/", "cosponsors.csv"):
        assert client.post(f"/api/v1/{path}", {}).status_code == 405
