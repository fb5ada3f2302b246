"""Writing the outbox: a fact, the people it concerns, and what became of each mail."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import getaddresses, parseaddr
from typing import Any
from uuid import uuid4
from zlib import crc32

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Model, prefetch_related_objects
from django.db.models.functions import Now
from django.utils import timezone

from coalition.core.languages import reader_language
from coalition.notifications.circulars import Circulars
from coalition.notifications.enums import (
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    STOPPED,
    UNREACHABLE_RETRY,
    Channel,
    DeliveryState,
    Return,
    StopSource,
    retry_delay,
)
from coalition.notifications.hook_deliveries import add_hook_deliveries, parcel_for
from coalition.notifications.kinds import Kind, Recipient, get_kind, is_essential
from coalition.notifications.models import Delivery, Event
from coalition.notifications.notifications import ACCOUNT_MAIL, FOLLOWED
from coalition.notifications.rendering import compose, is_address, pack, unpack
from coalition.notifications.routing import join_authors, route_people, tell_crowd, tell_followers
from coalition.notifications.stops.listing import holds_back, stopped_among
from coalition.notifications.stops.returns import note_return
from coalition.notifications.transport import PermanentFailure, TemporaryFailure, Transport, Unreachable

log = logging.getLogger(__name__)

SETTLE_TRIES = 6
DATABASE_AWAY = (OperationalError, InterfaceError)


# The fact --------------------------------------------------------------------


def record_event(
    *, kind: str, key: str, subject: Model | None, payload: dict[str, Any], now: datetime, actor: Any = None
) -> Event:
    """Write that something happened, in the caller's transaction; with a key already known, return what is there.

    Touches neither broker nor mail server: rolled back with its transaction, it never happened. `subject` is the
    object concerned, `payload` whatever JSON the kind's functions need later, `actor` the account that did it
    (somebody anonymous counts as nobody). LookupError when no app registered `kind`.
    """
    get_kind(kind)
    event = Event(kind=kind, key=key, payload=payload, created_at=now, actor_id=getattr(actor, "pk", None))
    if subject is not None:
        event.content_type = ContentType.objects.get_for_model(subject)
        event.object_id = str(subject.pk)
    Event.objects.bulk_create([event], ignore_conflicts=True)
    return Event.objects.get(key=key)


def record_events(*, kind: str, facts: Mapping[str, tuple[Model, dict[str, Any]]], now: datetime) -> int:
    """Write many facts of one kind in the caller's transaction, each under its key, with its subject and payload.

    As `record_event`, in two queries for any number of subjects of one class. Returns how many were given; those
    whose key was known stay as they are.
    """
    get_kind(kind)
    events = [
        Event(
            kind=kind,
            key=key,
            payload=payload,
            created_at=now,
            content_type=ContentType.objects.get_for_model(subject),
            object_id=str(subject.pk),
        )
        for key, (subject, payload) in facts.items()
    ]
    Event.objects.bulk_create(events, ignore_conflicts=True, batch_size=500)
    return len(events)


@transaction.atomic
def record_composed_mail(*, message: EmailMessage, now: datetime) -> Event | None:
    """Put away a mail composed elsewhere: one event, one delivery per recipient, words kept until sent.

    None when it has no recipient. Raises BadHeaderError or ValueError for a header that cannot be sent.
    """
    raw = pack(message)
    language = reader_language()
    people = [
        Recipient(address=address, language=language, name=name, account_id=None)
        for name, address in getaddresses([str(to) for to in message.recipients()])
        if address
    ]
    if not people:
        return None
    event = record_event(
        kind=ACCOUNT_MAIL.name, key=f"{ACCOUNT_MAIL.name}:{uuid4()}", subject=None, payload={}, now=now
    )
    _add_deliveries(event, people, raw=raw, essential=True)
    Event.objects.filter(pk=event.pk).update(fanned_out_at=now)
    return event


# The people --------------------------------------------------------------------


def fan_out_event(*, event_id: int, now: datetime) -> int:
    """Give an event its deliveries, once, in one transaction; the number added, 0 when another worker has it.

    Two recipients with the same address, whatever its case, are told once. Accounts are told as they chose (`routing`),
    then those who follow what it is about. If the kind's functions raise, nothing of
    it stays, the event is put off like a refused mail, and after MAX_ATTEMPTS it is left for somebody to look at.
    """
    try:
        with transaction.atomic():
            event = Event.objects.waiting().select_for_update(skip_locked=True).filter(pk=event_id).first()
            if event is None:
                return 0
            kind = get_kind(event.kind)
            told, waits = route_people(event, kind, _once_each(kind.recipients(event)), now)
            added = _add_deliveries(event, told, waits=waits, essential=kind.is_essential)
            added += tell_followers(event, kind, domain=mail_domain(), now=now)
            added += tell_crowd(event, kind, domain=mail_domain(), now=now)
            added += add_hook_deliveries(event)
            join_authors(event, kind, now)
            Event.objects.filter(pk=event_id).update(fanned_out_at=now, last_error="")
            return added
    except Exception as error:
        log.exception("event %s could not be fanned out", event_id)
        _put_off_event(event_id, error)
        return 0


def _put_off_event(event_id: int, error: Exception) -> None:
    event = Event.objects.waiting().filter(pk=event_id).first()
    if event is None:
        return
    delay = retry_delay(event.attempts + 1, _spread(event.key, event.attempts))
    Event.objects.filter(pk=event_id, fanned_out_at__isnull=True).update(
        attempts=F("attempts") + 1, not_before=Now() + delay, last_error=_words(error)
    )


def _once_each(recipients: Iterable[Recipient]) -> list[Recipient]:
    """The first of those who share an address."""
    people: dict[str, Recipient] = {}
    for recipient in recipients:
        people.setdefault(recipient.address.strip().lower(), recipient)
    return list(people.values())


def _add_deliveries(
    event: Event,
    recipients: Iterable[Recipient],
    *,
    essential: bool,
    raw: str | None = None,
    waits: Mapping[int, datetime] | None = None,
) -> int:
    """One delivery each, held back where the address is stopped; those of accounts in `waits` leave no earlier."""
    rows = [_delivery(event, recipient.address.strip().lower(), recipient, raw) for recipient in _once_each(recipients)]
    stopped = stopped_among(row.address for row in rows)
    for row in rows:
        if waits and row.account_id is not None and row.account_id in waits:
            row.not_before = waits[row.account_id]
        reason = stopped.get(row.address)
        if row.state == DeliveryState.PENDING and holds_back(reason, essential=essential):
            row.state, row.last_error, row.raw = DeliveryState.SUPPRESSED, f"{STOPPED}{reason}", None
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _delivery(event: Event, address: str, recipient: Recipient, raw: str | None) -> Delivery:
    sendable = is_address(address)
    return Delivery(
        event=event,
        account_id=recipient.account_id,
        for_account=recipient.account_id is not None,
        address=address[:320],
        channel=Channel.EMAIL,
        language=recipient.language,
        name=recipient.name[:200],
        message_id=f"<{uuid4()}@{mail_domain()}>",
        state=DeliveryState.PENDING if sendable else DeliveryState.FAILED,
        last_error="" if sendable else "not an address",
        raw=raw if sendable else None,
    )


def mail_domain() -> str:
    """The domain of our sender address, which also ends each Message-ID."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


