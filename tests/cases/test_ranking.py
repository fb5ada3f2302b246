"""Which texts answer words, the best first, whatever their number."""

import pytest
from django.db import connection

from cases.models import CatalogueEntry, CatalogueWords
from cases.querysets import answers
from cases.querysets.ranking import best_first, matching
from cases.querysets.text import read_question, text_query
from cases.search import Selection
from tests.cases.conftest import Make


def titles(words: str) -> list[str]:
    return [entry.title for entry in CatalogueEntry.objects.answer(Selection(q=words), "fr")[:]]


def test_a_title_comes_before_a_story_and_both_are_found(published: Make) -> None:
    published("Autre chose", context="On y parle de vélo.")
    published("Le vélo")
    published("Rien à voir")
    assert titles("vélo") == ["Le vélo", "Autre chose"]
    found = matching(text_query("vélo"))
    assert (len(found.anywhere), len(found.in_title)) == (2, 1)


def test_no_words_find_nothing(published: Make) -> None:
    published("Le vélo")
    assert not matching(None).anywhere
    assert titles("zzz") == []
    assert best_first(read_question(""), [3, 1]) == [3, 1]


def test_what_is_beyond_the_candidates_follows_unranked(published: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "RANKED", 1)
    for name in ("Un", "Deux", "Trois"):
        published(f"{name} vélo")
    assert titles("vélo") == ["Trois vélo", "Deux vélo", "Un vélo"]


def test_words_follow_their_text_and_go_with_it(published: Make) -> None:
    page = published("Le vélo")
    CatalogueEntry.objects.filter(page_id=page.pk).update(folded_title="le bus")
    assert titles("vélo") == [] and titles("bus") == ["Le vélo"]
    CatalogueEntry.objects.filter(page_id=page.pk).delete()
    assert not CatalogueWords.objects.exists()


def test_a_row_of_words_is_so_short_that_thousands_are_found_at_once(published: Make) -> None:
    """Eighty long texts: their words stand apart, and what a search walks through is two pages of the disk."""
    published("Le vélo", context=" ".join(f"mot{number}" for number in range(400)))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE many (LIKE cases_cataloguewords INCLUDING STORAGE) WITH (toast_tuple_target = 128)"
        )
        cursor.execute("SELECT reloptions FROM pg_class WHERE oid = 'cases_cataloguewords'::regclass")
        assert cursor.fetchone()[0] == ["toast_tuple_target=128"]
        cursor.execute("INSERT INTO many SELECT words.* FROM cases_cataloguewords AS words, generate_series(1, 80)")
        cursor.execute("SELECT pg_relation_size('many'), pg_total_relation_size('many')")
        walked, whole = cursor.fetchone()
    assert walked <= 2 * 8192 < whole / 4
