"""The form of a case."""

from cases.enums import CONTENT_FIELDS
from cases.forms import CaseForm, ReasonForm, initial_of
from cases.models import CasePage
from members.models import Organisation
from tests.cases.conftest import Make, World

WORDS = {"title": "Un tour", "kind": "study", "domain": "services", "stage": "idea", "summary": "Deux phrases."}


def test_every_word_of_a_case_can_be_written_and_comes_back(world: World, draft: Make) -> None:
    page = draft("Aller et retour", latitude=6.5, longitude=1.25, context="Un\nDeux")
    initial = initial_of(page)
    form = CaseForm({name: "" if value is None else value for name, value in initial.items()})
    assert form.is_valid(), form.errors
    assert set(form.content()) == set(CONTENT_FIELDS)
    assert all(getattr(page, name) == value for name, value in form.content().items())


def test_every_question_stands_in_one_group(world: World) -> None:
    form = CaseForm(organisations=Organisation.objects.all())
    shown = [field.name for group in form.groups() for field in group["fields"]]
    assert sorted(shown) == sorted(set(form.fields) - {"based_on"})


def test_line_ends_are_those_of_a_text_file(world: World) -> None:
    form = CaseForm({**WORDS, "context": "Un\r\nDeux"})
    assert form.is_valid(), form.errors
    assert form.content()["context"] == "Un\nDeux"


def test_a_place_has_both_coordinates_or_none(world: World) -> None:
    assert CaseForm({**WORDS, "latitude": "1", "longitude": "2"}).is_valid()
    assert not CaseForm({**WORDS, "latitude": "1"}).is_valid()
    for latitude in ("nan", "inf", "91", "x"):
        assert not CaseForm({**WORDS, "latitude": latitude, "longitude": "2"}).is_valid()


def test_the_form_refuses_what_the_page_would_refuse(world: World) -> None:
    for name, value in {
        "title": "x" * 256,
        "figure_value": "x" * 21,
        "context": "x" * 20_001,
        "website": "ftp//",
    }.items():
        form = CaseForm({**WORDS, name: value})
        assert name in form.errors
    assert CasePage._meta.get_field("figure_value").max_length == 20


def test_a_reason_is_not_blank() -> None:
    assert not ReasonForm({"reason": " \n"}).is_valid()
    assert ReasonForm({"reason": "Parce que."}).is_valid()
