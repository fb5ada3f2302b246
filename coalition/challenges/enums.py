"""States, instruments and what may be sought, as data."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sought(TextChoices):
    """What an authority looks for."""

    EXPERTISE = "expertise", _("Une expertise")
    SOLUTION = "solution", _("Une solution")
    FUNDING = "funding", _("Un financement")
    DATA = "data", _("Des données")
    RESEARCH = "research", _("Une recherche")
    TRIAL = "trial", _("Des gens avec qui l’essayer")


class Instrument(TextChoices):
    """The dated instrument around a challenge, where there is one."""

    OPEN = "open", _("Question ouverte")
    CALL = "call", _("Appel à projets")
    HACKATHON = "hackathon", _("Hackathon")
    INNOVATION = "innovation", _("Innovation ouverte")
    PROCUREMENT = "procurement", _("Commande publique")
    PRIZE = "prize", _("Prix")


class ChallengeState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publié")
    CLOSED = "closed", _("Conclu")


class Phase(TextChoices):
    """Where a public challenge stands on a day: its state and its deadline."""

    OPEN = "open", _("Ouvert aux réponses")
    READING = "reading", _("Réponses closes, décision attendue")
    CLOSED = "closed", _("Conclu")


class ResponseState(TextChoices):
    SENT = "sent", _("Envoyée")
    RETAINED = "retained", _("Retenue")
    DECLINED = "declined", _("Non retenue")
    WITHDRAWN = "withdrawn", _("Retirée")


PUBLIC = (ChallengeState.PUBLISHED, ChallengeState.CLOSED)
"""States in which everybody may read a challenge."""
LIVE = (ResponseState.SENT, ResponseState.RETAINED, ResponseState.DECLINED)
"""States of which an organisation has at most one response to a challenge."""
ANSWERED = (ResponseState.RETAINED, ResponseState.DECLINED)

SIGNS = {
    Phase.OPEN: "open",
    Phase.READING: "eval",
    Phase.CLOSED: "done",
    ChallengeState.DRAFT: "draft",
    ResponseState.SENT: "submitted",
    ResponseState.RETAINED: "accepted",
    ResponseState.DECLINED: "refused",
    ResponseState.WITHDRAWN: "withdrawn",
}
"""The sign drawn beside each word (components/status.html)."""

LONGEST_TITLE = 140
LONGEST_TEXT = 6_000
LONGEST_LINE = 300
LONGEST_ROLE = 120
MOST_THEMES = 4
REMIND_BEFORE = timedelta(days=3)
"""Those who have not answered are told this long before the deadline, or at half-time where all of it is shorter."""
