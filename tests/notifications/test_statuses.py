"""What a status says about an address."""

import pytest

from coalition.notifications.enums import Return
from coalition.notifications.statuses import judge_status


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("550 5.1.1 <ada@example.org>: user unknown", Return.HARD),
        ("5.1.2", Return.HARD),
        ("556 5.1.10 null MX", Return.HARD),
        ("553 5.1.8 sender address rejected", Return.NONE),
        ("550 5.7.1 blocked by policy", Return.NONE),
        ("554 5.6.0 bad content", Return.NONE),
        ("552 5.2.2 mailbox full", Return.SOFT),
        ("450 4.2.1 busy", Return.SOFT),
        ("550 no such user", Return.SOFT),
        ("550 see 10.5.1.1 for help", Return.SOFT),
        ("", Return.SOFT),
    ],
)
def test_only_what_names_the_address_condemns_it(words: str, said: Return) -> None:
    assert judge_status(words) is said
