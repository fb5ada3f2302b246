"""The directory: what is found, what is counted, how one gets out of nothing, and what it costs."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from coalition.core.pictures import keep_picture
from members.actions import import_organisation, request_organisation
from members.enums import Kind, Side, SupporterKind, SupportState
from members.models import Coalition, Cosponsorship, Organisation, Support, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
URL = "/fr/organisations/"


@pytest.fixture
def resourceful(make_organisation: Make) -> Callable[..., Organisation]:
    """A confirmed organisation with what it offers and seeks."""

    def make(offers: list[str], seeks: list[str], **fields: Any) -> Organisation:
        organisation: Organisation = make_organisation(**fields)
        organisation.offers, organisation.seeks = offers, seeks
        organisation.save()
        return organisation

    return make


@pytest.fixture
def cosponsor(make_organisation: Make, coalition: Coalition) -> Callable[..., Organisation]:
    """A confirmed organisation with an act in a state, official unless told otherwise."""

    def make(*commitments: str, state: str = "official", **fields: Any) -> Organisation:
        organisation: Organisation = make_organisation(**fields)
        Cosponsorship.objects.create(
            coalition=coalition, organisation=organisation, affiliation=_affiliation(organisation), state=state,
            commitments=list(commitments), document_sha256="a" * 64, signed_at=NOW, decided_at=NOW,
        )  # fmt: skip
        return organisation

    return make


def _affiliation(organisation: Organisation) -> Any:
    account = User.objects.create_user(f"a{organisation.pk}@example.org")
    return organisation.affiliations.create(account=account, role="representative", started_on=NOW.date())


def _counts(context: Any, name: str) -> dict[str, int]:
    facets = {facet["name"]: facet for facet in context["facets"]}
    facet = facets.get(name, {"options": [], "more": []})
    return {option["value"]: option["count"] for option in (*facet["options"], *facet["more"])}


def _names(context: Any) -> list[str]:
    return [organisation.name for organisation in context["page"]]


def _found(client: Client, **query: Any) -> int:
    return int(client.get(URL, query).context["figures"].found)


def test_everybody_finds_confirmed_organisations_and_only_those(
    client: Client, make_organisation: Make, make_account: Make
) -> None:
    make_organisation(name="Ville de Lomé", country="TG")
    request_organisation(actor=make_account(), name="Ville cachée", country="TG", kind=Kind.AUTHORITY, now=NOW)
    page = client.get(URL).content.decode()
    assert "Ville de Lomé" in page
    assert "Ville cachée" not in page
    assert "1 organisation sur 1" in page


def test_the_search_folds_accents_and_reads_the_beginnings_of_names_acronyms_and_cities(
    client: Client, make_organisation: Make
) -> None:
    make_organisation(name="Région Île-de-France", country="FR", acronym="RIDF", city="Saint-Ouen")
    make_organisation(name="Autre chose")
    for words in ("ile de FRANCE", "ridf", "saint-ouen", "région ouen", "reg", "fran ouen"):
        assert _found(client, q=words) == 1, words
    for words in ("gion", "région autre", "!!"):
        assert _found(client, q=words) == 0, words


def test_a_city_is_found_and_shown_under_the_name_its_reader_gives_it(client: Client, make_organisation: Make) -> None:
    london = make_organisation(name="Greater Authority", country="GB", city="London")
    london.geoname_id = 2643743
    london.save()
    assert _found(client, q="londres") == _found(client, q="london") == 1
    assert "Londres" in client.get(URL).content.decode()
    assert "Londres" not in client.get("/en/organisations/").content.decode()


def test_facets_narrow_each_other_and_values_of_one_facet_are_alternatives(
    client: Client, make_organisation: Make
) -> None:
    for country, kind in (("TG", Kind.AUTHORITY), ("TG", Kind.NGO), ("FR", Kind.NGO), ("SN", Kind.COMPANY)):
        make_organisation(country=country, kind=kind)
    context = client.get(URL, {"country": "TG"}).context
    assert _counts(context, "kind") == {"authority": 1, "ngo": 1}
    assert _counts(context, "country") == {"TG": 2, "FR": 1, "SN": 1}
    assert _counts(context, "side") == {"demand": 1, "use": 1}
    assert [chip["label"] for chip in context["chips"]] == ["Togo"]
    assert _found(client, country=["TG", "FR"], kind="ngo") == 2
    assert _found(client, side=Side.OFFER) == 1


def test_what_organisations_offer_and_seek_is_counted_by_value(client: Client, resourceful: Make) -> None:
    resourceful(["data", "people"], ["funding"])
    resourceful(["data"], [])
    context = client.get(URL, {"offers": "people"}).context
    assert context["figures"].found == 1
    assert _counts(context, "offers") == {"data": 2, "people": 1}
    assert _counts(context, "seeks") == {"funding": 1}
    page = client.get(URL, {"offers": ["people", "data"]}).content.decode()
    assert "Offre\u00a0: données, moyens humains" in page
    assert "Cherche\u00a0: financement" in page


def test_only_public_acts_count_as_commitments_and_an_organisation_stands_in_one_place(
    client: Client, cosponsor: Make, make_organisation: Make, coalition: Coalition
) -> None:
    both = cosponsor("document_cases", "propose_services")
    cosponsor("document_cases", state="to_renew")
    cosponsor("document_cases", state="submitted")
    for organisation in (both, make_organisation()):
        Support.objects.create(
            coalition=coalition, organisation=organisation, kind=SupporterKind.ORGANISATION, state=SupportState.ACTIVE,
            created_at=NOW, confirmed_at=NOW,
        )  # fmt: skip
    context = client.get(URL).context
    assert _counts(context, "commitment") == {"document_cases": 2, "propose_services": 1}
    assert _counts(context, "standing") == {"cosponsor": 2, "supporter": 1, "neither": 1}
    for standing, count in _counts(context, "standing").items():
        assert _found(client, standing=standing) == count
    assert _found(client, standing=["supporter", "neither"]) == 2
    assert _found(client, commitment="propose_services", standing="cosponsor") == 1
    assert "Co-porteur depuis novembre 2026" in client.get(URL).content.decode()


def test_the_list_is_sorted_as_asked(client: Client, make_organisation: Make) -> None:
    for days, name in enumerate(("Élan", "Zèle", "Azur")):
        organisation = make_organisation(name=name)
        Organisation.objects.filter(pk=organisation.pk).update(decided_at=NOW + timedelta(days=days))
    assert _names(client.get(URL).context) == ["Azur", "Élan", "Zèle"]
    assert _names(client.get(URL, {"sort": "newest"}).context) == ["Azur", "Zèle", "Élan"]
    assert _names(client.get(URL, {"sort": "cases"}).context) == ["Azur", "Élan", "Zèle"]


def test_a_chip_takes_off_one_filter_and_keeps_the_rest_of_the_question(
    client: Client, make_organisation: Make
) -> None:
    make_organisation(country="TG")
    context = client.get(URL, {"country": ["TG", "FR"], "q": "ville", "sort": "newest"}).context
    chips = {chip["label"]: chip["url"] for chip in context["chips"]}
    assert chips["Togo"] == f"{URL}?q=ville&country=FR&sort=newest"
    assert chips["«\u202fville\u202f»"] == f"{URL}?country=TG&country=FR&sort=newest"


def test_the_other_language_and_the_files_keep_the_question(client: Client, make_organisation: Make) -> None:
    make_organisation(country="TG")
    page = client.get(URL, {"country": "TG"}).content.decode()
    for address in (
        "/en/organisations/?country=TG",
        "organisations.csv?country=TG",
        "/api/v1/organisations/?country=TG",
    ):
        assert address in page


def test_no_result_says_which_filter_to_take_off_and_what_that_gives(client: Client, make_organisation: Make) -> None:
    for _each in range(2):
        make_organisation(country="TG", kind=Kind.NGO)
    make_organisation(country="FR", kind=Kind.COMPANY)
    response = client.get(URL, {"country": "FR", "kind": "ngo"})
    relax = {less["label"]: (less["count"], less["url"]) for less in response.context["relax"]}
    assert relax == {"Nature": (1, f"{URL}?country=FR"), "Pays": (2, f"{URL}?kind=ngo")}
    assert "Élargissez" in response.content.decode()
    assert "Essayez un autre mot" in client.get(URL, {"q": "introuvable", "kind": "university"}).content.decode()


def test_an_empty_directory_asks_for_the_first_organisation(client: Client) -> None:
    assert "La première peut être la vôtre" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    "query",
    ["?kind=zz", "?country=%27", "?page=999999999999", "?page=x", "?q=" + "a" * 500, "?square=Z9", "?sort=email"],
)
def test_what_makes_no_sense_is_ignored(client: Client, make_organisation: Make, query: str) -> None:
    make_organisation(name="a" * 160)
    response = client.get(URL + query)
    assert response.status_code == 200


def test_an_unreadable_address_is_refused_clearly(client: Client) -> None:
    assert client.get(URL + "?q=%00").status_code == 400


def test_a_logo_is_shown_small_and_says_nothing_twice(
    client: Client, make_organisation: Make, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    organisation = make_organisation()
    drawn = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "PNG")
    upload = SimpleUploadedFile("logo.png", drawn.getvalue())
    organisation.logo = keep_picture(upload=upload, title="Logo", account=None)
    organisation.save()
    page = client.get(URL).content.decode()
    assert f'<img class="logo" src="{organisation.logo.file.url}"' in page
    assert 'alt=""' in page


def _cost(client: Client, url: str = URL) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def _weight(client: Client, url: str = URL) -> int:
    return len(gzip.compress(client.get(url).content))


def test_the_page_costs_the_same_queries_at_three_and_at_sixty(client: Client, make_organisation: Make) -> None:
    for number in range(3):
        make_organisation(city=f"Ville {number}", latitude=10.0 + number, longitude=1.0)
    _cost(client)
    few = _cost(client)
    for number in range(57):
        make_organisation(city=f"Cité {number}", latitude=20.0 + number / 10, longitude=2.0)
    assert _cost(client) == few <= 10


def _import(lines: list[str]) -> None:
    for line in lines:
        row = json.loads(line)
        import_organisation(
            name=" ".join(row["name"].split())[:160],
            country=row["country"] or "FR",
            city=(row["city"] or "")[:120],
            now=timezone.now(),
            latitude=row["lat"],
            longitude=row["lon"],
        )


def test_two_thousand_real_organisations_cost_the_queries_of_twelve_and_stay_light(
    client: Client, real_data: Path
) -> None:
    lines = (real_data / "organisations.jsonl").read_text("utf-8").splitlines()
    _import(lines[:12])
    _cost(client)
    few = _cost(client)
    _import(lines[12:])
    assert Organisation.objects.count() > 1_900
    assert _cost(client) == few <= 10
    style = len(gzip.compress(Path("static/css/atlas.css").read_bytes() + Path("static/js/atlas.js").read_bytes()))
    assert _weight(client) + style <= 50_000
    drawn = sum(place["count"] for place in client.get(URL).context["places"])
    context = client.get(URL).context
    assert drawn + context["outside_count"] + context["unplaced"] == context["figures"].found


def test_an_anonymous_reader_gets_no_cookie(client: Client, make_organisation: Make) -> None:
    make_organisation()
    response = client.get(URL)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 0
