"""What one address was sent."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from coalition.notifications.enums import STOPPED, StopReason
from coalition.notifications.models import Delivery, StoppedAddress
from coalition.notifications.office.figures import MailRow, mail_rows
from coalition.notifications.stops.listing import normal

Words = str


@dataclass(frozen=True, slots=True)
class History:
    """An address, the account that has it now, why it is stopped, and the last mails to it."""

    address: str
    account: Any
    stop: StoppedAddress | None
    rows: list[MailRow]


def find_address(asked: str) -> str:
    """The address an organiser means: one typed, that of the account with this name, or "" for none or several."""
    wanted = normal(asked)
    if "@" in wanted:
        return wanted
    accounts = get_user_model()._default_manager.filter(name__iexact=asked.strip())[:2] if wanted else []
    found = [normal(account.email) for account in accounts]
    return found[0] if len(found) == 1 else ""


def history_of(address: str) -> History:
    """The last mails to an address, newest first, and to the account that has it now. Three queries."""
    account = get_user_model()._default_manager.filter(email__iexact=address).first()
    about = Q(address=address) | Q(account=account) if account is not None else Q(address=address)
    rows = mail_rows(Delivery.objects.filter(about).order_by("-pk"))
    return History(address, account, StoppedAddress.objects.filter(address=address).first(), rows)


def why_held(delivery: Delivery) -> str:
    """Why the address was stopped when this mail was held back; "" for any other reason."""
    reason = delivery.last_error.removeprefix(STOPPED) if delivery.last_error.startswith(STOPPED) else ""
    return str(StopReason(reason).label) if reason in StopReason.values else ""
