"""A case in the words of schema.org."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from tests.cases.conftest import Make


def described(client: Client, address: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).content.decode(), re.S)
    assert found is not None
    return json.loads(found[1])


def test_machines_learn_place_period_measures_proofs_and_licences(client: Client, published: Make) -> None:
    page = published(
        latitude=48.1,
        longitude=-1.6,
        started_on=date(2025, 3, 1),
        ongoing=True,
        source_title="Rapport 2025",
        source_url="https://example.org/r",
        source_licence="CC BY 4.0",
        indicators=[{"label": "Attente", "unit": "min", "baseline": Decimal(58), "value": Decimal("11.5")}],
        evidence=[{"kind": "dataset", "title": "Mesures", "url": "https://example.org/d", "licence": "ODbL"}],
        partners=[{"name": "Mission locale"}],
    )
    data = described(client, page.url)
    assert data["temporalCoverage"] == "2025-03-01/.."
    assert data["contentLocation"]["geo"] == {"@type": "GeoCoordinates", "latitude": 48.1, "longitude": -1.6}
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["isBasedOn"][0] == {
        "@type": "CreativeWork", "name": "Rapport 2025", "url": "https://example.org/r",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    assert [(seen["value"], seen["unitText"]) for seen in data["about"]] == [("58", "min"), ("11.5", "min")]
    assert data["citation"] == [
        {
            "@type": "Dataset", "name": "Mesures", "url": "https://example.org/d",
            "license": "https://opendatacommons.org/licenses/odbl/1-0/",
        }
    ]  # fmt: skip
    assert data["contributor"] == [{"@type": "Organization", "name": "Mission locale"}]


def test_what_is_not_known_is_not_said(client: Client, published: Make) -> None:
    data = described(client, published().url)
    absent = {"temporalCoverage", "license", "isBasedOn", "about", "citation", "image", "contributor"}
    assert not absent & data.keys() and "" not in data.values()


def test_a_period_that_ended_and_a_licence_of_its_own(client: Client, published: Make) -> None:
    page = published(started_on=date(2025, 3, 1), ended_on=date(2026, 2, 1), source_licence="Licence Ouverte 2.0")
    data = described(client, page.url)
    assert data["temporalCoverage"] == "2025-03-01/2026-02-01"
    assert data["license"] == {"@type": "CreativeWork", "name": "Licence Ouverte 2.0"}
