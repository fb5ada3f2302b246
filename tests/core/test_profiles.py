"""What apps tell of an organisation or an account reaches the page, in order, and only when there is something."""

from typing import Any

import pytest

from coalition.core import profiles
from coalition.core.profiles import (
    ProfileItem,
    ProfileSection,
    account_sections,
    organisation_counts,
    profile_sections,
    register_account_section,
    register_organisation_count,
    register_profile_section,
)


@pytest.fixture(autouse=True)
def nobody_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "_of_profile", [])
    monkeypatch.setattr(profiles, "_of_account", [])
    monkeypatch.setattr(profiles, "_counts", {})


def test_sections_come_in_the_order_they_were_registered_and_once() -> None:
    def cases(organisation: Any, account: Any) -> ProfileSection:
        return ProfileSection(f"Cas de {organisation} pour {account}", [ProfileItem(title="Un cas")])

    def amendments(organisation: Any, account: Any) -> ProfileSection:
        return ProfileSection("Amendements", empty="Pas encore d’amendement.")

    for section in (cases, amendments, cases):
        register_profile_section(section)
    assert [section.title for section in profile_sections("Lomé", "Awa")] == ["Cas de Lomé pour Awa", "Amendements"]


def test_a_section_with_nothing_to_say_is_left_out() -> None:
    register_account_section(lambda account: None)
    register_account_section(lambda account: ProfileSection("Vide"))
    register_account_section(lambda account: ProfileSection("Vide et dite", empty="Rien n’attend."))
    assert [section.title for section in account_sections("Awa")] == ["Vide et dite"]


def test_a_figure_of_lists_is_made_anew_for_each_query_and_the_last_one_of_a_name_counts() -> None:
    register_organisation_count("case_count", lambda: "old")
    register_organisation_count("case_count", object)
    first, second = organisation_counts(), organisation_counts()
    assert list(first) == ["case_count"]
    assert first["case_count"] is not second["case_count"]
