"""How names of places are compared: "Saint-Étienne", "st etienne" and "SAINT ETIENNE" are one name."""

import re

from coalition.core.text import fold

LONGEST = 120
NOT_LETTERS = re.compile(r"[^a-z0-9]+")
APOSTROPHES = re.compile(r"['`´]")
WORDS = {"st": "saint", "ste": "sainte"}


def name_key(name: str) -> str:
    """Small ASCII letters and figures, words apart by one space: "L’Haÿ-les-Roses" -> "lhay les roses".

    Accents, case, hyphens and apostrophes make no difference, nor do "St" and "Saint". What is longer than any name
    of a place is cut. "" for what holds neither letter nor figure.
    """
    words = NOT_LETTERS.sub(" ", APOSTROPHES.sub("", fold(name[:LONGEST]))).split()
    return " ".join(WORDS.get(word, word) for word in words)
