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
    WEBHOOK = "webhook", _("logiciel averti")


class Category(TextChoices):
    """What an account may tune. Everything else (security, signatures, mandates) is always told at once."""

    FOLLOWING = "following", _("Ce que vous suivez")
    DISCUSSION = "discussion", _("Les discussions où vous avez parlé")
    CHARTER = "charter", _("La charte et les amendements")
    OWN_CASE = "own_case", _("Les cas de votre organisation")
    ANNOUNCEMENT = "announcement", _("Les annonces de l’équipe d’organisation")
    EVENT = "event", _("Les rendez-vous que vous suivez")


class Rhythm(TextChoices):
    """How one category is told."""

    NOW = "now", _("courriel, tout de suite")
    DAILY = "daily", _("courriel, une fois par jour")
    WEEKLY = "weekly", _("courriel, une fois par semaine")
    APP = "app", _("sur le site seulement")
    OFF = "off", _("pas du tout")


class Route(TextChoices):
    """How one event reached one account: decided once, when it is fanned out."""

    NOW = "now", _("courriel")
    DAILY = "daily", _("résumé du jour")
    WEEKLY = "weekly", _("résumé de la semaine")
    APP = "app", _("sur le site")
    MUTED = "muted", _("silencieux")


DEFAULT_RHYTHM = {
    Category.FOLLOWING: Rhythm.DAILY,
    Category.DISCUSSION: Rhythm.NOW,
    Category.CHARTER: Rhythm.NOW,
    Category.OWN_CASE: Rhythm.NOW,
    Category.ANNOUNCEMENT: Rhythm.NOW,
    Category.EVENT: Rhythm.NOW,
}
AUDIENCES = ("organiser", "representative", "editor", "author")
"""As what somebody is told, where a kind gives one of them a default of its own."""
DIGESTED = (Route.DAILY, Route.WEEKLY)
DIGEST_HOUR = 8
"""Digests are written from this hour on, where the account lives."""

MAX_ATTEMPTS = 12
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=6)
UNREACHABLE_RETRY = timedelta(seconds=15)
LEASE_SECONDS = 12.0
"""After which others take over what a dead process held; a living one renews it (`leases`)."""
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


class IncomingState(TextChoices):
    """What became of a mail that came in."""

    WAITING = "waiting", _("en attente")
    ACCEPTED = "accepted", _("publié")
    REFUSED = "refused", _("refusé")
    IGNORED = "ignored", _("laissé de côté")
    FAILED = "failed", _("échoué")


class IncomingReason(TextChoices):
    """Why a mail that came in was refused or left aside."""

    NONE = "", ""
    WRONG_SENDER = "sender", _("écrit depuis une autre adresse")
    EXPIRED = "expired", _("adresse de réponse périmée")
    GONE = "gone", _("le sujet n’est plus lisible pour cette personne")
    CLOSED = "closed", _("la discussion est close")
    EMPTY = "empty", _("aucun texte à publier")
    TOO_BIG = "big", _("message trop lourd")
    TOO_MANY = "many", _("trop de messages en une heure")
    WORDS = "words", _("texte refusé")
    UNKNOWN = "unknown", _("adresse de réponse inconnue")
    BOUNCE = "bounce", _("retour d’un courriel non remis")
    ROBOT = "robot", _("réponse automatique")
    LIST = "list", _("message d’une liste")
    LOOP = "loop", _("notre propre message")
    DUPLICATE = "twice", _("message déjà reçu")


LARGEST_INCOMING = 10 * 1024 * 1024
"""What is kept of a larger mail is its beginning; it is refused."""
KEPT_OF_TOO_BIG = 64 * 1024
REPLIES_AN_HOUR = 20
NOTICES_A_DAY = 5
REPLY_ADDRESS_LIFE = timedelta(days=60)


class StopReason(TextChoices):
    """Why an address is not written to any more."""

    HARD = "bounce", _("l’adresse n’existe pas")
    SOFT = "repeated", _("plusieurs retours de suite")
    COMPLAINT = "complaint", _("signalé comme indésirable")
    ORGANISER = "organiser", _("arrêtée par l’équipe d’organisation")
    ASKED = "asked", _("demandé par la personne")


class StopSource(TextChoices):
    """How it was learnt."""

    SMTP = "smtp", _("le serveur, à l’envoi")
    REPORT = "report", _("un courriel de retour")
    HOOK = "hook", _("le prestataire d’envoi")
    SITE = "site", _("une page du site")


class Return(TextChoices):
    """What came back of a mail that left, or was refused."""

    NONE = "", ""
    HARD = "hard", _("l’adresse n’existe pas")
    SOFT = "soft", _("n’a pas pu être remis")
    COMPLAINT = "complaint", _("signalé comme indésirable")


STOPPED = "address stopped: "
"""Begins `last_error` of a delivery held back because of its address; a StopReason follows."""
SOFT_IN_A_ROW = 5
SOFT_SPAN = timedelta(days=2)
"""Five mails that came back with none between that did not, the first at least two days ago: the address is stopped."""
LARGEST_MAIL = 40_000
"""Bytes of one mail composed from our templates, headers included."""


class Theme(TextChoices):
    """What a program may ask to be told of."""

    CASES = "cases", _("Les cas publiés, mis à jour ou refaits")
    CHARTER = "charter", _("Les versions de la charte")
    AMENDMENTS = "amendments", _("Les amendements proposés et décidés")
    COMMITMENTS = "commitments", _("Les signatures, les adoptions et les coalitions officielles")
    EVENTS = "events", _("Les rendez-vous publiés, changés ou annulés")
    CHALLENGES = "challenges", _("Les défis publiés, changés et conclus")


class HookState(TextChoices):
    """Whether a program is told: by its organisers' choice, or because it does not answer any more."""

    ACTIVE = "active", _("en service")
    PAUSED = "paused", _("en pause")
    FAILING = "failing", _("arrêté : ne répondait plus")
    GONE = "gone", _("arrêté : a demandé de ne plus rien recevoir")


HOOK_TIMEOUT_SECONDS = 5.0
HOOK_PATIENCE = timedelta(days=3)
HOOK_FAILURES = 10
"""Stopped after failing for HOOK_PATIENCE and at least that often."""
HOOK_REST = timedelta(minutes=1)
"""How long what else waits for a program is put off when it has just failed."""
OLD_SECRET_LIFE = timedelta(hours=24)
"""How long the secret before a change still signs beside the new one."""


class AnnouncementState(TextChoices):
    """Written by one organiser, approved by another; what has left is not called back."""

    DRAFT = "draft", _("Brouillon")
    PROPOSED = "proposed", _("À approuver")
    SENT = "sent", _("Partie")
    CANCELLED = "cancelled", _("Abandonnée")


class Audience(TextChoices):
    """Whom an announcement is for."""

    FOLLOWERS = "followers", _("Ceux qui suivent une page")
    REPRESENTATIVES = "representatives", _("Ceux qui représentent une organisation membre")
