"""What a facet shows at sight."""

from coalition.core.facets import short_facet


def test_what_is_chosen_stays_at_sight_however_rare() -> None:
    options = [{"value": value, "checked": value == "d"} for value in "abcd"]
    facet = short_facet("city", "Ville", options, 2)
    assert [one["value"] for one in facet["options"]] == ["a", "b", "d"]
    assert [one["value"] for one in facet["more"]] == ["c"]
