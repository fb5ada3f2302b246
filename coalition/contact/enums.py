"""What a message is, and where it stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST_MESSAGE = 4_000


class Kind(TextChoices):
    """What somebody writes for. A report goes to the organisers alone."""

    QUESTION = "question", _("Une question")
    REMARK = "remark", _("Une remarque sur le texte")
    REPORT = "report", _("Un problème à signaler aux organisateurs")


class State(TextChoices):
    """Where a message stands."""

    NEW = "new", _("À lire")
    FORWARDED = "forwarded", _("Transmis à l’équipe")
    ANSWERED = "answered", _("Répondu")
    CLOSED = "closed", _("Classé")


WAITING = (State.NEW, State.FORWARDED)
"""Somebody has to do something."""
OPEN = (*WAITING, State.ANSWERED)
"""One may still answer."""
