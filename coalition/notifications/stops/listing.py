"""Reading the list of stopped addresses."""

from collections.abc import Iterable

from coalition.notifications.enums import StopReason
from coalition.notifications.models import StoppedAddress


def normal(address: str) -> str:
    """An address as the list and deliveries know it."""
    return address.strip().lower()[:320]


def stopped_among(addresses: Iterable[str]) -> dict[str, str]:
    """The reason of each that is stopped. One query, whatever their number."""
    wanted = {normal(address) for address in addresses}
    found = StoppedAddress.objects.filter(address__in=wanted) if wanted else StoppedAddress.objects.none()
    return dict(found.values_list("address", "reason"))


def holds_back(reason: str | None, *, essential: bool) -> bool:
    """Does a stop for this reason hold the mail back?

    An address that does not exist gets nothing at all. Any other stop lets pass what is essential: the security of the
    account, and what its reader has just asked for.
    """
    return bool(reason) and (reason == StopReason.HARD or not essential)
