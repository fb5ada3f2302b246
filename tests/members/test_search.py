"""What an address asks of the directory, and how it is written back."""

from django.http import QueryDict

from members.search import PARAMETERS, Selection, read_selection, unknown_parameters


def test_an_address_is_read_and_written_back_the_same() -> None:
    asked = "q=mairie&kind=ngo&kind=company&country=TG&offers=data&commitment=document_cases&square=B5ab&sort=newest"
    assert read_selection(QueryDict(asked)).query() == f"?{asked}"
    assert Selection().query() == ""


def test_values_nobody_knows_and_doubles_are_dropped() -> None:
    read = read_selection(
        QueryDict("kind=ngo&kind=ngo&kind=pirate&country=tg&square=Z9&sort=email&state=pending&q=%00a")
    )
    assert read == Selection(q="a", kind=("ngo",), country=("TG",))


def test_a_filter_is_taken_off_whole_or_by_value_and_a_value_can_stand_alone() -> None:
    asked = Selection(q="a", kind=("ngo", "company"), sort="newest")
    assert asked.without("kind") == Selection(q="a", sort="newest")
    assert asked.without("kind", "ngo").kind == ("company",)
    assert asked.without("q").q == ""
    assert asked.only("country", "TG").country == ("TG",)
    assert (asked.order, Selection().order) == ("newest", "name")


def test_a_strict_reader_hears_of_everything_it_does_not_offer() -> None:
    query = QueryDict("state=pending&folded_name=a&kind=pirate&country=zz&sort=email&square=A9&q=x&limit=3")
    assert unknown_parameters(query, besides=frozenset({"limit"})) == [
        "folded_name", "state", "kind=pirate", "country=ZZ", "square=A9", "sort=email",
    ]  # fmt: skip
    assert unknown_parameters(QueryDict("&".join(f"{name}=" for name in PARAMETERS - {"q"})))


def test_thousands_of_values_are_cut() -> None:
    many = "&".join(
        f"square={letter}{number}{a}{b}"
        for letter in "ABCDEF"
        for number in range(1, 9)
        for a in "abcd"
        for b in "abcd"
    )
    assert len(read_selection(QueryDict(many, mutable=False)).square) == 60
