"""Who takes the answers of which addresses."""

from coalition.notifications.intake.registry import get_answerer
from principles.actions.answering import answer_amendment


def test_comments_and_amendments_take_answers_and_other_letters_nobody() -> None:
    assert get_answerer("c") is not None
    assert get_answerer("a") is answer_amendment
    assert get_answerer("q") is None
