"""A few terms."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches

from coalition.glossary.actions import define_term
from coalition.glossary.models import Term

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Define = Callable[..., Term]


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    caches["pages"].clear()


@pytest.fixture
def define(db: Any) -> Define:
    """Makes a term; what is not said is the French name."""

    def make(term_fr: str, term_en: str = "", **words: Any) -> Term:
        said = {"definition_fr": f"Ce qu’est {term_fr}.", "definition_en": f"What {term_en or term_fr} is.", **words}
        slug = said.pop("slug", term_fr.lower().replace(" ", "-"))
        return define_term(slug=slug, term_fr=term_fr, term_en=term_en or term_fr, now=NOW, **said)[0]

    return make


@pytest.fixture
def words(define: Define) -> None:
    """Three terms, one with an accent first, one with an acronym."""
    define("tiers-lieu", "third place", slug="tiers-lieu", synonyms_fr=["fablab"])
    define("Échelle ouverte", "open ladder", slug="echelle-ouverte")
    define(
        "organisation de base", "community-based organisation", slug="ocb", acronym="OCB", synonyms_en=["CBO"],
        source="Texte de la coalition",
    )  # fmt: skip
