"""The terms every installation starts with."""

from datetime import datetime

from coalition.glossary.actions import define_term
from coalition.seed.content import LANGUAGES, bilingual, read


def load_glossary(now: datetime) -> int:
    """Define the terms of `content/glossary.toml` that are missing; how many were. Safe to repeat."""
    made = 0
    for entry in read("glossary")["term"]:
        said = entry.get("synonyms", {})
        synonyms = {f"synonyms_{language}": list(said.get(language, [])) for language in LANGUAGES}
        words = {**bilingual(entry, "term", "definition"), **synonyms}
        _term, new = define_term(
            slug=entry["slug"], now=now, acronym=entry.get("acronym", ""), source=entry.get("source", ""), **words
        )
        made += new
    return made
