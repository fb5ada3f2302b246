"""Each refusal says what to do instead."""

import pytest

from coalition.notifications.enums import IncomingReason
from coalition.notifications.refusals import explanation


@pytest.mark.parametrize("reason", IncomingReason.values)
def test_every_reason_has_a_sentence(reason: str) -> None:
    assert explanation(reason).endswith(".")
