"""Cities as the reader calls them."""

from django import template

from coalition.core.gazetteer import city_name as name_of_city
from coalition.core.languages import reader_language

register = template.Library()


@register.filter
def city_name(value: object) -> str:
    """`{{ organisation|city_name }}`: "Londres" for a French reader, "London" for an English one.

    Reads `.geoname_id` and `.city` of the object (or these keys of a mapping). A city without number, or with one name
    for everybody, is called as it is written.
    """
    if isinstance(value, dict):
        number, written = value.get("geoname_id"), value.get("city")
    else:
        number, written = getattr(value, "geoname_id", None), getattr(value, "city", "")
    return name_of_city(number, str(written or ""), reader_language())
