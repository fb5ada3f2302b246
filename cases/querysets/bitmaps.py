"""The catalogue as sets of numbers: which rows hold which value. Counting is intersecting; no framework, no database.

An `Index` never changes: `changed` returns another one that shares with it whatever stayed the same, so that a reader
in one thread never sees half a change made by another.
"""

from array import array
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from pyroaring import BitMap

ORDERS = ("updated", "title", "city")
FEW = 64
"""Up to so many changed rows are put into an order one by one; for more, the order is sorted anew."""

SPARSE = 16
"""Sorting one row in so many costs less than walking the order to find them."""

MOST_REMEMBERED = 64
"""Answers an index remembers."""

Key = tuple[Any, ...]
T = TypeVar("T")


class Place(NamedTuple):
    """Where cases are counted together: cell of the atlas, country, folded name of the city."""

    cell: str
    country: str
    city: str


class Spot(NamedTuple):
    """How a place is written, where it is drawn (units of the atlas), its number in GeoNames; None when not known."""

    name: str
    x: float | None
    y: float | None
    geoname_id: int | None = None


class Card(NamedTuple):
    """What the index knows of one row: its values as (facet, value), one key for each of ORDERS, its place."""

    id: int
    values: tuple[tuple[str, str], ...]
    keys: tuple[Key, Key, Key]
    place: Place
    spot: Spot


class Order:
    """Numbers of rows, sorted. `entries` holds (key, number), `ids` the numbers alone."""

    __slots__ = ("_ranks", "entries", "ids")

    def __init__(self, entries: list[tuple[Key, int]]) -> None:
        self.entries = entries
        self.ids = [number for _key, number in entries]
        self._ranks: array[int] | None = None

    @property
    def ranks(self) -> "array[int]":
        """The place of each number in the order, counted when first asked for; 0 where there is no such row."""
        if self._ranks is None:
            ranks = array("I", bytes(4 * (max(self.ids, default=-1) + 1)))
            for rank, number in enumerate(self.ids):
                ranks[number] = rank
            self._ranks = ranks
        return self._ranks

    def changed(self, gone: BitMap, new: list[tuple[Key, int]]) -> "Order":
        """The order without the rows in `gone`, with the entries of `new`."""
        if len(gone) + len(new) > FEW:
            entries = [entry for entry in self.entries if entry[1] not in gone] + new
            entries.sort()
        else:
            entries = self.entries.copy()
            places = sorted((self.ids.index(number) for number in gone), reverse=True)
            for place in places:
                del entries[place]
            for entry in new:
                insort(entries, entry)
        return Order(entries)

    def slice(self, among: BitMap, start: int, stop: int) -> list[int]:
        """The numbers of `among` from rank `start` to `stop`; sorts a few, walks from the nearer end for more."""
        size = len(among)
        stop = min(stop, size)
        if start >= stop:
            return []
        if size == len(self.ids):
            return self.ids[start:stop]
        if size * SPARSE < len(self.ids):
            return sorted(among, key=self.ranks.__getitem__)[start:stop]
        if start <= size // 2:
            return list(islice(filter(among.__contains__, self.ids), start, stop))
        backwards = filter(among.__contains__, reversed(self.ids))
        return list(islice(backwards, size - stop, size - start))[::-1]


Sets = dict[Any, BitMap]
_NOBODY = BitMap()


def _collect(pairs: Iterable[tuple[Any, int]]) -> Sets:
    numbers: dict[Any, list[int]] = defaultdict(list)
    for key, number in pairs:
        numbers[key].append(number)
    return {key: BitMap(found) for key, found in numbers.items()}


def _changed(sets: Sets, gone: BitMap, new: Sets) -> Sets:
    """The sets without `gone`, with those of `new`; untouched ones are shared, empty ones dropped."""
    kept = {key: ids - gone if ids.intersect(gone) else ids for key, ids in sets.items()}
    for key, ids in new.items():
        kept[key] = kept.get(key, _NOBODY) | ids
    return {key: ids for key, ids in kept.items() if ids}


@dataclass(frozen=True, slots=True)
class Index:
    """Every row, by value of each facet, by place, and in each order.

    `remembered`: what was worked out for this index, and holds as long as it does; gone with it.
    """

    everything: BitMap = field(default_factory=BitMap)
    values: Mapping[str, Sets] = field(default_factory=dict)
    places: Sets = field(default_factory=dict)
    spots: Mapping[Place, Spot] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=lambda: {name: Order([]) for name in ORDERS})
    remembered: dict[Any, Any] = field(default_factory=dict, compare=False)

    def remember(self, key: Any, work: Callable[[], T]) -> T:
        """What `work` gives, worked out once for this index; MOST_REMEMBERED answers at most, the oldest make room."""
        try:
            found: T = self.remembered[key]
        except KeyError:
            found = work()
            while len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.pop(next(iter(self.remembered)), None)
            self.remembered[key] = found
        return found

    def changed(self, numbers: Iterable[int], cards: Collection[Card]) -> "Index":
        """The index once the rows `numbers` are forgotten and `cards` are taken in (their older state is forgotten)."""
        coming = BitMap(card.id for card in cards)
        gone = (BitMap(numbers) | coming) & self.everything
        new: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for card in cards:
            for name, value in card.values:
                new[name].append((value, card.id))
        values = {
            name: _changed(self.values.get(name, {}), gone, _collect(new.get(name, ())))
            for name in {*self.values, *new}
        }
        orders = {
            name: self.orders[name].changed(gone, [(card.keys[rank], card.id) for card in cards])
            for rank, name in enumerate(ORDERS)
        }
        return Index(
            everything=(self.everything - gone) | coming,
            values=values,
            places=_changed(self.places, gone, _collect((card.place, card.id) for card in cards)),
            spots={**self.spots, **{card.place: card.spot for card in cards}},
            orders=orders,
        )

    def holding(self, name: str, values: Iterable[str]) -> BitMap:
        """The rows that hold any of these values of a facet."""
        sets = self.values.get(name, {})
        return BitMap.union(_NOBODY, *(sets[value] for value in values if value in sets))

    def within(self, name: str, beginnings: tuple[str, ...]) -> BitMap:
        """The rows whose value of a facet begins with any of these."""
        sets = self.values.get(name, {})
        return BitMap.union(_NOBODY, *(ids for value, ids in sets.items() if value.startswith(beginnings)))

    def counts(self, name: str, among: BitMap) -> dict[str, int]:
        """How many rows of `among` hold each value of a facet; values nobody holds are left out."""
        return _counts(self.values.get(name, {}), among)

    def place_counts(self, among: BitMap) -> dict[Place, int]:
        """How many rows of `among` stand at each place."""
        return _counts(self.places, among)


def _counts(sets: Sets, among: BitMap) -> dict[Any, int]:
    return {key: n for key, ids in sets.items() if (n := ids.intersection_cardinality(among))}


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows to choose among, and for each facet asked the rows that hold one of the values asked."""

    start: BitMap
    asked: Mapping[str, BitMap]

    def found(self, besides: str = "") -> BitMap:
        """The rows that answer every facet asked but `besides`."""
        among = [ids for name, ids in self.asked.items() if name != besides]
        return BitMap.intersection(self.start, *among) if among else self.start
