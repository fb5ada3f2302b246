"""Every kind has an example; two are a mistake; one of no kind is found."""

import pytest

from coalition.notifications.examples import example_for, example_of, forget_example, stray_examples
from coalition.notifications.kinds import all_kinds


def test_every_kind_that_has_words_has_an_example() -> None:
    assert [kind.name for kind in all_kinds() if kind.templated and example_of(kind.name) is None] == []


def test_a_kind_has_one_example() -> None:
    with pytest.raises(ValueError, match=r"two examples of case\.published"):
        example_for("case.published")(dict)


def test_an_example_of_no_kind_is_named() -> None:
    example_for("test.gone")(dict)
    assert stray_examples() == ["test.gone"]
    forget_example("test.gone")
    assert stray_examples() == []