# What is not told any more -----------------------------------------------------


def suppress_deliveries(*, account: Any) -> int:
    """Hold back what still waits for this account, before it is erased; how many mails will not leave."""
    waiting = Delivery.objects.pending().filter(account=account)
    return waiting.update(state=DeliveryState.SUPPRESSED, raw=None, leased_until=None, lease_token=None)


# The mail ------------------------------------------------------------------------


def claim_deliveries(
    *, limit: int, lease_seconds: float = LEASE_SECONDS, channel: Channel = Channel.EMAIL
) -> list[Delivery]:
    """Take up to `limit` due deliveries of a channel for this worker, oldest first, each with its event.

    One statement with SKIP LOCKED: no two workers get the same row. The lease runs on the database's clock; when its
    holder dies the row is free again after `lease_seconds`.
    """
    claimed = Delivery.objects.claim(limit=limit, lease_seconds=lease_seconds, token=uuid4(), channel=channel)
    prefetch_related_objects(claimed, "event")
    return claimed


def release_deliveries(*, deliveries: Sequence[Delivery], error: str = "", delay: timedelta = timedelta()) -> int:
    """Give claimed deliveries back untried, to be taken up after `delay`; no attempt is counted."""
    changes: dict[str, Any] = {"leased_until": None, "lease_token": None}
    if delay:
        changes |= {"not_before": Now() + delay, "last_error": error}
    tokens = {delivery.lease_token for delivery in deliveries}
    mine = Delivery.objects.pending().filter(pk__in=[delivery.pk for delivery in deliveries], lease_token__in=tokens)
    return mine.update(**changes)


def open_line(*, delivery: Delivery, transport: Transport) -> None:
    """Make sure of a connection; where there is none, put `delivery` off uncounted and raise Unreachable."""
    try:
        transport.open()
    except Unreachable as error:
        delay = UNREACHABLE_RETRY * (0.75 + _spread(delivery.message_id, 0) / 2)
        release_deliveries(deliveries=[delivery], error=str(error), delay=delay)
        raise


