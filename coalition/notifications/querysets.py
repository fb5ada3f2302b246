"""Reading the outbox. What is due and what is leased is judged by the database's clock, never by a worker's."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Now

from coalition.notifications.enums import DIGESTED, MAX_ATTEMPTS, Channel, DeliveryState, IncomingState, Route

CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM notifications_delivery
    WHERE state = 'pending' AND channel = %s AND not_before <= statement_timestamp()
      AND (leased_until IS NULL OR leased_until < statement_timestamp())
    ORDER BY not_before, id
    LIMIT %s
    FOR UPDATE SKIP LOCKED
)
UPDATE notifications_delivery AS delivery
SET leased_until = statement_timestamp() + make_interval(secs => %s), lease_token = %s
FROM due WHERE delivery.id = due.id
RETURNING delivery.*
"""

BEGIN = """
UPDATE notifications_delivery AS delivery
SET attempts = attempts + 1, leased_until = statement_timestamp() + make_interval(secs => %s)
WHERE id = %s AND state = 'pending' AND lease_token = %s AND leased_until >= statement_timestamp()
RETURNING attempts, (SELECT reason FROM notifications_stoppedaddress AS stop WHERE stop.address = delivery.address),
    NOT for_account OR EXISTS (SELECT FROM {account} AS account WHERE account.id = account_id AND account.is_active),
    set_config('synchronous_commit', 'off', true)
"""
"""Its commit does not wait for the disk: forgotten in a crash, the claim before it still holds the row."""

RENEW = """
WITH held AS MATERIALIZED (
    SELECT id FROM notifications_delivery WHERE id = ANY(%s) AND state = 'pending' AND lease_token = %s
    FOR UPDATE SKIP LOCKED
)
UPDATE notifications_delivery AS delivery SET leased_until = statement_timestamp() + make_interval(secs => %s)
FROM held WHERE delivery.id = held.id
"""

SETTLE = """
UPDATE notifications_delivery
SET state = %s, sent_at = CASE WHEN %s THEN statement_timestamp() END, last_error = %s, leased_until = NULL,
    lease_token = NULL, raw = NULL
WHERE id = %s AND state = 'pending'
"""


class Begun(NamedTuple):
    """Which attempt of a delivery begins, why its address is stopped if it is, whether its account is still there."""

    attempt: int
    stopped: str | None
    has_account: bool


class EventQuerySet(models.QuerySet[Any]):
    """Events, waiting or told."""

    def waiting(self) -> Self:
        """Not fanned out yet, and not given up."""
        return self.filter(fanned_out_at__isnull=True, attempts__lt=MAX_ATTEMPTS)

    def due(self) -> Self:
        """Waiting and ready now, oldest first."""
        return self.waiting().filter(not_before__lte=Now()).order_by("not_before", "id")

    def given_up(self) -> Self:
        """Never fanned out: every attempt raised."""
        return self.filter(fanned_out_at__isnull=True, attempts__gte=MAX_ATTEMPTS)


class DeliveryQuerySet(models.QuerySet[Any]):
    """Deliveries by state."""

    def pending(self) -> Self:
        """Still to be sent."""
        return self.filter(state=DeliveryState.PENDING)

    def due(self) -> Self:
        """Pending, ready now and in nobody's hands."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=Now())
        return self.pending().filter(free, not_before__lte=Now())

    def failed(self) -> Self:
        """Given up."""
        return self.filter(state=DeliveryState.FAILED)

    def claim(self, *, limit: int, lease_seconds: float, token: UUID, channel: str = Channel.EMAIL) -> list[Any]:
        """Take up to `limit` due deliveries of one channel for `lease_seconds`, in one statement, whatever this query
        set filters.
        """
        claimed = list(self.model._base_manager.raw(CLAIM, [str(channel), limit, lease_seconds, token]))
        return sorted(claimed, key=lambda delivery: (delivery.not_before, delivery.pk))

    def begin(self, delivery: Any, *, lease_seconds: float) -> Begun | None:
        """Count an attempt of a claimed delivery and renew its lease, in one statement.

        None when the row is not this holder's any more.
        """
        account = connections[self.db].ops.quote_name(get_user_model()._meta.db_table)
        with connections[self.db].cursor() as cursor:
            cursor.execute(BEGIN.format(account=account), [lease_seconds, delivery.pk, delivery.lease_token])
            row = cursor.fetchone()
        return None if row is None else Begun(*row[:3])

    def renew(self, keys: Sequence[int], *, token: UUID, lease_seconds: float) -> int:
        """Lengthen the leases of `token` among `keys` to `lease_seconds` from now; how many.

        Rows that somebody is writing at this moment are passed over: they are being begun or settled.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(RENEW, [list(keys), token, lease_seconds])
            return int(cursor.rowcount)

    def settle(self, pk: int, state: DeliveryState, error: str) -> int:
        """End a delivery that is not ended yet, whoever holds it, and wipe what was kept of its words; 1 or 0."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(SETTLE, [state.value, state is DeliveryState.SENT, error, pk])
            return int(cursor.rowcount)


class NoticeQuerySet(models.QuerySet[Any]):
    """What accounts were told."""

    def shown(self) -> Self:
        """What the site shows: everything that was not silenced."""
        return self.exclude(route=Route.MUTED)

    def unread(self) -> Self:
        """Shown and not read."""
        return self.filter(read_at__isnull=True).exclude(route=Route.MUTED)

    def to_digest(self) -> Self:
        """Waiting for a digest."""
        return self.filter(route__in=DIGESTED, digested=False)


class IncomingMailQuerySet(models.QuerySet[Any]):
    """Mails that came in, by what became of them."""

    def waiting(self) -> Self:
        """Stored and not acted upon yet."""
        return self.filter(state=IncomingState.WAITING)

    def due(self) -> Self:
        """Waiting and ready now, oldest first."""
        return self.waiting().filter(not_before__lte=Now()).order_by("not_before", "id")

    def turned_away(self) -> Self:
        """What organisers look at: refused to somebody, or given up; newest first."""
        return self.filter(state__in=[IncomingState.REFUSED, IncomingState.FAILED]).order_by("-received_at", "-pk")
