"""The signed addresses people answer to."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from coalition.core.tokens import SignedReply, read_signed_reply, sign_reply
from coalition.notifications.enums import REPLY_ADDRESS_LIFE
from coalition.notifications.kinds import Recipient


def reply_headers(*, purpose: str, recipient: Recipient, number: int, told_at: datetime) -> dict[str, str]:
    """The Reply-To of a mail that can be answered; nothing where the site takes no answers, or for no account.

    `told_at` is when the event happened: the address serves sixty days from then, and a mail sent again has the same.
    """
    base, _at, domain = settings.REPLY_ADDRESS.partition("@")
    if not domain or recipient.account_id is None:
        return {}
    word = sign_reply(
        purpose=purpose, account_id=recipient.account_id, number=number, expires_at=told_at + REPLY_ADDRESS_LIFE
    )
    return {"Reply-To": f"{base}+{word}@{domain}"}


def signed_word(addresses: Iterable[str]) -> str:
    """The signed part of the first of these addresses that is one of ours, whoever signed it; "" for none."""
    base, _at, domain = settings.REPLY_ADDRESS.lower().partition("@")
    for address in addresses:
        local, _at, where = address.strip().strip("<>").lower().rpartition("@")
        if domain and where == domain and local.startswith(f"{base}+"):
            return local.removeprefix(f"{base}+")
    return ""


def read_address(addresses: Iterable[str]) -> SignedReply | None:
    """What the first of our addresses says; None when none of them is ours or the signature is not."""
    word = signed_word(addresses)
    return read_signed_reply(word) if word else None


def takes_returns(address: str) -> bool:
    """Is this where mail servers send back what they could not deliver?"""
    return bool(settings.BOUNCE_ADDRESS) and address.strip().strip("<>").lower() == settings.BOUNCE_ADDRESS.lower()
