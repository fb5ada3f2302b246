"""Where a remark points: the exact words of one sentence, what stands around them, and which sentence of the text."""

from typing import NamedTuple

from coalition.discussion.anchoring.sentences import Sentence, split_sentences

AROUND = 60
"""Characters kept before and after the quote."""


class Anchor(NamedTuple):
    """A passage of a text: `quote` is one whole sentence, `position` its rank among the sentences, from 0."""

    quote: str
    prefix: str
    suffix: str
    position: int


def anchor_on(text: str, sentence: Sentence, position: int) -> Anchor:
    """The anchor of a sentence of this text."""
    prefix = text[max(sentence.start - AROUND, 0) : sentence.start]
    return Anchor(sentence.text, prefix, text[sentence.end : sentence.end + AROUND], position)


def anchor_at(text: str, position: int) -> Anchor:
    """The anchor of the sentence of this rank. LookupError when there is none, or when it cannot hold remarks."""
    sentences = split_sentences(text)
    if not 0 <= position < len(sentences) or not sentences[position].holds_remarks:
        raise LookupError(position)
    return anchor_on(text, sentences[position], position)


def position_of(anchor: Anchor, text: str, sentences: list[Sentence]) -> int | None:
    """The rank of the anchor's sentence in the text it was made on, by its exact characters.

    None when the text does not say it, or says it more than once and what stands around does not tell which.
    """
    if 0 <= anchor.position < len(sentences) and sentences[anchor.position].text == anchor.quote:
        return anchor.position
    twins = [number for number, sentence in enumerate(sentences) if sentence.text == anchor.quote]
    if len(twins) > 1:
        twins = [number for number in twins if anchor_on(text, sentences[number], anchor.position) == anchor]
    return twins[0] if len(twins) == 1 else None
