from types import SimpleNamespace

from django.utils import translation

from coalition.core.templatetags.bilingual import tr


def test_the_column_of_the_readers_language_is_shown() -> None:
    article = SimpleNamespace(title_fr="Décider", title_en="Deciding")
    with translation.override("fr"):
        assert tr(article, "title") == "Décider"
    with translation.override("en"):
        assert tr(article, "title") == "Deciding"


def test_a_missing_translation_shows_the_other_language_rather_than_nothing() -> None:
    with translation.override("en"):
        assert tr(SimpleNamespace(title_fr="Décider", title_en=""), "title") == "Décider"
        assert tr({"title_fr": "Décider"}, "title") == "Décider"


def test_an_object_without_the_text_shows_nothing() -> None:
    assert tr(SimpleNamespace(), "title") == ""
    assert tr(None, "title") == ""
