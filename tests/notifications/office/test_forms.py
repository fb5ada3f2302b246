"""What organisers type about mail."""

from coalition.notifications.office.forms import LiftForm, SearchForm, StopForm


def test_each_form_asks_for_what_it_needs() -> None:
    assert not SearchForm({"who": " "}).is_valid()
    assert not StopForm({"address": "ada@ville.example"}).is_valid()
    assert not LiftForm({"motive": "x" * 301}).is_valid()
    assert StopForm({"address": "ada@ville.example", "motive": "Elle l’a demandé."}).is_valid()
