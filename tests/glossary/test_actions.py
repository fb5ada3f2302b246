"""First content defines terms once, and never over what organisers wrote."""

import pytest
from django.core.exceptions import ValidationError

from coalition.glossary.actions import define_term
from coalition.glossary.models import Term
from tests.glossary.conftest import NOW, Define


def test_a_term_that_is_there_stays_as_it_is(define: Define) -> None:
    define("mot", definition_fr="Écrit par les organisateurs.")
    term, new = define_term(slug="mot", term_fr="autre", now=NOW)
    assert (term.definition_fr, new) == ("Écrit par les organisateurs.", False)


def test_a_term_without_a_definition_is_refused(define: Define) -> None:
    with pytest.raises(ValidationError):
        define("vide", definition_fr="")
    with pytest.raises(ValidationError):
        define("nul", definition_en="a\x00b")
    assert not Term.objects.exists()
