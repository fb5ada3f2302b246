"""The signed word in the address of a person's calendar."""

import binascii
import struct
from base64 import b32decode, b32encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from coalition.notifications.readers import AgendaAddress

PACKED = struct.Struct(">QI")
SIGNATURE = 18
LONGEST = 64


def _mark(packed: bytes, key: str) -> bytes:
    return salted_hmac("coalition.agenda", packed, secret=key, algorithm="sha256").digest()[:SIGNATURE]


def agenda_word(address: AgendaAddress) -> str:
    """48 lower-case letters and digits that nobody guesses (144 bits of signature); others after each renewal."""
    packed = PACKED.pack(address.pk, address.serial)
    return b32encode(packed + _mark(packed, settings.SECRET_KEY)).decode("ascii").rstrip("=").lower()


def find_address(word: str) -> AgendaAddress | None:
    """The address with this word, with its account; None for one that is not ours, was renewed or deleted, or whose
    account is closed.
    """
    if len(word) > LONGEST or not word.isascii():
        return None
    try:
        body = b32decode(word.upper() + "=" * (-len(word) % 8))
    except (binascii.Error, ValueError):
        return None
    packed, mark = body[: PACKED.size], body[PACKED.size :]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if len(packed) != PACKED.size or not any(constant_time_compare(_mark(packed, key), mark) for key in keys):
        return None
    number, serial = PACKED.unpack(packed)
    kept = AgendaAddress.objects.select_related("account").filter(pk=number, serial=serial, account__is_active=True)
    return kept.first()
