"""What holds for every merge, whatever the three texts."""

from itertools import pairwise

from hypothesis import given, settings, strategies as st

from principles.merge import Conflict, MergeResult, merge_texts, rebuild
from principles.merge.units import split_units
from tests.principles.merge.documents import WORD, Amended, amendments, scraps

ANY = st.one_of(amendments(), scraps())
MANY = settings(max_examples=150, deadline=None)


def merged(texts: Amended) -> MergeResult:
    return merge_texts(*texts)


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def swapped(conflict: Conflict) -> Conflict:
    return conflict._replace(
        proposed=conflict.current,
        current=conflict.proposed,
        proposed_span=conflict.current_span,
        current_span=conflict.proposed_span,
    )


@MANY
@given(ANY)
def test_each_of_the_three_texts_can_be_rebuilt_from_the_operations_so_no_change_of_either_side_is_lost(
    texts: Amended,
) -> None:
    operations = merged(texts).operations
    assert (rebuild(operations, "base"), rebuild(operations, "proposed"), rebuild(operations, "current")) == texts


@MANY
@given(amendments())
def test_a_word_is_in_the_outcome_exactly_when_nobody_removed_it_or_is_shown_in_a_conflict(texts: Amended) -> None:
    result = merged(texts)
    base, proposed, current = map(words, texts)
    disputed = set[str]().union(*(words(" ".join((q.base, q.proposed, q.current))) for q in result.conflicts))
    told = words("".join(one.text for one in result.operations if one.kind in ("kept", "inserted", "settled")))
    wanted = (base | proposed | current) - (base - proposed) - (base - current)
    assert told - disputed == wanted - disputed


@MANY
@given(amendments())
def test_no_word_comes_out_twice(texts: Amended) -> None:
    result = merged(texts)
    if result.text is not None:
        found = WORD.findall(result.text)
        assert len(found) == len(set(found))


@MANY
@given(ANY)
def test_the_merged_text_is_there_exactly_when_no_conflict_is_and_comes_out_of_the_operations(texts: Amended) -> None:
    result = merged(texts)
    assert (result.text is None) == bool(result.conflicts)
    if result.text is not None:
        assert rebuild(result.operations, "merged") == result.text == result.resolved(())


@MANY
@given(ANY)
def test_swapping_the_sides_gives_the_same_text_and_the_same_conflicts_with_their_readings_swapped(
    texts: Amended,
) -> None:
    result, other = merge_texts(*texts), merge_texts(texts.base, texts.current, texts.proposed)
    assert result.text == other.text
    assert sorted(result.conflicts) == sorted(map(swapped, other.conflicts))


@MANY
@given(ANY)
def test_merging_with_an_unchanged_side_gives_the_other_side_byte_for_byte(texts: Amended) -> None:
    assert merge_texts(texts.base, texts.base, texts.current).text == texts.current
    assert merge_texts(texts.base, texts.proposed, texts.base).text == texts.proposed


@MANY
@given(ANY)
def test_the_same_changes_on_both_sides_merge_once(texts: Amended) -> None:
    result = merge_texts(texts.base, texts.proposed, texts.proposed)
    assert result.text == texts.proposed
    assert {one.author for one in result.operations} <= {None, "both"}


@MANY
@given(ANY)
def test_a_conflict_says_where_its_readings_stand_and_conflicts_do_not_overlap(texts: Amended) -> None:
    conflicts = merged(texts).conflicts
    for conflict in conflicts:
        assert texts.base[slice(*conflict.base_span)] == conflict.base
        assert texts.proposed[slice(*conflict.proposed_span)] == conflict.proposed
        assert texts.current[slice(*conflict.current_span)] == conflict.current
    ends = [conflict.base_span for conflict in conflicts]
    assert all(left.end <= right.start for left, right in pairwise(ends))


@MANY
@given(ANY)
def test_choosing_one_side_in_every_conflict_gives_a_text_without_a_question(texts: Amended) -> None:
    result = merged(texts)
    chosen = result.resolved([conflict.proposed for conflict in result.conflicts])
    assert all(conflict.proposed in chosen for conflict in result.conflicts)


@MANY
@given(ANY)
def test_a_clean_merge_is_read_again_as_the_blocks_and_sentences_it_was_merged_from(texts: Amended) -> None:
    result = merged(texts)
    if result.text is not None:
        known = {unit.key for text in texts for unit in split_units(text)}
        changed = {unit.key for unit in split_units(result.text)} - known
        assert all(any(word in key for text in texts for word in text.split()) for key in changed)


@MANY
@given(st.text(), st.text(), st.text())
def test_three_texts_that_have_nothing_to_do_with_each_other_never_raise(one: str, two: str, three: str) -> None:
    operations = merge_texts(one, two, three).operations
    assert (rebuild(operations, "base"), rebuild(operations, "proposed"), rebuild(operations, "current")) == (
        one,
        two,
        three,
    )
