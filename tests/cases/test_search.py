"""A question to the list, read from an address and written back."""

from django.http import QueryDict
from django.utils.translation import override

from cases.search import Selection, in_language, read_selection, unknown_parameters


def test_a_selection_is_written_back_as_it_was_read() -> None:
    query = QueryDict("q=a+b&stage=pilot&stage=idea&country=fr&city=Lom%C3%A9&sort=city&domain=economy&page=2")
    selection = read_selection(query)
    assert read_selection(QueryDict(selection.query()[1:])) == selection
    assert selection.countries == ("FR",)


def test_a_filter_is_taken_off_alone() -> None:
    selection = Selection(q="a", stages=("pilot", "idea"), countries=("FR",))
    assert selection.without("stage", "pilot").stages == ("idea",)
    assert selection.without("country").countries == ()
    assert selection.without("q").q == ""
    assert selection.with_stage("scaled").stages == ("scaled",)
    assert selection.with_city("Lomé").city == "Lomé"


def test_relevance_without_words_means_the_latest_first() -> None:
    assert Selection(sort="relevance").order == "updated"
    assert Selection(q="a").order == "relevance"
    assert Selection(q="a", sort="title").order == "title"


def test_what_is_unknown_or_endless_is_dropped() -> None:
    selection = read_selection(QueryDict("q=" + "x" * 500 + "&stage=no&stage=pilot&stage=pilot&country=ZZ&sort=price"))
    assert (len(selection.q), selection.stages, selection.countries, selection.sort) == (200, ("pilot",), (), "")


def test_a_strict_reader_names_what_it_does_not_offer() -> None:
    query = QueryDict("q=a&stage=no&secret=1&limit=2&sort=summary&country=XX")
    strange = unknown_parameters(query, domains=["services"], besides=frozenset({"limit"}))
    assert strange == ["secret", "stage=no", "sort=summary", "country=XX"]


def test_languages_are_said_in_the_readers() -> None:
    with override("fr"):
        assert in_language("en") == "en anglais"
