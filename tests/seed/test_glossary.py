"""The terms an installation starts with."""

from datetime import UTC, datetime

import pytest

from coalition.core.synonyms import load_synonyms
from coalition.glossary.models import Term
from coalition.seed.content import read
from coalition.seed.glossary import load_glossary

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ASKED = {
    "organisation-communautaire-de-base", "civic-tech", "crowdsourcing", "innovation-ouverte", "start-up",
    "intrapreneuriat", "tiers-lieu", "coworking", "business-angel", "prototype", "systeme-d-information-geographique",
    "incubateur",
}  # fmt: skip


@pytest.mark.django_db
def test_every_term_is_defined_in_both_languages_once() -> None:
    assert load_glossary(NOW) == len(read("glossary")["term"])
    assert load_glossary(NOW) == 0
    assert set(Term.objects.values_list("slug", flat=True)) >= ASKED
    assert not [term.slug for term in Term.objects.all() if not (term.definition_fr and term.definition_en)]
    assert load_synonyms().find(["budgets", "participatifs"])[1]
