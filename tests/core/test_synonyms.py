"""Words that say the same thing, whoever keeps them."""

from coalition.core import synonyms
from coalition.core.synonyms import NO_SYNONYMS, group_synonyms, load_synonyms, register_synonym_source, singular


def test_a_phrase_is_found_at_the_beginning_of_words_whatever_its_number_and_the_longest_wins() -> None:
    table = group_synonyms([["données ouvertes", "open data"], ["données", "data"]])
    assert table.find(["donnee", "ouverte", "ici"]) == (2, (("open", "data"),))
    assert table.find(["donnees", "fermees"]) == (1, (("data",),))
    assert table.find(["ici", "donnees"]) == (0, ())
    assert NO_SYNONYMS.find(["donnees"]) == (0, ())


def test_a_phrase_of_two_groups_has_the_synonyms_of_both_and_a_lone_phrase_has_none() -> None:
    table = group_synonyms([["TIC", "ICT"], ["tic", "numérique"], ["seul"], ["", "…"]])
    assert table.find(["tic"]) == (1, (("ict",), ("numerique",)))
    assert table.find(["seul"]) == (0, ())


def test_the_same_phrase_written_twice_is_no_synonym_of_itself() -> None:
    assert group_synonyms([["tiers-lieu", "tiers-lieux", "Tiers lieu"]]).find(["tiers", "lieu"]) == (0, ())
    assert (singular("lieux"), singular("bus"), singular("lieu")) == ("lieu", "bus", "lieu")


def test_whoever_registers_widens_what_is_known_at_once(db: None) -> None:
    groups = [["carnet", "notebook"]]

    def source() -> list[list[str]]:
        return groups

    register_synonym_source(source)
    register_synonym_source(source)
    try:
        assert load_synonyms().find(["carnets"]) == (1, (("notebook",),))
        groups[0].append("cahier")
        assert load_synonyms().find(["carnet"]) == (1, (("notebook",), ("cahier",)))
    finally:
        synonyms._sources.remove(source)
