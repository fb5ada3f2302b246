from django.utils import translation

from coalition.core.languages import reader_language


def test_a_regional_language_is_read_as_its_language() -> None:
    with translation.override("en-gb"):
        assert reader_language() == "en"


def test_without_an_active_language_the_site_speaks_french() -> None:
    with translation.override(None):
        assert reader_language() == "fr"
