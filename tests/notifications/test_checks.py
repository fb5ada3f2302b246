"""The site does not start with a kind that has no words."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coalition.notifications.checks import check_kinds
from coalition.notifications.examples import example_for, forget_example
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


def test_a_kind_without_label_reason_templates_or_example_is_reported(mute: Kind) -> None:
    found = check_kinds(None)
    numbers = ["notifications.E001"] * 2 + ["notifications.E002"] * 3 + ["notifications.E004"]
    assert [message.id for message in found] == numbers
    assert "emails/test.mute/body.html" in found[-2].msg


def test_an_example_of_no_kind_is_reported() -> None:
    example_for("test.gone")(dict)
    found = check_kinds(None)
    forget_example("test.gone")
    assert [message.id for message in found] == ["notifications.E005"]


@pytest.mark.parametrize(
    ("category", "defaults", "said"),
    [
        ("charter", {"mayor": "daily"}, "'mayor'"),
        ("charter", {"organiser": "hourly"}, "'hourly'"),
        ("security", {"organiser": "daily"}, "nobody tunes"),
    ],
)
def test_a_default_nobody_can_have_is_reported(told: Kind, category: str, defaults: dict[str, str], said: str) -> None:
    forget_kind(TOLD.name)
    register_kind(replace(TOLD, category=category, defaults=defaults))
    (fault,) = check_kinds(None)
    assert fault.id == "notifications.E006"
    assert said in fault.msg


def test_a_default_of_a_known_role_in_a_tunable_category_passes(told: Kind) -> None:
    forget_kind(TOLD.name)
    register_kind(replace(TOLD, category="charter", defaults={"organiser": "daily"}))
    assert check_kinds(None) == []
