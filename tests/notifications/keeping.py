"""A mail server that takes everything and shows it."""

from django.core.mail import EmailMessage

from coalition.notifications.actions import claim_deliveries, send_delivery
from coalition.notifications.enums import DeliveryState
from coalition.notifications.transport import Transport


class Keeping(Transport):
    """Keeps what it is given, and opens no connection."""

    def __init__(self) -> None:
        self.left: list[EmailMessage] = []

    def open(self) -> None:
        return

    def close(self) -> None:
        return

    def send(self, message: EmailMessage) -> None:
        self.left.append(message)


def send_due() -> tuple[list[DeliveryState], list[EmailMessage]]:
    """Send what is due: the state each delivery was left in, and the mails that left."""
    post = Keeping()
    states = [send_delivery(delivery=one, transport=post) for one in claim_deliveries(limit=50)]
    return states, post.left
