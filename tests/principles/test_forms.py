from typing import Any

import pytest

from coalition.core.errors import DomainError
from members.models import User
from principles.forms import TEAM, AmendmentForm, DecisionForm
from tests.principles.conftest import ARTICLES, MOTIVE, World, make_organisation, make_speaker


def form(world: World, account: User, **fields: Any) -> AmendmentForm:
    data = {
        "organisation": str(world.city.pk), "title": "Titre", "text_fr": "Autre.", "text_en": "", "motive": MOTIVE,
        "base": "1", **fields,
    }  # fmt: skip
    return AmendmentForm(data, account=account, article=world.first.articles.get(key="donnees"))


def test_the_only_organisation_is_chosen_without_being_asked(world: World) -> None:
    only = form(world, world.member, organisation="")
    assert only.is_valid() and only.cleaned_data["organisation"] == world.city


def test_an_organiser_who_is_also_a_member_chooses_between_the_city_and_the_team(world: World) -> None:
    make_speaker(world.city).affiliations.update(account=world.organiser)
    organiser = User.objects.get(pk=world.organiser.pk)
    assert [key for key, _label in form(world, organiser).fields["organisation"].choices] == [str(world.city.pk), TEAM]
    assert form(world, organiser, organisation="").errors.keys() == {"organisation"}
    team = form(world, organiser, organisation=TEAM)
    assert team.is_valid() and team.wording()["organisation"] is None


def test_an_organisation_of_others_is_no_choice(world: World) -> None:
    assert "organisation" in form(world, world.member, organisation=str(make_organisation().pk)).errors


def test_typing_other_line_ends_is_not_a_change(world: World) -> None:
    same = form(world, world.member, text_fr=f"{ARTICLES[2].text_fr}  \r\n", text_en=ARTICLES[2].text_en)
    assert not same.is_valid() and "text_fr" in same.errors


def test_changing_the_english_alone_is_a_change(world: World) -> None:
    assert form(world, world.member, text_fr=ARTICLES[2].text_fr, text_en="Data is open when the city asks.").is_valid()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e", "\u2066", "\ufffe"])
def test_signs_that_cannot_be_read_are_refused_in_every_text(world: World, sign: str) -> None:
    texts = dict.fromkeys(("title", "text_fr", "text_en", "motive"), f"Un texte {sign} assez long.")
    assert form(world, world.member, **texts).errors.keys() >= texts.keys()


def test_what_an_action_refuses_is_shown_beside_its_field_or_on_top(world: World) -> None:
    checked = form(world, world.member)
    assert checked.is_valid()
    checked.refuse(DomainError("Trop long.", field="title"))
    checked.refuse(DomainError("Trop tard."))
    assert checked.errors["title"] == ["Trop long."] and checked.non_field_errors() == ["Trop tard."]


def test_a_decision_asks_for_english_only_when_it_is_missing() -> None:
    assert DecisionForm({"motive": MOTIVE}, needs_english=False).is_valid()
    assert "text_en" in DecisionForm({"motive": MOTIVE}, needs_english=True).errors
