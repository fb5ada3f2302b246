"""What stands where an address stood."""

from coalition.notifications.privacy import without_address
from coalition.notifications.rendering import is_address


def test_it_is_no_address_and_never_twice_the_same() -> None:
    assert not is_address(without_address(7))
    assert without_address(7) != without_address(8)
