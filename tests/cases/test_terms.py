"""The vocabularies: keys that never change, names organisers may change, a public page that defines them all."""

from collections.abc import Callable

import pytest
from django.test import Client

from cases.actions import InvalidCase, create_case, ensure_review_workflow
from cases.enums import TERM_FIELDS, TERM_LISTS, Domain, Vocabulary
from cases.models import CasePage, Term, Terms
from coalition.core.access import ORGANISERS
from members.models import User
from tests.cases.conftest import NOW, Make, World


def test_every_vocabulary_starts_with_values_defined_in_both_languages(db: None) -> None:
    terms = list(Term.objects.all())
    assert {term.vocabulary for term in terms} == set(Vocabulary.values)
    assert all(term.definition_fr and term.definition_en and term.label_en for term in terms)
    assert set(Terms.load().keys(Vocabulary.DOMAIN)) == {domain.value for domain in Domain}
    assert set(TERM_FIELDS.values()) | set(TERM_LISTS.values()) <= set(Vocabulary)


def test_a_new_term_gets_a_key_of_its_own_and_keeps_it_when_renamed(db: None) -> None:
    first = Term.objects.create(vocabulary="layer", label_fr="Énergie locale", label_en="Local energy")
    second = Term.objects.create(vocabulary="layer", label_fr="Énergie locale", label_en="Local energy")
    assert (first.key, second.key) == ("energie_locale", "energie_locale_2")
    first.label_fr = "Courant"
    first.save()
    assert Term.objects.get(pk=first.pk).key == "energie_locale"


def test_a_domain_organisers_add_serves_at_once(client: Client, world: World, published: Make) -> None:
    Term.objects.create(vocabulary="domain", label_fr="Eau", label_en="Water", definition_fr="L’eau.")
    published("La fontaine", domain="eau")
    published("Autre chose")
    listed = client.get("/fr/cas/?domain=eau").content.decode()
    assert "La fontaine" in listed and "Autre chose" not in listed and "Retirer le filtre" in listed
    assert client.get("/api/v1/cases/?domain=eau").json()["count"] == 1
    assert client.get("/api/v1/cases/?domain=feu").status_code == 400


def test_a_value_nobody_defined_is_refused(world: World) -> None:
    for words in ({"layer": "invented"}, {"priorities": ["economy", "invented"]}):
        with pytest.raises(InvalidCase) as refusal:
            create_case(actor=None, organisation=world.city, language="fr", content={"title": "Non", **words}, now=NOW)
        assert set(refusal.value.errors) == set(words)
    assert not CasePage.objects.exists()


def test_the_codebook_defines_what_is_offered_and_what_no_longer_is(client: Client, world: World) -> None:
    Term.objects.filter(vocabulary="instrument", key="hackathon").update(active=False)
    text = client.get("/fr/cas/lexique-des-champs/").content.decode()
    for term in Term.objects.all():
        assert f'id="{term.vocabulary}-{term.key}"' in text
    assert "n’est plus proposé" in text
    assert "On a arrêté, et l’on dit pourquoi." in text


def test_organisers_keep_the_vocabularies_in_the_admin(world: World, signed_in: Callable[[User], Client]) -> None:
    ensure_review_workflow()
    rights = set(world.organiser.groups.get(name=ORGANISERS).permissions.values_list("codename", flat=True))
    assert {"add_term", "change_term"} <= rights
    assert "delete_term" not in rights
