"""Forms: what they ask, and the sentences they answer with."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from members.enums import Kind
from members.forms import (
    DecisionForm,
    OrganisationRequestForm,
    ProfileForm,
    SignupExtraForm,
)


def test_signing_up_keeps_the_name_and_the_language_of_the_page() -> None:
    saved: list[Any] = []
    account = SimpleNamespace(name="", language="", save=lambda update_fields: saved.append(update_fields))
    form = SignupExtraForm({"name": "Awa Diop"})
    assert form.is_valid()
    with translation.override("en"):
        form.signup(None, account)  # type: ignore[arg-type]
    assert (account.name, account.language, saved) == ("Awa Diop", "en", [["name", "language"]])


def test_a_zone_far_away_stays_possible_for_who_has_it() -> None:
    form = ProfileForm(
        {"name": "Awa", "language": "fr", "time_zone": "Asia/Tokyo"}, account=SimpleNamespace(time_zone="Asia/Tokyo")
    )
    assert form.is_valid()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, "decision"),
        ({"decision": "no"}, "motive"),
        ({"decision": "no", "motive": "  "}, "motive"),
        ({"decision": "peut-être"}, "decision"),
    ],
)
def test_a_refusal_needs_words(data: dict[str, str], wrong: str) -> None:
    assert wrong in DecisionForm(data).errors


def test_a_yes_needs_none() -> None:
    assert DecisionForm({"decision": "yes"}).is_valid()


def test_a_website_is_an_address_of_the_web() -> None:
    data = {"name": "Ville", "kind": Kind.AUTHORITY, "country": "SN", "function": "Maire"}
    assert "website" in OrganisationRequestForm(data | {"website": "javascript:alert(1)"}).errors
    form = OrganisationRequestForm(data | {"website": "ville.example"})
    assert form.is_valid()
    assert form.cleaned_data["website"] == "https://ville.example"