def send_delivery(
    *,
    delivery: Delivery,
    transport: Transport,
    lease_seconds: float = LEASE_SECONDS,
    circulars: Circulars | None = None,
) -> DeliveryState:
    """Send one claimed delivery and commit what became of it; call it outside any transaction.

    Returns `sent` once the server has taken the message and the row says so; `suppressed` when the recipient may no
    longer see the subject, or the address is stopped; `pending` when it was put off, or was no longer ours; `failed`
    when refused for good or after MAX_ATTEMPTS. Raises Unreachable when no connection can be had: the delivery is put
    off, no attempt counted. `circulars`: what followers of the same thing share, for those who send to many.
    """
    open_line(delivery=delivery, transport=transport)
    begun = Delivery.objects.begin(delivery, lease_seconds=lease_seconds)
    if begun is None:
        return DeliveryState.PENDING
    delivery.attempts = begun.attempt
    if holds_back(begun.stopped, essential=not delivery.as_follower and is_essential(delivery.event.kind)):
        return _settle(delivery, DeliveryState.SUPPRESSED, f"{STOPPED}{begun.stopped}")
    if delivery.attempts > MAX_ATTEMPTS:
        return _settle(delivery, DeliveryState.FAILED, delivery.last_error or "given up")
    return _attempt(delivery, transport, circulars if begun.has_account else None)


def _attempt(delivery: Delivery, transport: Transport, circulars: Circulars | None) -> DeliveryState:
    """Write what is to be sent and hand it over; what became of it."""
    try:
        shared = circulars.letter(delivery) if circulars and delivery.as_follower else None
        message = shared or _message(delivery)
        if message is None:
            return _settle(delivery, DeliveryState.SUPPRESSED)
        transport.send(message)
    except PermanentFailure as error:
        return _fail(delivery, str(error), error.about_address)
    except TemporaryFailure as error:
        return _put_off(delivery, str(error), error.about_address)
    except Exception as error:
        log.exception("delivery %s could not be composed", delivery.pk)
        return _put_off(delivery, _words(error))
    return _settle(delivery, DeliveryState.SENT)


def _message(delivery: Delivery) -> Any:
    """The mail, or the parcel for a program, to send; None when it must not be sent any more.

    Event and subject are read anew: what matters is what the recipient may see now, not what they could see when
    the event happened. An account or a subject that is gone since then ends it too.
    """
    delivery.event = Event.objects.get(pk=delivery.event_id)
    if delivery.channel == Channel.WEBHOOK:
        return parcel_for(delivery)
    kind = get_kind(delivery.event.kind)
    if not _may_be_told(delivery, kind):
        return None
    if delivery.as_follower:
        return compose(delivery, FOLLOWED) if FOLLOWED.visible(delivery.event, delivery.recipient) else None
    if delivery.raw is not None:
        return unpack(delivery.raw, delivery)
    return compose(delivery, kind)


def _may_be_told(delivery: Delivery, kind: Kind) -> bool:
    if delivery.for_account:
        delivery.account = get_user_model()._default_manager.filter(deliveries=delivery.pk).first()
        if delivery.account is None or not delivery.account.is_active:
            return False
    if delivery.event.content_type_id is not None and delivery.event.subject is None:
        return False
    return kind.visible(delivery.event, delivery.recipient)


def _put_off(delivery: Delivery, error: str, about_address: Return = Return.NONE) -> DeliveryState:
    """After a temporary failure: later, each time longer; for good after MAX_ATTEMPTS."""
    if delivery.attempts >= MAX_ATTEMPTS:
        return _fail(delivery, error, about_address)
    delay = retry_delay(delivery.attempts, _spread(delivery.message_id, delivery.attempts))
    release_deliveries(deliveries=[delivery], error=error, delay=delay)
    return DeliveryState.PENDING


def _fail(delivery: Delivery, error: str, about_address: Return) -> DeliveryState:
    """Given up; what the server said of the address counts for the next mails too."""
    _settle(delivery, DeliveryState.FAILED, error)
    note_return(delivery=delivery, came_back=about_address, source=StopSource.SMTP, detail=error, now=timezone.now())
    return DeliveryState.FAILED


def _settle(delivery: Delivery, state: DeliveryState, error: str = "") -> DeliveryState:
    """Commit the end of a delivery, wiping what was kept of its words.

    Deliberately not bound to the lease: once the server has said 250 the row must say so even if the lease ran out,
    so that whoever took it over finds it done.
    """
    _insist(lambda: Delivery.objects.settle(delivery.pk, state, error))
    return state


def _insist(write: Callable[[], int]) -> None:
    """Repeat a write through a short absence of the database: a mail has left and the row must say so."""
    for attempt in range(1, SETTLE_TRIES + 1):
        try:
            write()
            return
        except DATABASE_AWAY:
            if attempt == SETTLE_TRIES or connection.in_atomic_block:
                raise
            log.warning("database away while settling a delivery, trying again")
            connection.close()
            time.sleep(attempt / 2)


def _spread(text: str, attempts: int) -> float:
    """A number from 0 to 1 that is the same for the same attempt of the same mail, and different across mails."""
    return crc32(f"{text}:{attempts}".encode()) / 0xFFFFFFFF


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
