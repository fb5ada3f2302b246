"""Writing an announcement, proposing it, letting it leave, giving it up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _, ngettext

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.following import readable_target
from coalition.core.text import has_hidden_characters
from coalition.notifications.actions import record_event
from coalition.notifications.announcements.crowds import reach_of
from coalition.notifications.announcements.letters import ANNOUNCEMENT
from coalition.notifications.enums import AnnouncementState, Audience
from coalition.notifications.models import Announcement

WEEK = timedelta(days=7)
LOCK_SPACE = 0x616E6E6F  # "anno": our corner of PostgreSQL's advisory locks


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that is written. `target`: (kind, key) of what people follow, None for representatives."""

    subject_fr: str
    text_fr: str
    subject_en: str
    text_en: str
    target: tuple[str, str] | None = None

    def columns(self) -> dict[str, Any]:
        """As the table holds it."""
        kind, key = self.target or ("", "")
        words = {name: getattr(self, name).strip() for name in ("subject_fr", "text_fr", "subject_en", "text_en")}
        audience = Audience.FOLLOWERS if self.target else Audience.REPRESENTATIVES
        return {**words, "audience": audience, "target_kind": kind, "target_key": key}


def _check(actor: Any, letter: Letter) -> None:
    """Both languages, without characters nobody sees; about something the organiser may read."""
    for name in ("subject_fr", "text_fr", "subject_en", "text_en"):
        words = getattr(letter, name)
        if not words.strip():
            raise DomainError(_("Écrivez ce texte : chacun lit l’annonce dans sa langue."), field=name)
        if has_hidden_characters("".join(words.split("\n")).replace("\r", "")):
            raise DomainError(_("Ce texte contient des caractères invisibles. Retapez-le."), field=name)
    target = readable_target(actor, *letter.target) if letter.target else None
    if letter.target and (target is None or not target.followable):
        raise DomainError(_("Cette page n’existe plus, ou ne se suit pas."), field="target")


@transaction.atomic
def write_announcement(*, actor: Any, letter: Letter, now: datetime) -> Announcement:
    """A new draft. Rule: organisers. DomainError where a language is missing or the target cannot be read."""
    require(actor, "announcement.write")
    _check(actor, letter)
    made: Announcement = Announcement.objects.create(written_by=actor, written_at=now, **letter.columns())
    record(actor=actor, action="announcement.write", obj=made, now=now)
    return made


@transaction.atomic
def rewrite_announcement(*, actor: Any, announcement: Announcement, letter: Letter, now: datetime) -> Announcement:
    """Other words for a draft. Rule: the organiser who wrote it. WrongState once proposed."""
    require(actor, "announcement.edit", announcement)
    _check(actor, letter)
    _swap(announcement, AnnouncementState.DRAFT, written_at=now, **letter.columns())
    record(actor=actor, action="announcement.rewrite", obj=announcement, now=now)
    return announcement


@transaction.atomic
def propose_announcement(*, actor: Any, announcement: Announcement, now: datetime) -> Announcement:
    """Ask another organiser to let it leave; its words are fixed from then on. Rule: who wrote it, a draft."""
    require(actor, "announcement.edit", announcement)
    if not reach_of(announcement).everybody:
        raise DomainError(_("Elle n’atteindrait personne : choisissez d’autres destinataires."))
    _swap(announcement, AnnouncementState.DRAFT, state=AnnouncementState.PROPOSED, proposed_at=now)
    record(actor=actor, action="announcement.propose", obj=announcement, now=now)
    return announcement


def left_this_week(*, now: datetime) -> int:
    """How many announcements left in the seven days before `now`."""
    return Announcement.objects.filter(sent_at__gt=now - WEEK).count()


@transaction.atomic
def approve_announcement(*, actor: Any, announcement: Announcement, now: datetime) -> Announcement:
    """Let it leave, once. Rule: an organiser other than the one who wrote it.

    DomainError when ANNOUNCEMENTS_A_WEEK have left in seven days: two approvals at once wait for one another.
    WrongState when it left or was given up meanwhile.
    """
    require(actor, "announcement.approve", announcement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_SPACE])
    most = settings.ANNOUNCEMENTS_A_WEEK
    if left_this_week(now=now) >= most:
        said = ngettext(
            "%(n)s annonce est déjà partie en sept jours : celle-ci attendra.",
            "%(n)s annonces sont déjà parties en sept jours : celle-ci attendra.",
            most,
        )
        raise DomainError(said % {"n": most})
    _swap(announcement, AnnouncementState.PROPOSED, state=AnnouncementState.SENT, approved_by=actor, sent_at=now)
    count = reach_of(announcement).everybody
    record(actor=actor, action="announcement.approve", obj=announcement, now=now, accounts=count)
    key = f"{ANNOUNCEMENT.name}:{announcement.pk}"
    record_event(kind=ANNOUNCEMENT.name, key=key, subject=announcement, payload={}, now=now)
    return announcement


@transaction.atomic
def cancel_announcement(*, actor: Any, announcement: Announcement, now: datetime) -> Announcement:
    """Give it up before it leaves. Rule: every organiser, until then. WrongState when it has left."""
    require(actor, "announcement.cancel", announcement)
    _swap(announcement, announcement.state, state=AnnouncementState.CANCELLED, cancelled_by=actor, cancelled_at=now)
    record(actor=actor, action="announcement.cancel", obj=announcement, now=now)
    return announcement


def _swap(announcement: Announcement, before: str, **changes: Any) -> None:
    """Compare-and-swap from the state `before`; WrongState when somebody was faster."""
    if not Announcement.objects.filter(pk=announcement.pk, state=before).update(**changes):
        raise WrongState
    announcement.refresh_from_db()
