"""The registry of kinds."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from coalition.notifications.kinds import Kind, all_kinds, get_kind, is_essential, register_kind
from tests.notifications.told import TOLD


def test_a_registered_kind_is_found_by_its_name(told: Kind) -> None:
    assert get_kind("test.told") is told
    assert told in all_kinds()


def test_two_kinds_cannot_have_one_name(told: Kind) -> None:
    with pytest.raises(ImproperlyConfigured, match="registered twice"):
        register_kind(TOLD)


@pytest.mark.parametrize("name", ["told", "Test.told", "../test.told", "test.told/", ""])
def test_a_name_that_could_not_be_a_folder_of_templates_is_refused(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must look like"):
        register_kind(replace(TOLD, name=name))


def test_what_is_about_an_account_or_just_asked_for_is_essential(told: Kind) -> None:
    assert replace(TOLD, category="account").is_essential
    assert replace(TOLD, essential=True).is_essential
    assert not is_essential(TOLD.name)
    assert is_essential("account.mail")
    assert not is_essential("no.such.kind")
