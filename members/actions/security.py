"""Telling the owner of an account what happened to its keys. Recorded with the change, or not at all."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from coalition.notifications.actions import record_event
from members.models import User

TOLD: dict[str, tuple[str, dict[str, Any]]] = {
    "account/email/password_changed": ("security.password_changed", {}),
    "account/email/password_reset": ("security.password_changed", {"by_link": True}),
    "account/email/password_set": ("security.password_changed", {"first": True}),
    "account/email/email_changed": ("security.email_changed", {}),
    "mfa/email/totp_activated": ("security.factor_added", {"what": "totp"}),
    "mfa/email/webauthn_added": ("security.factor_added", {"what": "webauthn"}),
    "mfa/email/recovery_codes_generated": ("security.factor_added", {"what": "codes"}),
    "mfa/email/totp_deactivated": ("security.factor_removed", {"what": "totp"}),
    "mfa/email/webauthn_removed": ("security.factor_removed", {"what": "webauthn"}),
    "socialaccount/email/account_connected": ("security.provider_changed", {"added": True}),
    "socialaccount/email/account_disconnected": ("security.provider_changed", {"added": False}),
}
"""What allauth would have mailed itself, by the name of its template: our kind, and what its event says."""


def tell_of_security(*, account: Any, kind: str, device: str, now: datetime, **facts: Any) -> None:
    """Record that something happened to the keys of `account`, from this device ("Firefox, Linux").

    Each call is a fact of its own. Whoever does it is the owner, as far as we know: they are told all the same.
    """
    record_event(
        kind=kind,
        key=f"{kind}:{account.pk}:{uuid4()}",
        subject=account,
        payload={"device": device, **facts},
        now=now,
        actor=account,
    )


def note_first_device(*, account: Any, now: datetime) -> bool:
    """Note that a browser is remembered for `account`; True for exactly one caller, with the first browser ever.

    Rule: whoever has just signed in. The first one is no news: the account is new, or older than our memory of
    browsers, which then knows none of those its owner uses every day.
    """
    return bool(User.objects.filter(pk=account.pk, first_device_at=None).update(first_device_at=now))
