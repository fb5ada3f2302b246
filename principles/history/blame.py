"""Which version made each sentence of a text: plain Python over `principles.merge`, no framework.

A sentence is a unit of the merge engine. It is *made* by the version that gave it the words it has today (white space
and list markers aside); *earlier* are the versions that made the sentences it was written from, when at least half of
the words of one of the two are the other's. So a sentence that moved keeps its origin, one of which a word changed has
a new one and remembers the old, one put together from two remembers both.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from principles.merge import MergeOperation, merge_texts
from principles.merge.units import Unit, UnitKind, split_units

_WORD = re.compile(r"\w+")
HALF = 0.5
SHORTEST_RUN = 3
PAIRS = 400


class Origin(NamedTuple):
    """Numbers of versions: the one that made a sentence what it is, and those whose words it was written from."""

    made: int
    earlier: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Every version that had a hand in it, oldest first."""
        return (*self.earlier, self.made)


class Sentence(NamedTuple):
    """One sentence with what stands before it (`before` + `text` of all, and the tail, give the text back)."""

    before: str
    text: str
    origin: Origin


Texts = Mapping[str, str]
"""The texts of one version in one language, by place: "preamble", "title:<key>", "text:<key>"."""
Traced = dict[str, tuple[Sentence, ...]]


class _Fresh(NamedTuple):
    """A sentence whose words did not stand at this place in the version before."""

    place: str
    rank: int
    unit: Unit


class _Laid(NamedTuple):
    """A text on the one before it: old sentences, where each new character stood, whose each old character is."""

    before: Sequence[Sentence]
    sources: list[int]
    owners: list[int]


def trace(chain: Iterable[tuple[int, Texts]]) -> Traced:
    """The sentences of the last of `chain`, versions with rising numbers, each with its origin. Linear in the chain."""
    traced: Traced = {}
    for number, texts in chain:
        traced = step(traced, number, texts)
    return traced


def step(before: Traced, number: int, texts: Texts) -> Traced:
    """The sentences of version `number`, from those of the version before it.

    First each text is laid on the one that stood at the same place; then a sentence that left one place and stands at
    another with the same words keeps its origin; what is left was made by this version.
    """
    after: Traced = {}
    left: dict[str, deque[Origin]] = defaultdict(deque)
    fresh: list[_Fresh] = []
    for place, text in texts.items():
        after[place], new, gone = _laid(place, before.get(place, ()), number, text)
        fresh += new
        for one in gone:
            left[_key(one.text)].append(one.origin)
    for place in before.keys() - texts.keys():
        for one in before[place]:
            left[_key(one.text)].append(one.origin)
    return _with_moves(after, fresh, left)


def _with_moves(after: Traced, fresh: list[_Fresh], left: Mapping[str, deque[Origin]]) -> Traced:
    """Give a sentence that came from elsewhere, word for word, the origin it had there."""
    moved: dict[str, dict[int, Origin]] = defaultdict(dict)
    for one in fresh:
        if left.get(one.unit.key):
            moved[one.place][one.rank] = left[one.unit.key].popleft()
    for place, origins in moved.items():
        sentences = enumerate(after[place])
        after[place] = tuple(one._replace(origin=origins.get(index, one.origin)) for index, one in sentences)
    return after


def _key(text: str) -> str:
    return " ".join(text.split())


def _laid(
    place: str, before: Sequence[Sentence], number: int, text: str
) -> tuple[tuple[Sentence, ...], list[_Fresh], list[Sentence]]:
    """The sentences of `text` laid on those that stood at its place; the fresh ones; and those that went."""
    old = "".join(one.before + one.text for one in before)
    if text.rstrip() == old:
        return tuple(before), [], []
    units = _units(place, text)
    laid = _Laid(before, _sources(old, text), _owners(before))
    sentences, fresh, stayed = [], [], set[int]()
    for rank, unit in enumerate(units):
        owner = _same(unit, laid)
        if owner is None or owner in stayed:
            sentences.append(Sentence(unit.before, unit.text, Origin(number)))
            fresh.append(_Fresh(place, rank, unit))
        else:
            stayed.add(owner)
            sentences.append(Sentence(unit.before, unit.text, before[owner].origin))
    gone = _without(before, stayed)
    for new in fresh:
        earlier = _earlier(new.unit, laid, gone, len(fresh))
        sentences[new.rank] = sentences[new.rank]._replace(origin=Origin(number, earlier))
    return tuple(sentences), fresh, list(gone.values())


