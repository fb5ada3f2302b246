"""Who is told what about organisations and co-sponsorships; the kinds register themselves when this is imported."""

from members.notifications import (
    accounts,
    adoptions,
    cosponsorships,
    examples,
    mailrooms,
    mandates,
    organisations,
    security,
    supports,
    versions,
)
from members.notifications.cosponsorships import (
    ANSWER_DAYS,
    CONFIRM_LIFETIME,
    CONFIRM_PURPOSE,
    DOCUMENT_DAYS,
    working_days_later,
)
from members.notifications.mailrooms import organisation_mail
from members.notifications.recipients import organisers, recipients_of, while_allowed
from members.notifications.supports import SUPPORT_LIFETIME, SUPPORT_PURPOSE, support_of_secret, withdrawal_secret

__all__ = [
    "ANSWER_DAYS",
    "CONFIRM_LIFETIME",
    "CONFIRM_PURPOSE",
    "DOCUMENT_DAYS",
    "SUPPORT_LIFETIME",
    "SUPPORT_PURPOSE",
    "accounts",
    "adoptions",
    "cosponsorships",
    "examples",
    "mailrooms",
    "mandates",
    "organisation_mail",
    "organisations",
    "organisers",
    "recipients_of",
    "security",
    "support_of_secret",
    "supports",
    "versions",
    "while_allowed",
    "withdrawal_secret",
    "working_days_later",
]
