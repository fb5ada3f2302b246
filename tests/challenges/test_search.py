"""What an address asks of the board, and what it does not."""

from django.http import QueryDict

from coalition.challenges.search import Selection, read_selection, unknown_parameters


def test_an_address_is_read_and_written_back_without_what_nobody_knows() -> None:
    asked = "q=%20eau&phase=open&phase=open&sought=data&sought=gold&country=TG&city=TG:Lom%C3%A9&city=ZZ:x&page=2"
    selection = read_selection(QueryDict(asked))
    assert selection == Selection(q="eau", phase=("open",), sought=("data",), country=("TG",), city=("TG:Lomé",))
    assert read_selection(QueryDict(selection.query()[1:])) == selection
    assert Selection().query() == ""


def test_filters_come_off_one_by_one() -> None:
    selection = Selection(q="eau", sought=("data", "trial"))
    assert selection.without("sought", "data").sought == ("trial",)
    assert selection.without("sought").sought == ()
    assert selection.without("q").q == ""


def test_a_strict_reader_is_told_what_is_not_offered() -> None:
    strange = unknown_parameters(QueryDict("limit=3&colour=red&sought=gold&q=x"), besides=frozenset({"limit"}))
    assert strange == ["colour", "sought=gold"]
