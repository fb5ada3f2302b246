"""Words of events: what kind they are, where they stand, in which languages people speak there."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LANGUAGES = (("fr", "Français"), ("en", "English"))
TARGET = "event"
"""What `coalition.core.following` calls an event; the key is its slug."""
NEAR = timedelta(days=2)
"""How long before it begins those who follow an event are told."""
KEPT_IN_CALENDARS = timedelta(days=365)
"""How long calendars go on showing an event that is over."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


class EventKind(TextChoices):
    """What people come for."""

    WORKSHOP = "workshop", _("Atelier")
    WEBINAR = "webinar", _("Webinaire")
    HACKATHON = "hackathon", _("Hackathon")
    FORUM = "forum", _("Salon ou forum")
    MEETING = "meeting", _("Réunion de travail")
    TRAINING = "training", _("Formation")


class EventState(TextChoices):
    """Past is no state: the dates say it."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    CANCELLED = "cancelled", _("Annulé")


PUBLIC = (EventState.PUBLISHED, EventState.CANCELLED)


class Where(TextChoices):
    """How one takes part."""

    PLACE = "place", _("Sur place")
    ONLINE = "online", _("En ligne")


class When(TextChoices):
    """Still to come (or running), or over."""

    COMING = "coming", _("À venir")
    PAST = "past", _("Passés")


class Spoken(TextChoices):
    """Languages people speak at an event."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")
    ARABIC = "ar", _("arabe")
    PORTUGUESE = "pt", _("portugais")
    SPANISH = "es", _("espagnol")
    GERMAN = "de", _("allemand")
    ITALIAN = "it", _("italien")
    DUTCH = "nl", _("néerlandais")
    SWAHILI = "sw", _("swahili")
    WOLOF = "wo", _("wolof")
    SIGNS = "sgn", _("langue des signes")
