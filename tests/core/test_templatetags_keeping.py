"""A part of a page that is remembered: written once for a generation, a language and a question."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

PART = Template("{% load keeping %}{% keep said question %}{{ word }} {{ question }}{% endkeep %}")


@pytest.fixture(autouse=True)
def memory(settings: Any) -> Iterator[None]:
    backend = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-parts"}
    settings.CACHES = {**settings.CACHES, "parts": backend}
    yield
    caches["parts"].clear()


class Said:
    """What a page says, and how often it was asked."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked = 0

    def __call__(self) -> dict[str, str]:
        self.asked += 1
        return {"word": self.word}


def write(said: Said, generation: str | None, question: str = "?q=bus") -> str:
    request: Any = RequestFactory().get("/")
    if generation is not None:
        request.page_generation = generation
    return PART.render(Context({"request": request, "said": said, "question": question}))


def test_a_part_is_worked_out_once_until_something_public_changes() -> None:
    said = Said("un")
    assert [write(said, "1.1"), write(said, "1.1")] == ["un ?q=bus", "un ?q=bus"]
    assert said.asked == 1
    said.word = "deux"
    assert write(said, "2.2") == "deux ?q=bus"


def test_another_question_and_another_language_are_other_parts() -> None:
    said = Said("un")
    assert write(said, "1.1", "?q=vélo") == "un ?q=vélo"
    write(said, "1.1")
    with override("en"):
        write(said, "1.1")
    assert said.asked == 3


def test_pages_that_are_not_shared_are_written_each_time() -> None:
    said = Said("un")
    assert write(said, None) == write(said, None) == "un ?q=bus"
    assert said.asked == 2


def test_what_was_escaped_once_is_not_escaped_again() -> None:
    said = Said("<b>")
    assert write(said, "1.1", "") == write(said, "1.1", "") == "&lt;b&gt; "
