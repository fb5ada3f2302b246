import pytest
from django.utils import translation

from principles.views.shared import article_label, crumbs, leg, legs, short_hash
from tests.principles.conftest import World


def test_the_readers_language_comes_first_unless_only_the_other_changes() -> None:
    both = {"before_fr": "a", "after_fr": "b", "before_en": "c", "after_en": "d"}
    with translation.override("fr"):
        assert [one.language for one in legs(**both)] == ["fr", "en"]
        assert [one.language for one in legs(**{**both, "after_fr": "a"})] == ["en", "fr"]
    with translation.override("en"):
        assert [one.language for one in legs(**both)] == ["en", "fr"]
        assert [one.language for one in legs(**{**both, "after_en": "c"})] == ["fr", "en"]


def test_a_leg_knows_whether_it_changes_and_renders_its_markdown() -> None:
    changed = leg("fr", "Un **mot**", "Deux **mots**")
    assert changed.changes and "<strong>mots</strong>" in changed.after
    assert not leg("en", "same", "same").changes


def test_text_of_contributors_is_escaped_in_both_columns() -> None:
    assert "<script" not in leg("fr", "<script>x</script>", "<script>y</script>").after


@pytest.mark.parametrize(("language", "home"), [("fr", "/fr/"), ("en", "/en/")])
def test_the_path_starts_at_home_and_ends_on_the_page(language: str, home: str) -> None:
    with translation.override(language):
        steps = crumbs(("Charte", "/x/"), last="Ici")
    assert [step["url"] for step in steps] == [home, "/x/", ""]


def test_an_article_is_named_by_its_place_and_its_title(world: World) -> None:
    with translation.override("fr"):
        assert article_label(world.first.articles.first()) == "Article 1, Décider avec les habitants"


def test_a_short_hash_shows_its_first_and_last_groups() -> None:
    assert short_hash("0123456789abcdef" * 4) == "<code>0123 4567 … cdef</code>"
