"""A town is asked for by its country, then its name, then which one: taken silently when it can be only one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from coalition.core.gazetteer import place_by_id, recognise_city
from coalition.core.place_fields import PlaceFields, country_choices
from members.models import Organisation

LONDON = 2643743
ILLINOIS = 4250542


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Whatever an earlier test read last, these readers read French."""
    with translation.override("fr"):
        yield


class AskForm(PlaceFields, forms.Form):
    """A form that asks for a town among other things."""

    name = forms.CharField(required=False)
    field_order = ("name", "country")


class ProfileForm(PlaceFields, forms.ModelForm):
    """The profile of an organisation, whose country does not change."""

    country = None

    class Meta:
        model = Organisation
        fields = ("acronym", "city", "summary_fr")


def sent(country: str, city: str, place: str = "", **more: str) -> AskForm:
    """The form as a person sends it."""
    return AskForm({"country": country, "city": city, "place": place, **more})


def html(form: forms.Form | forms.ModelForm) -> str:
    """The form as a person sees it."""
    return render_to_string("components/form_fields.html", {"form": form})


def answers(form: AskForm) -> dict[str, str]:
    """Which town -> the value of its line, in a form that was refused."""
    assert not form.is_valid()
    return {f"{option.label}, {option.region}": option.value for option in form.place_options}


def test_a_town_that_can_be_only_one_is_taken_silently_by_any_of_its_names() -> None:
    for written in ("londres", "London", "LONDRES"):
        form = sent("GB", written)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["geoname_id"] == LONDON
        assert form.cleaned_data["city"] == "Londres", "kept as the site's first language calls it"
        assert form.cleaned_data["place"] == place_by_id(LONDON)


def test_namesakes_bring_the_question_with_region_and_inhabitants() -> None:
    form = sent("US", "Springfield")
    assert not form.is_valid()
    assert "Plusieurs villes" in form.errors["place"][0]
    page = html(form)
    assert "Laquelle\u202f?" in page
    assert "Illinois" in page
    assert "114\u202f394 habitants" in page
    assert "Aucune de celles-ci" in page
    assert 'href="#id_place_0"' in page, "the summary leads to the first line"
    assert 'id="id_place_0"' in page


def test_the_town_chosen_is_taken_and_not_asked_again() -> None:
    value = answers(sent("US", "Springfield"))["Springfield, Illinois"]
    form = sent("US", "Springfield", value)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["geoname_id"] == ILLINOIS


def test_a_town_nobody_knows_is_kept_as_it_is_written_once_the_person_says_so() -> None:
    first = sent("FR", "Val-d’Aure")
    assert not first.is_valid()
    second = sent("FR", "Val-d’Aure", first.place_kept_value)
    assert second.is_valid(), second.errors
    assert second.cleaned_data["city"] == "Val-d’Aure"
    assert second.cleaned_data["geoname_id"] is None
    assert second.cleaned_data["place"] is None


def test_a_misspelt_town_is_proposed_and_can_be_chosen() -> None:
    first = sent("FR", "Marsielle")
    assert not first.is_valid()
    value = next(value for label, value in answers(first).items() if label.startswith("Marseille"))
    second = sent("FR", "Marsielle", value)
    assert second.is_valid(), second.errors
    assert second.cleaned_data["city"] == "Marseille"


def test_an_answer_for_another_name_no_longer_counts() -> None:
    value = answers(sent("US", "Springfield"))["Springfield, Illinois"]
    corrected = sent("US", "Chicago", value)
    assert corrected.is_valid(), corrected.errors
    assert corrected.cleaned_data["city"] == "Chicago"
    kept_before = sent("US", "Chicago", "0:springfield")
    assert kept_before.is_valid()
    assert kept_before.cleaned_data["geoname_id"] is not None


def test_an_answer_stands_when_the_spelling_is_put_right_at_the_same_time() -> None:
    form = sent("US", "Springfield", f"{ILLINOIS}:sprinfgield")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["geoname_id"] == ILLINOIS


