"""What is told, and what to tell next."""

from cases.enums import WORDS, Depth
from cases.forms.draft import PARTS_OF
from cases.forms.sheet import FIELDS_OF
from cases.models.completeness import QUESTIONS, completeness_of
from tests.cases.conftest import Make


def test_each_question_is_about_a_word_its_depth_asks() -> None:
    assert {question.name for question in QUESTIONS} <= set(WORDS)
    for question in QUESTIONS:
        assert question.name in (*FIELDS_OF[question.depth], *PARTS_OF[question.depth]), question.name


def test_the_next_question_is_the_first_without_an_answer(draft: Make) -> None:
    page = draft("Un titre", tried="Un essai")
    told = completeness_of(page.latest_words())
    assert told.next is not None and told.next.name == "failed"
    assert told.done == 4
    assert 0 < told.percent < 100
    assert told.by_depth[0] == (Depth.FIVE.label, 4, 5)


def test_a_case_without_expense_of_time_has_answered(draft: Make) -> None:
    told = completeness_of(draft("Un titre", person_days=0).latest_words())
    assert told.done == completeness_of(draft("Un titre").latest_words()).done + 1
