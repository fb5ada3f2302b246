"""The order of terms."""

from django.utils.translation import override

from coalition.glossary.models import Term
from tests.glossary.conftest import Define


def test_terms_stand_under_their_letter_in_the_readers_language(words: None, define: Define) -> None:
    define("5G", slug="cinq-g")
    letters = [(letter, [term.slug for term in terms]) for letter, terms in Term.objects.by_letter()]
    assert letters == [("#", ["cinq-g"]), ("E", ["echelle-ouverte"]), ("O", ["ocb"]), ("T", ["tiers-lieu"])]
    with override("en"):
        assert [letter for letter, _terms in Term.objects.by_letter()] == ["#", "C", "O", "T"]
