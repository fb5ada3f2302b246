"""The index in memory: counts, orders and changes, held to plain Python."""

from collections import Counter

from hypothesis import given, strategies as st
from pyroaring import BitMap

from cases.querysets.bitmaps import FEW, MOST_REMEMBERED, ORDERS, Card, Choice, Index, Order, Place, Spot

NAMES = ("stage", "domain", "country")
VALUES = ("a", "ab", "b", "c")


def card(number: int, updated: int = 0, title: str = "", city: str = "", **values: str) -> Card:
    return Card(
        id=number,
        values=tuple((name, value) for name, held in values.items() for value in held.split()),
        keys=((-updated, -number), (title, number), (not city, city, number)),
        place=Place("C2", "FR", city),
        spot=Spot(city.title(), 1.0, 2.0),
    )


cards = st.builds(
    card,
    number=st.integers(1, 60),
    updated=st.integers(0, 9),
    title=st.sampled_from(VALUES),
    city=st.sampled_from(("", "lome", "rennes")),
    stage=st.sampled_from(VALUES),
    domain=st.lists(st.sampled_from(VALUES), unique=True).map(" ".join),
    country=st.sampled_from(("", *VALUES)),
)
decks = st.lists(cards, max_size=40, unique_by=lambda each: each.id)
questions = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(VALUES), min_size=1))


def answering(deck: list[Card], question: dict[str, set[str]], besides: str = "") -> list[Card]:
    return [
        each
        for each in deck
        if all({v for n, v in each.values if n == name} & asked for name, asked in question.items() if name != besides)
    ]


@given(deck=decks, question=questions)
def test_each_facet_counts_what_its_values_would_give_under_the_others(
    deck: list[Card], question: dict[str, set[str]]
) -> None:
    index = Index().changed((), deck)
    choice = Choice(index.everything, {name: index.holding(name, asked) for name, asked in question.items()})
    assert list(choice.found()) == sorted(each.id for each in answering(deck, question))
    for name in NAMES:
        left = answering(deck, question, besides=name)
        expected = Counter(value for each in left for held, value in each.values if held == name)
        assert index.counts(name, choice.found(besides=name)) == expected


@given(deck=decks, changes=st.lists(st.tuples(st.sets(st.integers(1, 60), max_size=5), decks), max_size=4))
def test_a_changed_index_is_the_one_that_would_be_made_anew(
    deck: list[Card], changes: list[tuple[set[int], list[Card]]]
) -> None:
    index, rows = Index().changed((), deck), {each.id: each for each in deck}
    for gone, new in changes:
        index = index.changed(gone, new)
        rows = {number: each for number, each in rows.items() if number not in gone} | {each.id: each for each in new}
    anew = Index().changed((), list(rows.values()))
    assert index.everything == anew.everything
    assert {name: sets for name, sets in index.values.items() if sets} == anew.values
    assert index.places == anew.places
    assert {name: order.entries for name, order in index.orders.items()} == {
        name: order.entries for name, order in anew.orders.items()
    }


@given(deck=decks, among=st.sets(st.integers(1, 60)), start=st.integers(0, 50), length=st.integers(0, 50))
def test_a_page_of_an_order_is_that_part_of_the_whole_order(
    deck: list[Card], among: set[int], start: int, length: int
) -> None:
    index = Index().changed((), deck)
    wanted = index.everything & BitMap(among)
    for name in ORDERS:
        whole = [number for number in index.orders[name].ids if number in wanted]
        assert index.orders[name].slice(wanted, start, start + length) == whole[start : start + length]


def test_an_index_stays_as_it_was_when_another_is_made_from_it() -> None:
    before = Index().changed((), [card(1, stage="a"), card(2, stage="b")])
    after = before.changed([1], [card(3, stage="b")])
    assert before.counts("stage", before.everything) == {"a": 1, "b": 1}
    assert after.counts("stage", after.everything) == {"b": 2}
    assert before.orders["title"].ids == [1, 2]


def test_many_changes_at_once_leave_the_order_right() -> None:
    deck = [card(number, title=str(number % 7)) for number in range(1, 3 * FEW)]
    moved = [card(number, title=str(number % 5)) for number in range(1, 2 * FEW)]
    anew = Index().changed((), [*moved, *deck[2 * FEW - 1 :]])
    assert Index().changed((), deck).changed((), moved).orders["title"].ids == anew.orders["title"].ids


def test_values_are_asked_by_their_beginning() -> None:
    index = Index().changed((), [card(1, stage="ab"), card(2, stage="a"), card(3, stage="b")])
    assert list(index.within("stage", ("a",))) == [1, 2]
    assert list(index.within("stage", ("ab", "b"))) == [1, 3]
    assert not index.within("nothing", ("a",)) and not index.holding("nothing", ["a"])


def test_places_are_counted_among_the_rows_asked() -> None:
    index = Index().changed((), [card(1, city="lome"), card(2, city="lome"), card(3, city="rennes")])
    assert index.place_counts(BitMap([1, 3])) == {Place("C2", "FR", "lome"): 1, Place("C2", "FR", "rennes"): 1}
    assert index.spots[Place("C2", "FR", "lome")].name == "Lome"


def test_an_order_of_nothing_has_no_page() -> None:
    assert Order([]).slice(BitMap(), 0, 20) == []


def test_what_was_worked_out_for_an_index_is_remembered_until_another_one_is_made() -> None:
    worked: list[str] = []

    def work() -> int:
        worked.append("once")
        return len(worked)

    index = Index().changed((), [card(1)])
    assert [index.remember("question", work), index.remember("question", work)] == [1, 1]
    assert index.changed((), [card(2)]).remember("question", work) == 2


def test_an_index_remembers_the_latest_answers_only() -> None:
    index = Index()
    for number in range(MOST_REMEMBERED + 5):
        index.remember(number, lambda: "answer")
    assert len(index.remembered) == MOST_REMEMBERED
    assert 0 not in index.remembered and MOST_REMEMBERED + 4 in index.remembered
