"""Who is told what about cases: each module declares its kinds when it is imported."""

from cases.notifications import alerts, examples, freshness
from cases.notifications.own_case import PUBLISHED, RETURNED, SUBMITTED, UNPUBLISHED, UPDATED
from cases.notifications.remarks import COMMENTED, REMARK_SETTLED
from cases.notifications.reproductions import REDONE, UNLINKED

__all__ = [
    "COMMENTED",
    "PUBLISHED",
    "REDONE",
    "REMARK_SETTLED",
    "RETURNED",
    "SUBMITTED",
    "UNLINKED",
    "UNPUBLISHED",
    "UPDATED",
    "alerts",
    "examples",
    "freshness",
]
