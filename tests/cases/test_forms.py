"""The form of a case."""

from django.http import QueryDict

from cases.enums import CONTENT_FIELDS, Depth
from cases.forms import CaseForm, DraftForms, ReasonForm, ScheduleForm, initial_of
from cases.forms.rows import rows_for
from cases.models import CasePage, Term, Terms
from members.models import Organisation
from tests.cases.conftest import Make, World

WORDS = {"title": "Un tour", "kind": "study", "domain": "services", "stage": "idea", "summary": "Deux phrases."}


def test_every_word_of_a_case_can_be_written_and_comes_back(world: World, draft: Make) -> None:
    page = draft(
        "Aller et retour",
        latitude=6.5,
        longitude=1.25,
        context="Un\nDeux",
        priorities=["economy"],
        layer="data",
        person_days=12,
        ongoing=True,
    )
    initial = initial_of(page)
    form = CaseForm({name: "" if value is None else value for name, value in initial.items()})
    assert form.is_valid(), form.errors
    asked = set(form.content())
    assert asked == set(CONTENT_FIELDS) - {"principles"}  # no charter is there to name its articles
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


def test_three_depths_ask_more_and_more_and_only_what_they_ask_is_said(world: World) -> None:
    asked = {depth: set(CaseForm(depth=depth).fields) for depth in Depth}
    assert asked[Depth.FIVE] < asked[Depth.TWENTY] < asked[Depth.FULL]
    form = CaseForm({**WORDS, "context": "Un long récit"}, depth=Depth.FIVE)
    assert form.is_valid(), form.errors
    assert "context" not in form.content()


def test_a_value_put_aside_is_kept_by_the_case_that_has_it_and_offered_to_no_other(world: World) -> None:
    Term.objects.filter(vocabulary="layer", key="data").update(active=False)
    assert "data" not in dict(CaseForm().fields["layer"].choices)  # type: ignore[attr-defined]
    assert "data" in dict(CaseForm(initial={"layer": "data"}).fields["layer"].choices)  # type: ignore[attr-defined]
    assert not CaseForm({**WORDS, "layer": "invented"}).is_valid()


def test_an_ended_case_does_not_go_on(world: World) -> None:
    assert "ongoing" in CaseForm({**WORDS, "ended_on": "2025-01-01", "ongoing": "on"}).errors


ROWS = {
    "partners-TOTAL_FORMS": "3",
    "partners-INITIAL_FORMS": "0",
    "partners-0-name": "Université",
    "partners-0-side": "offer",
    "partners-1-name": "",
    "partners-2-name": "À retirer",
    "partners-2-DELETE": "on",
}


def test_rows_left_empty_or_taken_away_are_not_kept(world: World) -> None:
    draft = DraftForms({**WORDS, **ROWS}, depth=Depth.TWENTY)
    assert draft.is_valid(), (draft.form.errors, draft.row_errors)
    assert draft.content()["partners"] == [{"name": "Université", "role": "", "side": "offer", "url": ""}]


def test_one_more_row_keeps_every_word_and_judges_nothing_yet(world: World) -> None:
    typed = QueryDict(mutable=True)
    typed.update({**ROWS, "title": "", "partners-1-url": "pas une adresse"})
    draft = DraftForms(typed, depth=Depth.TWENTY)
    draft.with_another_row("partners")
    assert len(draft.rows["partners"].forms) == 4
    assert draft.rows["partners"].forms[1]["url"].value() == "pas une adresse"
    assert not draft.form.errors and not draft.row_errors


def test_a_row_refused_says_which_and_why(world: World) -> None:
    draft = DraftForms({**WORDS, **ROWS, "partners-1-role": "Sans nom"}, depth=Depth.TWENTY)
    assert not draft.is_valid()
    assert [(part, rank, field.name) for part, rank, field in draft.row_errors] == [("Partenaires", 2, "name")]


def test_an_indicator_is_measured_after_what_it_is_compared_with(world: World) -> None:
    row = {
        "label": "Attente",
        "value": "65",
        "baseline": "112",
        "baseline_on": "2026-01-01",
        "measured_on": "2025-01-01",
    }
    data = {f"indicators-0-{name}": value for name, value in row.items()}
    rows = rows_for(
        "indicators", terms=Terms.load(), data={**data, "indicators-TOTAL_FORMS": "1", "indicators-INITIAL_FORMS": "0"}
    )
    assert not rows.is_valid()
    assert rows.row_errors[0][1].name == "measured_on"


def test_a_publication_is_planned_for_a_day_to_come() -> None:
    assert not ScheduleForm({"based_on": "1", "publish_on": "2020-01-01"}).is_valid()
    form = ScheduleForm({"based_on": "1", "publish_on": "2099-01-02"})
    assert form.is_valid(), form.errors
    assert form.moment().isoformat() == "2099-01-02T06:00:00+00:00"
