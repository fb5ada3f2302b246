"""Links in mails: a random secret, stored hashed, bound to one purpose, one object, one address; used once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.functions import Now

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
