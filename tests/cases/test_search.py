"""A question to the list, read from an address and written back."""

from django.http import QueryDict
from django.utils.translation import override

from cases.enums import FACET_VOCABULARIES
from cases.search import FACETS, Selection, asking, in_language, read_selection, unknown_parameters


def test_a_selection_is_written_back_as_it_was_read() -> None:
    query = QueryDict(
        "q=a+b&stage=pilot&stage=idea&country=fr&city=Lom%C3%A9&sort=city&domain=economy&page=2&read_in=en&cost_band=low"
        "&priority=data&instrument=tender&organisation_kind=ngo&has_indicators=1&failed_or_stopped=1&square=C2ab"
    )
    selection = read_selection(query)
    assert read_selection(QueryDict(selection.query()[1:])) == selection
    assert selection.of("country") == ("FR",)
    assert [name for name, _values in selection.facets] == list(FACETS)


def test_a_filter_is_taken_off_alone() -> None:
    selection = Selection(q="a", facets=asking(stage=["pilot", "idea"], country=["FR"]))
    assert selection.without("stage", "pilot").of("stage") == ("idea",)
    assert selection.without("country").facets == asking(stage=["pilot", "idea"])
    assert selection.without("q").q == ""
    assert selection.only("stage", "scaled").of("stage") == ("scaled",)
    assert selection.with_city("Lomé").city == "Lomé"


def test_the_same_question_is_the_same_selection_whatever_the_order_of_its_facets() -> None:
    one, other = QueryDict("country=FR&stage=pilot"), QueryDict("stage=pilot&country=fr&country=FR")
    assert read_selection(one) == read_selection(other)


def test_relevance_without_words_means_the_latest_first() -> None:
    assert Selection(sort="relevance").order == "updated"
    assert Selection(q="a").order == "relevance"
    assert Selection(q="a", sort="title").order == "title"


def test_what_is_unknown_or_endless_is_dropped() -> None:
    selection = read_selection(QueryDict("q=" + "x" * 500 + "&stage=no&stage=pilot&stage=pilot&country=ZZ&sort=price"))
    assert (len(selection.q), selection.facets, selection.sort) == (200, asking(stage=["pilot"]), "")


def test_a_strict_reader_names_what_it_does_not_offer() -> None:
    query = QueryDict("q=a&stage=no&secret=1&limit=2&sort=summary&country=XX&domain=none&square=Z9&has_indicators=yes")
    terms = {name: ["services"] for name in FACET_VOCABULARIES}
    strange = unknown_parameters(query, terms=terms, besides=frozenset({"limit"}))
    assert strange == [
        "secret", "stage=no", "domain=none", "country=XX", "has_indicators=yes", "square=Z9", "sort=summary",
    ]  # fmt: skip


def test_languages_are_said_in_the_readers() -> None:
    with override("fr"):
        assert in_language("en") == "en anglais"
