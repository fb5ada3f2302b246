from dataclasses import replace

import pytest

from principles.models import ArticleText, outcome_text, rank_after
from tests.principles.conftest import TEXT

NEW = ArticleText("neuf", "Neuf", "New", "Un texte.", "A text.")


def keys(kind: str, key: str, after: str = "", article: ArticleText | None = None) -> list[str]:
    return [one.key for one in outcome_text(kind=kind, key=key, after=after, article=article, text=TEXT).articles]


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("", ["neuf", "decider", "guichet", "donnees"]),
        ("guichet", ["decider", "guichet", "neuf", "donnees"]),
        ("donnees", ["decider", "guichet", "donnees", "neuf"]),
    ],
)
def test_an_article_is_added_at_its_place(after: str, order: list[str]) -> None:
    assert keys("insert", "neuf", after, NEW) == order


def test_an_article_is_removed_or_moved_and_the_others_keep_their_order() -> None:
    assert keys("remove", "guichet") == ["decider", "donnees"]
    assert keys("move", "decider", "donnees") == ["guichet", "donnees", "decider"]
    assert keys("move", "donnees") == ["donnees", "decider", "guichet"]


def test_an_edit_changes_the_words_of_one_article_and_keeps_its_title_unless_it_has_one() -> None:
    words = replace(NEW, key="guichet", title_fr="")
    changed = outcome_text(kind="edit", key="guichet", after="", article=words, text=TEXT).articles[1]
    assert (changed.text_fr, changed.title_fr) == ("Un texte.", "Garder un guichet humain")
    assert changed.title_en == "New"


def test_a_place_that_is_not_there_is_the_beginning() -> None:
    assert (rank_after(["a", "b"], "b"), rank_after(["a"], ""), rank_after(["a"], "z")) == (2, 0, 0)
