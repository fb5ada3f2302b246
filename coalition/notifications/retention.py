"""What the outbox forgets: settled mail after its time, and at once the address of who left."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coalition.core.privacy import PurgeStep, register_purge
from coalition.notifications.enums import DeliveryState, IncomingState, StopReason
from coalition.notifications.models import Delivery, DomainPace, Event, IncomingMail, Notice, StoppedAddress
from coalition.notifications.privacy import without_address

SETTLED = timedelta(days=90)
LAST_WORDS = timedelta(days=1)
NEWS = timedelta(days=365)
INCOMING_WORDS = timedelta(days=30)
WITH_ADDRESS = ("account.erased", "security.email_changed")
"""Kinds whose events hold an address that is no account’s any more, while their mails wait."""


def forget_deliveries(cutoff: datetime, dry_run: bool) -> int:
    """Rows of mails that were settled and whose event is older than `cutoff`; the event stays, it names nobody."""
    rows = Delivery.objects.exclude(state=DeliveryState.PENDING).filter(event__created_at__lt=cutoff)
    found = rows.count()
    if found and not dry_run:
        rows.delete()
    return found


def forget_last_words(cutoff: datetime, dry_run: bool) -> int:
    """The former address a mail went to, once it has gone (or was refused for good) and a day has passed."""
    waiting = Delivery.objects.pending().filter(event=OuterRef("pk"))
    gone = Event.objects.filter(~Exists(waiting), created_at__lt=cutoff, fanned_out_at__isnull=False)
    told = gone.filter(kind__in=WITH_ADDRESS)
    rows: Any = told.exclude(Q(payload={}))
    found = int(rows.count())
    if found and not dry_run:
        for delivery in Delivery.objects.filter(event__in=rows, for_account=False):
            Delivery.objects.filter(pk=delivery.pk).update(address=without_address(delivery.pk), name="", last_error="")
        rows.update(payload={}, last_error="")
    return found


def forget_notices(cutoff: datetime, dry_run: bool) -> int:
    """What accounts were told before `cutoff`, read or not."""
    rows = Notice.objects.filter(created_at__lt=cutoff)
    found = rows.count()
    if found and not dry_run:
        rows.delete()
    return found


def forget_incoming_words(cutoff: datetime, dry_run: bool) -> int:
    """The words of mails that came in before `cutoff` and were settled."""
    settled = IncomingMail.objects.exclude(state=IncomingState.WAITING).filter(received_at__lt=cutoff)
    rows = settled.exclude(raw=b"")
    return int(rows.count()) if dry_run else int(rows.update(raw=b"", said="", last_error=""))


def forget_incoming(cutoff: datetime, dry_run: bool) -> int:
    """The rows of mails that came in before `cutoff` and were settled."""
    rows = IncomingMail.objects.exclude(state=IncomingState.WAITING).filter(received_at__lt=cutoff)
    found = int(rows.count())
    if found and not dry_run:
        rows.delete()
    return found


def forget_stops(cutoff: datetime, dry_run: bool) -> int:
    """Addresses that refused mail before `cutoff`: a mailbox may exist again. What people asked or decided stays."""
    rows = StoppedAddress.objects.filter(since__lt=cutoff, reason__in=[StopReason.HARD, StopReason.SOFT])
    found = int(rows.count())
    if found and not dry_run:
        rows.delete()
    return found


def forget_paces(cutoff: datetime, dry_run: bool) -> int:
    """How fast mail went to domains that got none since `cutoff`."""
    rows = DomainPace.objects.filter(spent_until__lt=cutoff, tail_until__lt=cutoff)
    found = int(rows.count())
    if found and not dry_run:
        rows.delete()
    return found


def register_steps() -> None:
    """Called once, when the app is ready."""
    register_purge(PurgeStep("deliveries", _("Traces des courriels envoyés"), SETTLED, forget_deliveries))
    register_purge(PurgeStep("notices", _("Nouvelles dites aux comptes"), NEWS, forget_notices))
    register_purge(
        PurgeStep("last_words", _("Adresse d’un compte effacé, ou qui en a changé"), LAST_WORDS, forget_last_words)
    )
    register_purge(
        PurgeStep("incoming_words", _("Texte des réponses par courriel"), INCOMING_WORDS, forget_incoming_words)
    )
    register_purge(PurgeStep("incoming", _("Traces des réponses par courriel"), SETTLED, forget_incoming))
    register_purge(PurgeStep("stops", _("Adresses qui refusaient nos courriels"), NEWS, forget_stops))
    register_purge(PurgeStep("paces", _("Rythme d’envoi vers chaque domaine"), LAST_WORDS, forget_paces))
