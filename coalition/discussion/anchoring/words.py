"""What two sentences must have in common to be the same sentence: their words, every one of them, in order.

The declared tolerance is typography: white space, line breaks, the shape of quotation marks, apostrophes and dashes,
emphasis, commas, full stops and the like, and the capital of the first word. Any word, number, negation, unit, sign,
address or question mark that differs makes another sentence.
"""

import re
import unicodedata

_SHAPES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_TOLERATED = frozenset(".,;:!…«»“”„\"'()[]`–—-\\")
_TOKENS = re.compile(
    r"https?://[^\s<>()]+"
    r"|(?:(?<![\w-])-)?\d+(?:[.,]\d+)*(?![^\W\d_])"
    r"|\w(?:[\w\u0300-\u036f]|['.·:/_-](?=\w))*"
    r"|\S"
)
_EMPHASIS = re.compile(r"(?<!\w)_+(?=\w)|(?<=[^\W_])_+(?!\w)|(?<!\d)\*+(?=\S)|(?<=\S)\*+(?!\d)")


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence as they are compared: NFC, shapes settled, tolerated marks left out.

    The first letter of the first word is lower-cased, unless the word is all capitals. A sentence of nothing but
    tolerated marks has no words. Linear in the length of `sentence`.
    """
    settled = _EMPHASIS.sub("", unicodedata.normalize("NFC", sentence).translate(_SHAPES))
    found = [token for token in _TOKENS.findall(settled) if token not in _TOLERATED]
    if found and not found[0][1:2].isupper():
        found[0] = found[0][:1].lower() + found[0][1:]
    return tuple(found)


_LEANING_WORDS = """
    il elle ils elles ce c cela ceci ça cet cette ces celui celle ceux celles celui-ci celle-ci ceux-ci celles-ci
    leur leurs lui son sa ses y en dont on sinon toutefois cependant alors ainsi aussi donc mais or car puis
    it they this that these those its their them he she such otherwise however then also likewise so but
"""
_LEANING = frozenset(_LEANING_WORDS.split())


def leans_on_the_one_before(words: tuple[str, ...]) -> bool:
    """True when the first word points back ("elle", "cela", "however"), and leans on what was said."""
    return bool(words) and any(part.lower() in _LEANING for part in words[0].split("'"))
