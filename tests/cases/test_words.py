"""The words of a case as plain values: written, read back, compared, refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from cases.actions import InvalidCase, save_case, translate_case
from cases.enums import MOST_ROWS, PARTS, WORDS
from cases.models import CasePage
from cases.models.words import changed_words, check_parts, fill_parts, rows_of, same_word, words_of, write_words
from tests.cases.conftest import NOW, Make, World

INDICATOR = {
    "label": "Attente", "family": "technical", "unit": "min", "baseline": Decimal("112"), "value": Decimal("65.5"),
    "baseline_on": date(2025, 4, 1), "measured_on": date(2026, 3, 1), "source": "Relevés",
}  # fmt: skip
PARTNER = {"name": "Union des femmes", "role": "relais", "side": "use", "url": "https://example.org/"}
PROOF = {"kind": "dataset", "title": "Relevés", "url": "https://example.org/d.csv", "licence": "ODbL", "format": "CSV"}
NEWS = {"happened_on": date(2026, 6, 1), "text": "Une ville de plus."}
PART_WORDS = {"indicators": [INDICATOR], "partners": [PARTNER], "evidence": [PROOF], "updates": [NEWS]}


def test_what_repeats_goes_through_drafts_publication_and_translation(
    world: World, draft: Make, published: Make
) -> None:
    page = published("Complet", **PART_WORDS)
    for words in (page.latest_words(), CasePage.objects.get(pk=page.pk)):
        assert rows_of(words, "indicators") == [INDICATOR]
        assert rows_of(words, "partners") == [PARTNER]
    copy = translate_case(actor=None, page=page, language="en", now=NOW)
    assert rows_of(copy.latest_words(), "updates") == [NEWS]
    assert copy.translated_from == "fr"
    assert CasePage.objects.get(pk=copy.pk).translated_from == "fr"


def test_rows_come_with_their_case_in_one_query(published: Make, django_assert_num_queries: object) -> None:
    page = published("Complet", **PART_WORDS)
    told = {part: rows_of(page, part) for part in PARTS}
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = CasePage.objects.with_parts().get(pk=page.pk)
        fill_parts(found)
        assert {part: rows_of(found, part) for part in PARTS} == told


def test_every_word_can_be_written_back(world: World, published: Make, draft: Make) -> None:
    words = words_of(published("Complet", priorities=["economy"], **PART_WORDS))
    assert set(words) == set(WORDS)
    other = draft("Vide")
    assert set(changed_words(other, words)) >= {"title", "priorities", "indicators"}
    write_words(other, words)
    assert changed_words(other, words) == []


def test_nothing_and_an_empty_text_say_the_same_and_zero_says_something() -> None:
    assert same_word(None, "") and same_word([], None) and same_word("", "")
    assert not same_word(None, 0) and not same_word("a", "")


def test_a_row_nobody_could_keep_is_refused_with_its_rank(world: World, draft: Make) -> None:
    page = draft()
    bad = [{**PARTNER}, {**PARTNER, "url": "javascript:alert(1)"}]
    with pytest.raises(InvalidCase) as refusal:
        save_case(actor=None, page=page, content={"partners": bad}, based_on=page.latest_revision_id, now=NOW)
    assert refusal.value.errors["partners"][0].startswith("Ligne 2")
    assert rows_of(page.latest_words(), "partners") == []


def test_there_is_an_end_to_rows(world: World, draft: Make) -> None:
    page = draft()
    write_words(page, {"partners": [PARTNER] * (MOST_ROWS + 1)})
    with pytest.raises(ValidationError):
        check_parts(page)