def test_an_answer_from_another_country_no_longer_counts() -> None:
    form = sent("CA", "London", f"{LONDON}:london")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"].country == "CA"


@pytest.mark.parametrize(
    "place", ["x", ":", "-1:paris", "²:paris", "99999999999999:paris", "1:paris", "\x00:paris", f"{LONDON}", "3" * 5000]
)
def test_an_answer_that_cannot_be_read_changes_nothing(place: str) -> None:
    form = sent("FR", "Paris", place)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == recognise_city("FR", "Paris")


@pytest.mark.parametrize(("country", "city"), [("AQ", "Base Concordia"), ("FR", "???")])
def test_where_there_is_nothing_to_choose_nothing_is_asked(country: str, city: str) -> None:
    form = sent(country, city)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == city
    assert form.cleaned_data["geoname_id"] is None


def test_a_town_is_needed_only_where_the_form_says_so() -> None:
    class StrictForm(AskForm):
        city_is_required = True

    assert sent("FR", "").is_valid()
    assert "city" in StrictForm({"country": "FR", "city": ""}).errors
    assert "country" in sent("", "Paris").errors
    assert "country" in sent("ZZ", "Paris").errors


def test_a_form_refused_for_another_reason_keeps_the_answer() -> None:
    class NamedForm(AskForm):
        name = forms.CharField()

    form = NamedForm({"country": "US", "city": "Springfield", "place": f"{ILLINOIS}:springfield", "name": ""})
    assert list(form.errors) == ["name"]
    page = html(form)
    assert f'<input type="hidden" name="place" value="{ILLINOIS}:springfield">' in page
    assert "Ville retenue" in page
    kept = NamedForm({"country": "FR", "city": "Val-d’Aure", "place": "0:val daure", "name": ""})
    assert list(kept.errors) == ["name"]
    assert '<input type="hidden" name="place" value="0:val daure">' in html(kept)


def test_what_is_known_already_is_shown_and_not_asked_again() -> None:
    form = AskForm(initial={"country": "US", "city": "Springfield", "geoname_id": ILLINOIS})
    page = html(form)
    assert "Ville retenue" in page
    assert f'value="{ILLINOIS}:springfield"' in page
    assert "Laquelle" not in page


def test_country_town_and_which_one_follow_each_other() -> None:
    assert list(AskForm().fields) == ["name", "country", "city", "place"]
    assert list(ProfileForm(known_country="FR").fields) == ["acronym", "city", "place", "summary_fr"]


def test_a_profile_whose_country_does_not_change_knows_its_country() -> None:
    data: dict[str, Any] = {"city": "Gand", "acronym": "", "summary_fr": ""}
    form = ProfileForm(data, instance=Organisation(), known_country="BE")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"].label("en") == "Ghent"
    assert form.instance.city == "Gand"
    assert "hx-vals" in html(form)


def test_labels_speak_the_language_of_the_reader() -> None:
    with translation.override("en"):
        form = sent("FR", "Rennnes")
        assert not form.is_valid()
        assert any(option.region == "Brittany" for option in form.place_options)
        assert dict(country_choices())["DE"] == "Germany"


def test_the_question_of_the_town_credits_its_source() -> None:
    assert "GeoNames, CC BY 4.0" in html(AskForm())


def test_without_script_the_page_holds_no_choice_before_it_is_needed() -> None:
    page = html(AskForm())
    assert 'id="id_place_choices"' in page
    assert "Laquelle" not in page
    assert 'hx-get="/fr/lieux/"' in page


def test_a_name_that_was_kept_as_written_is_not_asked_about_again() -> None:
    form = AskForm(initial={"country": "FR", "city": "Rivemont-les-Essais", "geoname_id": None})
    assert form.place_is_kept
    sent = {"country": "FR", "city": "Rivemont-les-Essais", "place": form.place_kept_value}
    assert AskForm(sent).is_valid()
    assert not AskForm(initial={"country": "FR", "city": "Rennes", "geoname_id": None}).place_is_kept
    assert not AskForm().place_is_kept
