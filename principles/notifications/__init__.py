"""Who is told what about the charter: each module declares its kinds when it is imported."""

from principles.notifications import deadlines, decisions, examples, proposals
from principles.notifications.deadlines import closing_on

__all__ = ["closing_on", "deadlines", "decisions", "examples", "proposals"]
