"""How the mail is doing, in figures and in short lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _, ngettext

from coalition.notifications.enums import DeliveryState, IncomingState
from coalition.notifications.health import queue_health
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, DomainPace, Event, IncomingMail
from coalition.notifications.pacing.slots import bound_of, domain_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class MailFigures:
    """`due`: should leave now; `later`: wait for their time; `held`: in a worker's hands; of the last hour and minute
    what was sent, of the last hour what failed, was held back or came back.
    """

    oldest_seconds: float
    events: int
    due: int
    later: int
    held: int
    sent_hour: int
    sent_minute: int
    failed_hour: int
    failed: int
    given_up: int
    answers_waiting: int
    answers_failed: int


def mail_figures(now: datetime) -> MailFigures:
    """Everything the page counts; a fixed number of queries, on indexes of what is pending, failed or sent."""
    pending = Delivery.objects.pending().aggregate(
        held=Count("pk", filter=Q(leased_until__gte=Now())),
        later=Count("pk", filter=Q(not_before__gt=Now()) & ~Q(leased_until__gte=Now())),
        every=Count("pk"),
    )
    sent = Delivery.objects.filter(state=DeliveryState.SENT, sent_at__gt=now - HOUR).aggregate(
        hour=Count("pk"), minute=Count("pk", filter=Q(sent_at__gt=now - MINUTE))
    )
    failed = Delivery.objects.failed()
    answers = IncomingMail.objects.aggregate(
        waiting=Count("pk", filter=Q(state=IncomingState.WAITING)),
        failed=Count("pk", filter=Q(state=IncomingState.FAILED)),
    )
    return MailFigures(
        oldest_seconds=queue_health(now).oldest_due_seconds,
        events=Event.objects.waiting().count(),
        due=pending["every"] - pending["held"] - pending["later"],
        later=pending["later"],
        held=pending["held"],
        sent_hour=sent["hour"],
        sent_minute=sent["minute"],
        failed_hour=failed.filter(event__created_at__gt=now - HOUR).count(),
        failed=failed.count(),
        given_up=Event.objects.given_up().count(),
        answers_waiting=answers["waiting"],
        answers_failed=answers["failed"],
    )


def waited(seconds: float) -> str:
    """A wait in words, in its largest unit; "aucun" under five seconds."""
    if seconds < 5:
        return _("aucun")
    days = int(seconds // 86_400)
    if days:
        return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
    size, unit = next(((size, unit) for size, unit in ((3_600, "h"), (60, "min")) if seconds >= size), (1, "s"))
    return f"{int(seconds // size)}\u202f{unit}"


@dataclass(frozen=True, slots=True)
class SlowDomain:
    """A domain whose mail waits its turn: its bound a minute, how many wait, when the last may leave."""

    domain: str
    bound: int
    waiting: int
    until: datetime


def slow_domains(now: datetime) -> list[SlowDomain]:
    """The domains held to their bound, the longest wait first. Two queries."""
    paces = list(DomainPace.objects.filter(tail_until__gt=now).order_by("-tail_until")[:SHOWN])
    if not paces:
        return []
    later = Delivery.objects.pending().filter(not_before__gt=now, attempts=0).order_by()
    counts: dict[str, int] = {}
    for address, count in later.values_list("address").annotate(count=Count("pk")):
        domain = domain_of(address)
        counts[domain] = counts.get(domain, 0) + count
    return [
        SlowDomain(pace.domain, bound_of(pace.domain), counts[pace.domain], pace.tail_until)
        for pace in paces
        if counts.get(pace.domain)
    ]


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail in a list, without its words: what it was about is said by its kind."""

    delivery: Delivery
    label: str
    again: bool


def mail_rows(deliveries: Any) -> list[MailRow]:
    """Rows of a query set of deliveries, at most SHOWN; one query."""
    return [
        MailRow(one, kind_label(one.event.kind), can_leave_again(one))
        for one in deliveries.select_related("event").defer("raw", "event__payload")[:SHOWN]
    ]


def can_leave_again(delivery: Delivery) -> bool:
    """Was it given up, and can its words be made again? Those of a mail composed elsewhere are gone with its end."""
    return delivery.state == DeliveryState.FAILED and is_templated(delivery.event.kind)


def is_templated(name: str) -> bool:
    """Does the kind of that name make its words anew at each sending? One nobody registers any more does not."""
    try:
        return get_kind(name).templated
    except LookupError:
        return False


def kind_label(name: str) -> str:
    """What a kind is called; its name for one that no app registers any more."""
    try:
        return str(get_kind(name).label)
    except LookupError:
        return name


def given_up_events() -> list[tuple[Event, str]]:
    """Events nobody could be told of, newest first, with the name of their kind."""
    return [(event, kind_label(event.kind)) for event in Event.objects.given_up().order_by("-pk")[:SHOWN]]


def failed_answers() -> list[IncomingMail]:
    """Answers by mail that could not be acted upon, newest first."""
    failed = IncomingMail.objects.filter(state=IncomingState.FAILED).order_by("-pk")
    return list(failed.select_related("account").defer("raw")[:SHOWN])
