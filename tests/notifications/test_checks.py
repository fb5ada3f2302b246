"""The site does not start with a kind that has no words."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coalition.notifications.checks import check_kinds
from coalition.notifications.kinds import Kind, forget_kind, register_kind
from tests.notifications.told import TOLD


@pytest.fixture
def mute(told: Kind) -> Iterator[Kind]:
    yield register_kind(replace(TOLD, name="test.mute", label="", reason=" "))
    forget_kind("test.mute")


def test_the_kinds_of_this_site_are_complete() -> None:
    assert check_kinds(None) == []


def test_a_kind_with_its_three_templates_passes(told: Kind) -> None:
    assert check_kinds(None) == []


def test_a_kind_without_label_reason_or_templates_is_reported(mute: Kind) -> None:
    found = check_kinds(None)
    assert [message.id for message in found] == ["notifications.E001"] * 2 + ["notifications.E002"] * 3
    assert "emails/test.mute/body.html" in found[-1].msg
