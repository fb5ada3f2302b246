"""Lists numbered by hand."""

from tests.principles.merge.stories import outcome, reasons

LIST = "Nous voulons :\n\n1. un guichet humain\n2. des données ouvertes\n3. un bilan public"


def test_items_added_by_both_to_a_numbered_list_are_counted_again() -> None:
    proposed = LIST.replace("2. des", "2. un accueil\n3. des").replace("3. un bilan", "4. un bilan")
    current = LIST + "\n4. une charte"
    result = outcome(LIST, proposed, current)
    assert result.text == (
        "Nous voulons :\n\n1. un guichet humain\n2. un accueil\n3. des données ouvertes\n4. un bilan public\n"
        "5. une charte"
    )


def test_a_list_one_side_numbers_in_its_own_way_is_left_to_a_person_when_both_renumber_it() -> None:
    base = "1. un guichet\n2. des données\n3. un bilan"
    proposed = "1. un guichet\n5. un accueil\n6. des données\n9. un bilan"
    current = "1. un guichet\n2. des données\n3. un bilan\n4. une charte"
    assert reasons(outcome(base, proposed, current)) == ["list numbers"]
