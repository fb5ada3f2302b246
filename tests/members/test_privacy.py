"""The address an erased account is left with."""

from members.privacy import retired_address


def test_nobody_can_own_it_and_each_account_has_its_own() -> None:
    assert retired_address(7).endswith(".invalid")
    assert retired_address(7) != retired_address(8)
