"""Where the sentences of a text are in its next version. When in doubt, nowhere.

A sentence lands only on one with the same words (`words_of`). Where the same words stand more than once, or where their
surroundings changed, more is asked; what is not certain is an orphan.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coalition.discussion.anchoring.places import Anchor, anchor_on, position_of
from coalition.discussion.anchoring.sentences import Sentence, split_sentences
from coalition.discussion.anchoring.words import leans_on_the_one_before

TELLS_IN_PLACE = 5
"""Words a sentence needs to be recognised by itself between sentences that were all rewritten."""
TELLS_ANYWHERE = 8
"""Words it needs to be recognised alone at another place."""
HEIR = 0.5
"""Share of words in common from which a new sentence at the old place may be what became of the old one."""


class Loss(StrEnum):
    """Why an anchor has no place any more."""

    GONE = "gone"
    AMBIGUOUS = "ambiguous"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Kept:
    """The sentence stands where it stood among the others; `anchor` is its place in the new text."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Moved:
    """The sentence stands elsewhere among the others."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Orphan:
    """GONE: nothing has these words. AMBIGUOUS: several places could be it. UNCERTAIN: the words are there, and what
    stood around them is not. UNKNOWN: the anchor was not made on the old text."""

    loss: Loss


Landing = Kept | Moved | Orphan


def reanchor(anchor: Anchor, old_text: str, new_text: str) -> Landing:
    """Where an anchor made on `old_text` is in `new_text`. Any texts, Markdown or not; n log n in their length."""
    return reanchor_all([anchor], old_text, new_text)[0]


def reanchor_all(anchors: Iterable[Anchor], old_text: str, new_text: str) -> list[Landing]:
    """As `reanchor`, the two texts compared once."""
    change = _Change(old_text, new_text)
    return [change.landing(anchor) for anchor in anchors]


class _Change:
    """Two versions of a text, sentence by sentence."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.old, self.new = split_sentences(old_text), split_sentences(new_text)
        self.old_keys, self.new_keys = [one.key for one in self.old], [one.key for one in self.new]
        self.old_places, self.new_places = _places(self.old_keys), _places(self.new_keys)
        self.paired = {
            places[0]: self.new_places[key][0]
            for key, places in self.old_places.items()
            if len(places) == 1 and len(self.new_places.get(key, ())) == 1
        }
        self.spine = _never_moved(sorted(self.paired.items()))
        self.landmarks = sorted(self.spine)

    def landing(self, anchor: Anchor) -> Landing:
        at = position_of(anchor, self.old_text, self.old)
        if at is None:
            return Orphan(Loss.UNKNOWN)
        found = at if self.old_keys == self.new_keys else self._place(at)
        if isinstance(found, Loss):
            return Orphan(found)
        placed = anchor_on(self.new_text, self.new[found], found)
        return Kept(placed) if self._in_place(at, found) else Moved(placed)

    def _place(self, at: int) -> int | Loss:
        places = self.new_places.get(self.old_keys[at], [])
        if not places:
            return Loss.GONE
        if at in self.paired:
            return places[0] if self._is_it(at, places[0]) else Loss.UNCERTAIN
        return self._among_twins(at, places)

    def _among_twins(self, at: int, places: Sequence[int]) -> int | Loss:
        """The one place whose surroundings say it; only if they do not say it of another of the twins too."""
        twins = self.old_places[self.old_keys[at]]
        if len(twins) * len(places) > 400:
            return Loss.AMBIGUOUS
        claimed = [place for place in places if self._runs_with_a_unique_one(at, place)]
        if len(claimed) != 1 or not self._refers_alike(at, claimed[0]):
            return Loss.AMBIGUOUS
        rivals = [twin for twin in twins if twin != at and self._runs_with_a_unique_one(twin, claimed[0])]
        return Loss.AMBIGUOUS if rivals else claimed[0]

    def _runs_with_a_unique_one(self, at: int, place: int) -> bool:
        """Among the unchanged sentences around both places, without a gap, one stands once in each text."""
        for step in (-1, 1):
            old, new = at + step, place + step
            while self._same(old, new):
                if old in self.paired:
                    return True
                old, new = old + step, new + step
        return False

    def _same(self, old: int, new: int) -> bool:
        inside = 0 <= old < len(self.old) and 0 <= new < len(self.new)
        return inside and self.old_keys[old] == self.new_keys[new]

    def _is_it(self, at: int, place: int) -> bool:
        """A sentence that stands once in each text: a neighbour, the beginning of the text or its own words say so."""
        if not self._refers_alike(at, place):
            return False
        first = at == 0 and place == 0
        return first or self._runs_with_a_unique_one(at, place) or self._tells_itself(at, place)

    def _refers_alike(self, at: int, place: int) -> bool:
        """What a sentence that begins with "elle" or "cela" points back to is unchanged too."""
        while leans_on_the_one_before(self.old[at].words):
            if at == 0 and place == 0:
                return True
            at, place = at - 1, place - 1
            if not self._same(at, place):
                return False
        return True

    def _tells_itself(self, at: int, place: int) -> bool:
        length = len(self.old[at].words)
        low, high = self._gap(at)
        if low < place < high:
            return length >= TELLS_IN_PLACE
        return length >= TELLS_ANYWHERE and not self._has_heir(self.old[at], low, high)

    def _gap(self, at: int) -> tuple[int, int]:
        """The new places between what stands around the old place and has not moved, both ends left out."""
        rank = bisect_left(self.landmarks, at)
        before = [number for number in self.landmarks[max(rank - 1, 0) : rank] if number != at]
        after = [number for number in self.landmarks[rank : rank + 2] if number != at]
        low = self.paired[before[0]] if before else -1
        return low, self.paired[after[0]] if after else len(self.new)

    def _has_heir(self, sentence: Sentence, low: int, high: int) -> bool:
        """Something new at the old place says nearly the same: it may be what became of the sentence."""
        fresh = (self.new[place] for place in range(low + 1, high) if self.new_keys[place] not in self.old_places)
        return any(_likeness(sentence.words, one.words) >= HEIR for one in fresh)

    def _in_place(self, at: int, place: int) -> bool:
        if at in self.paired:
            return at in self.spine
        rank = bisect_left(self.landmarks, at)
        before, after = self.landmarks[:rank][-1:], self.landmarks[rank:][:1]
        return all(self.paired[one] < place for one in before) and all(self.paired[one] > place for one in after)


def _places(keys: Sequence[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    found: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        found[key].append(number)
    return dict(found)


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of words in common, 0 to 1 (Dice's coefficient of the two bags of words)."""
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other))


def _never_moved(pairs: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The old ranks that every longest run in common order holds: what no reading of the change says has moved."""
    places = [place for _at, place in pairs]
    ending = _longest_ending(places)
    starting = _longest_ending([-place for place in reversed(places)])[::-1]
    longest = max(ending, default=0)
    on_one = [rank for rank in range(len(pairs)) if ending[rank] + starting[rank] - 1 == longest]
    shares = Counter(ending[rank] for rank in on_one)
    return frozenset(pairs[rank][0] for rank in on_one if shares[ending[rank]] == 1)


def _longest_ending(places: Sequence[int]) -> list[int]:
    """For each place, how long the longest increasing run that ends with it is."""
    tails: list[int] = []
    lengths = []
    for place in places:
        rank = bisect_left(tails, place)
        tails[rank : rank + 1] = [place]
        lengths.append(rank + 1)
    return lengths
