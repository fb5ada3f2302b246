"""What a merge costs. Times are printed; only a ratio of one run is judged: four times the text, not 16 the time."""

import random
import time
from itertools import pairwise

import pytest

from principles.merge import MergeResult, merge_texts

pytestmark = pytest.mark.bench

LINEAR = 10
"""Allowed for four times the text: 4 when linear, 16 when quadratic."""
WORDS = [f"mot{number}" for number in range(400)]


def charter(size: int, seed: int = 1) -> list[str]:
    """Blocks of an invented charter of about `size` characters: headings, items, paragraphs."""
    chance, blocks, length = random.Random(seed), [], 0
    while length < size:
        sentences = [
            " ".join(chance.choices(WORDS, k=chance.randint(6, 18))).capitalize() + "."
            for _ in range(chance.randint(1, 5))
        ]
        shape = chance.random()
        block = (
            "## " + sentences[0][:-1] if shape < 0.1 else "* " + sentences[0] if shape < 0.3 else " ".join(sentences)
        )
        blocks.append(block)
        length += len(block) + 2
    return blocks


def changed(blocks: list[str], every: int, first: int, word: str) -> list[str]:
    """The blocks with one word of each `every`-th replaced."""
    result = list(blocks)
    for index in range(first, len(result), every):
        words = result[index].split(" ")
        words[len(words) // 2] = f"{word}{index}"
        result[index] = " ".join(words)
    return result


def measured(base: list[str], proposed: list[str], current: list[str]) -> tuple[float, MergeResult]:
    """Best of five processor times in seconds, and the merge."""
    texts = ["\n\n".join(blocks) for blocks in (base, proposed, current)]
    times = []
    for _round in range(5):
        start = time.process_time()
        result = merge_texts(*texts)
        times.append(time.process_time() - start)
    return min(times), result


def test_four_times_the_text_costs_about_four_times_the_time_and_the_operations() -> None:
    figures = []
    for size in (50_000, 200_000):
        blocks = charter(size)
        seconds, result = measured(blocks, changed(blocks, 8, 0, "une"), changed(blocks, 8, 4, "autre"))
        assert result.text is not None
        figures.append((seconds, len(result.operations)))
        print(f"\n{size // 1000} kB, {len(blocks) // 4} changes: {seconds * 1000:.0f} ms, {figures[-1][1]} operations")
    (short, few), (long, many) = figures
    assert long < LINEAR * short
    assert many < LINEAR / 2 * few


def test_texts_with_nothing_in_common_or_in_another_order_stay_linear() -> None:
    for name in ("nothing in common", "shuffled"):
        times = []
        for size in (50_000, 200_000):
            blocks, others = charter(size), charter(size, seed=2)
            random.Random(3).shuffle(shuffled := list(blocks))
            seconds, _result = measured(blocks, *((others, blocks) if name != "shuffled" else (shuffled, blocks)))
            times.append(seconds)
        print(f"\n{name}: {times[0] * 1000:.0f} ms at 50 kB, {times[1] * 1000:.0f} ms at 200 kB")
        assert all(long < LINEAR * short for short, long in pairwise(times))


def test_an_article_of_20_kb_with_two_hundred_changes() -> None:
    blocks = [sentence for block in charter(20_000) for sentence in block.split(". ")]
    proposed, current = changed(blocks, 3, 0, "une"), changed(blocks, 3, 1, "autre")
    changes = sum(old != new for copy in (proposed, current) for old, new in zip(blocks, copy, strict=True))
    seconds, result = measured(blocks, proposed, current)
    print(f"\n20 kB, {changes} changes: {seconds * 1000:.0f} ms")
    assert result.text is not None
