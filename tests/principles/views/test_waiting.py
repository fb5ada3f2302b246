from django.http import QueryDict

from principles.models import WORDS, join_words
from principles.views.waiting import choices, listed
from tests.principles.test_joining import BASE


def test_names_are_listed_as_one_says_them() -> None:
    assert [listed(one) for one in ([], ["Awa"], ["Awa", "Rose"], ["Awa", "Rose", "Ali"])] == [
        "",
        "Awa",
        "Awa et Rose",
        "Awa, Rose et Ali",
    ]


def test_a_place_is_chosen_and_never_written() -> None:
    assert "after_key" in WORDS
    joined = join_words(BASE, {**BASE, "after_key": "b"}, {**BASE, "after_key": "c"})
    assert choices(QueryDict("choice-0=mine"), joined) == ["b"]
    assert choices(QueryDict("choice-0=theirs"), joined) == ["c"]
    assert choices(QueryDict("choice-0=write&words-0=x"), joined) == [None]
    assert choices(QueryDict(""), joined) == [None]
