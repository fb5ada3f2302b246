"""The states of a delivery, its channels, and the times of the mail loop."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliveryState(TextChoices):
    """A delivery is pending until it is settled, once, as sent, failed or suppressed."""

    PENDING = "pending", _("en attente")
    SENT = "sent", _("envoyé")
    FAILED = "failed", _("échoué")
    SUPPRESSED = "suppressed", _("retenu")


class Channel(TextChoices):
    """How somebody is told."""

    EMAIL = "email", _("courrier électronique")


MAX_ATTEMPTS = 12
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=6)
UNREACHABLE_RETRY = timedelta(seconds=15)
LEASE_SECONDS = 45.0
DRAIN_SECONDS = 15.0
BATCH = 25
PARALLEL_DRAINS = 2


def retry_delay(attempts: int, spread: float) -> timedelta:
    """How long to wait after the `attempts`-th temporary failure.

    Three times longer each time, from ten seconds to six hours: twelve attempts cover about 33 hours, a weekend
    night at a town hall included. `spread` (0 to 1) moves the result by up to a quarter either way, so that a
    thousand refused mails do not come back in the same second.
    """
    delay = min(FIRST_RETRY * 3 ** max(attempts - 1, 0), LONGEST_RETRY)
    return delay * (0.75 + spread / 2)
