"""What the mail of each kind is shown with where nobody is concerned: each app declares examples beside its kinds.

An example gives the variables of the kind's templates, as its `context` would, of things made up: it reads no table and
names nobody. It is asked in the language of the mail.
"""

from collections.abc import Callable, Mapping
from typing import Any

from coalition.notifications.kinds import all_kinds

Example = Callable[[], Mapping[str, Any]]
_examples: dict[str, Example] = {}


def example_for(*names: str) -> Callable[[Example], Example]:
    """Declare the decorated function as the example of these kinds. ValueError for a kind that has one."""

    def declare(example: Example) -> Example:
        for name in names:
            if name in _examples:
                raise ValueError(f"two examples of {name}")
            _examples[name] = example
        return example

    return declare


def example_of(name: str) -> Example | None:
    """The example of that kind, or None."""
    return _examples.get(name)


def forget_example(name: str) -> None:
    """The undo of `example_for`, for tests."""
    _examples.pop(name, None)


def stray_examples() -> list[str]:
    """Names that have an example and are no kind."""
    return sorted(_examples.keys() - {kind.name for kind in all_kinds()})