def _without(before: Sequence[Sentence], stayed: set[int]) -> dict[int, Sentence]:
    return {index: one for index, one in enumerate(before) if index not in stayed}


def _earlier(unit: Unit, laid: _Laid, gone: Mapping[int, Sentence], fresh: int) -> tuple[int, ...]:
    """The versions of the sentences a fresh one was written from."""
    owners = _written_from(unit, laid) | _holding_a_run_of(unit, gone, fresh)
    return tuple(sorted({version for owner in owners for version in laid.before[owner].origin.all}))


def _units(place: str, text: str) -> list[Unit]:
    """The units of a text; a title is one, whatever its points."""
    if place.startswith("title:"):
        return [Unit("", text, _key(text), UnitKind.SENTENCE, 0, True, 0)] if text else []
    return [unit for unit in split_units(text) if unit.kind is not UnitKind.END]


def _owners(before: Sequence[Sentence]) -> list[int]:
    """For each character of the old text, the number of its sentence, -1 for what stands between."""
    owners: list[int] = []
    for index, one in enumerate(before):
        owners += [-1] * len(one.before) + [index] * len(one.text)
    return owners


def _sources(old: str, new: str) -> list[int]:
    """For each character of `new`, where it stands in `old`, -1 for one that is new."""
    operations = merge_texts(old, new, old).operations
    starts = _places_in_base(operations)
    sources: list[int] = []
    for one, start in zip(operations, starts, strict=True):
        if one.kind == "kept":
            sources += range(start, start + len(one.text))
        elif one.kind == "inserted":
            sources += [-1] * len(one.text)
    return sources


def _places_in_base(operations: Sequence[MergeOperation]) -> Iterator[int]:
    """Where each operation begins in the base: a passage that moved stood where it is told as moved."""
    lengths: dict[int | None, int] = defaultdict(int)
    for one in operations:
        lengths[one.move] += _length(one)
    at, cursors = 0, dict[int | None, int]()
    for one in operations:
        if one.kind == "moved":
            cursors[one.move] = at
        at += lengths[one.move] if one.kind == "moved" else _length(one) if one.move is None else 0
    cursors[None] = 0
    for one in operations:
        yield cursors[one.move if one.kind != "moved" else None]
        if one.kind == "moved":
            cursors[None] += lengths[one.move]
        else:
            cursors[one.move] += _length(one)


def _length(one: MergeOperation) -> int:
    """How many characters of the base an operation tells."""
    return len(one.text) if one.kind in ("kept", "removed") else 0


def _same(unit: Unit, laid: _Laid) -> int | None:
    """The old sentence that stands here with all its words, or None."""
    before, sources, owners = laid
    found = {
        owners[sources[at]] if sources[at] >= 0 else -1
        for at in range(unit.start, unit.start + len(unit.text))
        if not unit.text[at - unit.start].isspace()
    }
    if len(found) != 1:
        return None
    owner = found.pop()
    return owner if owner >= 0 and _key(before[owner].text) == unit.key else None


def _written_from(unit: Unit, laid: _Laid) -> set[int]:
    """The old sentences of which half the words, of theirs or of this one's, are kept in this one."""
    before, sources, owners = laid
    kept: dict[int, int] = defaultdict(int)
    words = list(_WORD.finditer(unit.text))
    for word in words:
        places = sources[unit.start + word.start() : unit.start + word.end()]
        if all(place >= 0 for place in places) and owners[places[0]] >= 0:
            kept[owners[places[0]]] += 1
    return {
        owner
        for owner, count in kept.items()
        if count >= HALF * min(len(words), len(_WORD.findall(before[owner].text)))
    }


def _holding_a_run_of(unit: Unit, gone: Mapping[int, Sentence], fresh: int) -> set[int]:
    """The old sentences that went and of which this one has half the words, one after the other: two that were joined.

    Nothing is looked for past PAIRS comparisons.
    """
    if len(gone) * fresh > PAIRS:
        return set()
    words = _WORD.findall(unit.text.lower())
    found = set[int]()
    for owner, one in gone.items():
        old = _WORD.findall(one.text.lower())
        longest = SequenceMatcher(None, old, words, autojunk=False).find_longest_match().size
        if longest >= max(SHORTEST_RUN, HALF * min(len(old), len(words))):
            found.add(owner)
    return found
