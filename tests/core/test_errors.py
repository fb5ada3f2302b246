"""An error of the domain carries a sentence for the reader."""

from coalition.core.errors import DomainError


def test_an_error_says_its_sentence_and_its_field() -> None:
    error = DomainError("Cette date est passée.", field="started_on")
    assert (error.message, error.field, str(error)) == (
        "Cette date est passée.",
        "started_on",
        "Cette date est passée.",
    )


def test_an_error_without_a_field_concerns_the_whole_form() -> None:
    assert DomainError("Trop tard.").field == ""
