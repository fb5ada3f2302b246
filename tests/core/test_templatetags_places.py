"""A city is called as the reader calls it."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

LONDON = 2643743


@pytest.mark.parametrize(("language", "name"), [("fr", "Londres"), ("en", "London")])
def test_a_city_has_the_name_the_reader_gives_it(language: str, name: str) -> None:
    shown = Template("{{ organisation|city_name }}")
    for organisation in (SimpleNamespace(geoname_id=LONDON, city="Londres"), {"geoname_id": LONDON, "city": "London"}):
        with translation.override(language):
            assert shown.render(Context({"organisation": organisation})) == name


def test_a_city_without_number_is_called_as_it_is_written_and_escaped() -> None:
    shown = Template("{{ organisation|city_name }}")
    for organisation in (
        SimpleNamespace(geoname_id=None, city="L’<b>"),
        {"city": "L’<b>"},
        SimpleNamespace(city="L’<b>"),
    ):
        assert shown.render(Context({"organisation": organisation})) == "L’&lt;b&gt;"
    assert shown.render(Context({"organisation": None})) == ""
