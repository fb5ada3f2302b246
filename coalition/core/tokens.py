"""Links in mails: a random secret, stored hashed, bound to one purpose, one object, one address; used once.

Addresses people answer to are signed instead (`sign_reply`): nothing is stored, and they serve until their day.
"""

import binascii
import hashlib
import secrets
import struct
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac

from coalition.core.models import OneTimeToken


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue_token(*, purpose: str, subject: Model, address: str, lifetime: timedelta, now: datetime) -> str:
    """Create a token and return its secret (43 URL-safe characters), which is stored nowhere."""
    secret = secrets.token_urlsafe(32)
    OneTimeToken.objects.create(
        purpose=purpose,
        digest=_digest(secret),
        object_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        address=address,
        created_at=now,
        expires_at=now + lifetime,
    )
    return secret


def known_token(*, purpose: str, secret: str) -> OneTimeToken | None:
    """The token of this purpose whether live, used or past its date, to tell its bearer which; None when forged."""
    return OneTimeToken.objects.filter(purpose=purpose, digest=_digest(secret)).first()


def use_token(*, purpose: str, secret: str) -> OneTimeToken | None:
    """Consume the token: of any number of simultaneous callers exactly one gets it, the others None."""
    digest = _digest(secret)
    live = OneTimeToken.objects.filter(purpose=purpose, digest=digest, used_at=None, expires_at__gt=Now())
    if live.update(used_at=Now()) == 0:
        return None
    return OneTimeToken.objects.get(digest=digest)


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
