"""Secrets of programs, and what is signed with them (Standard Webhooks, symmetric signatures "v1")."""

import hashlib
import hmac
from base64 import b64encode
from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from coalition.notifications.enums import OLD_SECRET_LIFE
from coalition.notifications.webhooks.rows import Webhook

PREFIX = "whsec_"


def _key(hook: Webhook, rotation: int, site_key: str) -> bytes:
    """32 bytes that nobody can work out without the site's key; another one after each rotation."""
    value = f"{hook.pk}:{rotation}"
    return salted_hmac("coalition.webhook", value, secret=site_key, algorithm="sha256").digest()


def secret_of(hook: Webhook) -> str:
    """The secret as a receiver's library takes it: "whsec_" and base64."""
    return PREFIX + b64encode(_key(hook, hook.rotation, settings.SECRET_KEY)).decode("ascii")


def signatures(hook: Webhook, *, name: str, moment: datetime, body: bytes) -> str:
    """The header webhook-signature for this body: the present secret first.

    For OLD_SECRET_LIFE after a change the one before signs too, and so do former keys of the site while it keeps them,
    so that a receiver may change in its own time. `name` is the header webhook-id, `moment` gives webhook-timestamp.
    """
    rotations = [hook.rotation]
    if hook.rotation and hook.rotated_at is not None and moment < hook.rotated_at + OLD_SECRET_LIFE:
        rotations.append(hook.rotation - 1)
    signed = f"{name}.{int(moment.timestamp())}.".encode() + body
    made = [
        hmac.new(_key(hook, rotation, site_key), signed, hashlib.sha256).digest()
        for site_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        for rotation in rotations
    ]
    return " ".join(f"v1,{b64encode(one).decode('ascii')}" for one in made)
