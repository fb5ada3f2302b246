"""States of a comment, of a passage it points at, and of what was reported."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_BODY = 5_000
MAX_REASON = 1_000
MIN_REASON = 5
EDIT_WINDOW = timedelta(minutes=15)
COMMENTS_AN_HOUR = 30
REPORTS_A_DAY = 30
TWICE = timedelta(minutes=5)
"""The same words, by the same account, at the same place, within this time: a button pressed twice."""


ANSWERS = "c"
"""The purpose of addresses that answer a comment by mail."""


class CommentState(TextChoices):
    VISIBLE = "visible", _("Visible")
    HIDDEN = "hidden", _("Masqué")
    DELETED = "deleted", _("Retiré")


class PassageState(TextChoices):
    """How a remark came to its place in a version."""

    MADE = "made", _("posée ici")
    KEPT = "kept", _("gardée")
    MOVED = "moved", _("déplacée")
    ORPHAN = "orphan", _("orpheline")


class Language(TextChoices):
    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")


class ReportReason(TextChoices):
    SPAM = "spam", _("Publicité, ou le même message partout")
    ATTACK = "attack", _("Attaque contre une personne ou un groupe")
    ILLEGAL = "illegal", _("Contenu contraire à la loi")
    PRIVATE = "private", _("Données personnelles de quelqu’un")
    OFF_TOPIC = "off_topic", _("Hors du sujet")
    OTHER = "other", _("Autre chose")


class ReportOutcome(TextChoices):
    """What was decided of a report."""

    OPEN = "open", _("À traiter")
    KEPT = "kept", _("Laissé visible")
    HIDDEN = "hidden", _("Masqué")
    DELETED = "deleted", _("Retiré")
