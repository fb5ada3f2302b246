from django.utils import translation

from coalition.core.languages import in_each_language, language_mark, reader_language


def test_a_regional_language_is_read_as_its_language() -> None:
    with translation.override("en-gb"):
        assert reader_language() == "en"


def test_without_an_active_language_the_site_speaks_french() -> None:
    with translation.override(None):
        assert reader_language() == "fr"


def test_a_text_is_marked_only_where_it_is_not_in_the_reader_s_language() -> None:
    with translation.override("en"):
        assert (language_mark("en"), language_mark("fr")) == ("", "fr")


def test_an_address_is_asked_in_each_language_and_the_reader_s_comes_back() -> None:
    with translation.override("en"):
        assert in_each_language(reader_language) == {"fr": "fr", "en": "en"}
        assert reader_language() == "en"
