"""What became of each article from one version to another, in words and word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from principles.merge import Operation, diff_words

State = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One article in two versions. A place is None where a version has no such article.

    `moved` says that its order among the articles both versions have is another; a number that is another because an
    article came or went before it is no move. `operations` are those of the text; `renamed` those of a changed title.
    """

    key: str
    state: State
    title: str
    before: int | None
    after: int | None
    moved: bool
    renamed: tuple[Operation, ...]
    operations: tuple[Operation, ...]
    text: str
    row: Any

    @property
    def is_change(self) -> bool:
        return self.state != "same" or self.moved


def compare_articles(before: Sequence[Any], after: Sequence[Any], language: str) -> tuple[Change, ...]:
    """Every article of either version (rows with key, position, title_xx, text_xx), newer order, gone ones last."""
    olds, news = {row.key: row for row in before}, {row.key: row for row in after}
    moved = moved_keys([row.key for row in before], [row.key for row in after])
    keys = [*news, *(key for key in olds if key not in news)]
    return tuple(_change(key, olds.get(key), news.get(key), key in moved, language) for key in keys)


def moved_keys(before: Iterable[str], after: Iterable[str]) -> set[str]:
    """The keys both have whose order is another: all but those of the common run."""
    after = list(after)
    shared = set(before := list(before))
    old = [key for key in before if key in set(after)]
    new = [key for key in after if key in shared]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(old) - {key for block in blocks for key in old[block.a : block.a + block.size]}


def _change(key: str, old: Any, new: Any, moved: bool, language: str) -> Change:
    titles, texts = ([_read(row, name, language) for row in (old, new)] for name in ("title", "text"))
    state = _state(old, new, titles[0] == titles[1] and texts[0] == texts[1])
    shown = old if new is None else new
    return Change(
        key=key,
        state=state,
        title=_read(shown, "title", language),
        before=_place(old),
        after=_place(new),
        moved=moved,
        renamed=diff_words(*titles) if state == "changed" and titles[0] != titles[1] else (),
        operations=diff_words(*texts) if state != "same" else (),
        text=_read(shown, "text", language),
        row=shown,
    )


def _state(old: Any, new: Any, is_same: bool) -> State:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    return "same" if is_same else "changed"


def _place(row: Any) -> int | None:
    return row.position if row is not None else None


def _read(row: Any, name: str, language: str) -> str:
    return str(getattr(row, f"{name}_{language}")) if row is not None else ""
