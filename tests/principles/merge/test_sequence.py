from hypothesis import given, settings, strategies as st

from principles.merge.sequence import Stretch, common, longest_rising, number, unique_pairs

SEQUENCES = st.lists(st.integers(0, 6), max_size=30)


@settings(deadline=None)
@given(SEQUENCES, SEQUENCES)
def test_common_stretches_are_the_same_in_both_and_rise_in_both(old: list[int], new: list[int]) -> None:
    at_old = at_new = 0
    for stretch in common(old, new, unique_pairs(old, new)):
        assert stretch.old >= at_old
        assert stretch.new >= at_new
        assert old[stretch.old :][: stretch.length] == new[stretch.new :][: stretch.length]
        at_old, at_new = stretch.old + stretch.length, stretch.new + stretch.length


@settings(deadline=None)
@given(SEQUENCES)
def test_a_sequence_has_all_of_itself_in_common(sequence: list[int]) -> None:
    assert sum(stretch.length for stretch in common(sequence, sequence, [])) == len(sequence)


def test_the_longest_rising_chain_leaves_out_what_crosses() -> None:
    pairs = [Stretch(5, 0, 1), Stretch(1, 1, 1), Stretch(2, 2, 1), Stretch(0, 3, 1), Stretch(3, 4, 1)]
    assert longest_rising(pairs) == [Stretch(1, 1, 1), Stretch(2, 2, 1), Stretch(3, 4, 1)]


def test_equal_members_of_two_sequences_get_equal_numbers() -> None:
    assert number("aba", "bc") == [[0, 1, 0], [1, 2]]
