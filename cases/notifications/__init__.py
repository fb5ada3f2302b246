"""Who is told what about cases: each module declares its kinds when it is imported."""

from cases.notifications import alerts, freshness
from cases.notifications.own_case import PUBLISHED, RETURNED, SUBMITTED, UNPUBLISHED
from cases.notifications.reproductions import REDONE, UNLINKED

__all__ = ["PUBLISHED", "REDONE", "RETURNED", "SUBMITTED", "UNLINKED", "UNPUBLISHED", "alerts", "freshness"]
