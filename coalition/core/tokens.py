"""Links in mails: a random secret, stored hashed, bound to one purpose, one object, one address; used once.

Addresses people answer to are signed instead (`sign_reply`): nothing is stored, and they serve until their day.
"""

import binascii
import hashlib
import secrets
import struct
from base64 import b32decode, b32encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac

from coalition.core.models import OneTimeToken


def secret_digest(secret: str) -> str:
    """What a table keeps of a secret: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_token(*, purpose: str, subject: Model, address: str, lifetime: timedelta, now: datetime) -> str:
    """Create a token and return its secret (43 URL-safe characters), which is stored nowhere."""
    secret = secrets.token_urlsafe(32)
    OneTimeToken.objects.create(
        purpose=purpose,
        digest=secret_digest(secret),
        object_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        address=address,
        created_at=now,
        expires_at=now + lifetime,
    )
    return secret


def known_token(*, purpose: str, secret: str) -> OneTimeToken | None:
    """The token of this purpose whether live, used or past its date, to tell its bearer which; None when forged."""
    return OneTimeToken.objects.filter(purpose=purpose, digest=secret_digest(secret)).first()


def use_token(*, purpose: str, secret: str) -> OneTimeToken | None:
    """Consume the token: of any number of simultaneous callers exactly one gets it, the others None."""
    digest = secret_digest(secret)
    live = OneTimeToken.objects.filter(purpose=purpose, digest=digest, used_at=None, expires_at__gt=Now())
    if live.update(used_at=Now()) == 0:
        return None
    return OneTimeToken.objects.get(digest=digest)


def link_state(*, purpose: str, secret: str, waits: Callable[[Any], bool], now: datetime) -> tuple[Any, str, int]:
    """What a mailed link leads to, what can be said of the link, and the status of its page; the link is not used.

    "live" (200) while it serves; "used" (200) once it was, or when its object no longer `waits` for it; "expired" (410)
    past its date; "forged" (404) for what was never ours, or whose object is gone. The object is None in the last two.
    """
    known = known_token(purpose=purpose, secret=secret)
    found: Any = known.subject if known is not None else None
    if known is None or found is None:
        return None, "forged", 404
    if known.used_at is not None or not waits(found):
        return found, "used", 200
    if known.expires_at <= now:
        return None, "expired", 410
    return found, "live", 200


def sign_key(*, salt: str, key: int) -> str:
    """A word for the address of a link that always works: it names the object `key` and, by `salt`, what for."""
    return Signer(salt=salt).sign(str(key)).replace(":", "~")


def read_signed_key(*, salt: str, word: str) -> int | None:
    """The key such a word was made for, whether the object is still there or not; None for any other word."""
    try:
        return int(Signer(salt=salt).unsign(word.replace("~", ":")))
    except (BadSignature, ValueError):
        return None


SIGNATURE = 15
PACKED = struct.Struct(">IQH")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SignedReply:
    """What an address to answer to says: for what (one letter), whose answer, to the object of which number."""

    purpose: str
    account_id: int
    number: int
    expires_at: datetime


def sign_reply(*, purpose: str, account_id: int, number: int, expires_at: datetime) -> str:
    """A signed word of 48 lower-case letters and digits, fit for the part of an address before the @.

    Whatever its case it reads the same, as mail servers may change it. The day it ends on counts whole.
    """
    days = (expires_at - EPOCH).days + 1
    packed = PACKED.pack(account_id, number, days)
    body = packed + _reply_mark(settings.SECRET_KEY, purpose, packed)
    return purpose + b32encode(body).decode("ascii").rstrip("=").lower()


def read_signed_reply(word: str) -> SignedReply | None:
    """What `sign_reply` wrote, past its day or not; None when it is not ours."""
    purpose, code = word[:1].lower(), word[1:].upper()
    try:
        body = b32decode(code + "=" * (-len(code) % 8))
    except (binascii.Error, ValueError):
        return None
    packed, mark = body[: PACKED.size], body[PACKED.size :]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if len(body) != PACKED.size + SIGNATURE or not any(
        constant_time_compare(_reply_mark(key, purpose, packed), mark) for key in keys
    ):
        return None
    account_id, number, days = PACKED.unpack(packed)
    return SignedReply(purpose, account_id, number, EPOCH + timedelta(days=days))


def _reply_mark(key: str, purpose: str, packed: bytes) -> bytes:
    value = purpose.encode() + packed
    return salted_hmac("coalition.reply", value, secret=key, algorithm="sha256").digest()[:SIGNATURE]
