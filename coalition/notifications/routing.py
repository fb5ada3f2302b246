"""By which route an event reaches each account: at once, in a digest, on the site only, or not at all.

Decided once, when the event is fanned out, and written as a notice; UNIQUE(account, event) makes a second route
impossible. What somebody changes afterwards counts for later events.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, Value

from coalition.notifications.enums import DEFAULT_RHYTHM, DIGEST_HOUR, STOPPED, Category, Rhythm, Route
from coalition.notifications.following import follow_automatically
from coalition.notifications.kinds import Kind, Recipient, Targets
from coalition.notifications.models import Choice, Event, Follow, Notice, Preferences

HOME = "Europe/Paris"
_TELL = """
WITH told AS (
    INSERT INTO notifications_notice
        (account_id, event_id, target_kind, target_key, as_follower, route, created_at, digested)
    SELECT reached.account_id, %(event)s, %(kind)s, %(key)s, %(follower)s,
        CASE WHEN bool_or(reached.muted) OR MAX(COALESCE(choice.rhythm, %(default)s)) = 'off' THEN 'muted'
             WHEN MAX(COALESCE(choice.rhythm, %(default)s)) = 'now' AND MAX(preferences.paused_until) > %(today)s
             THEN 'daily'
             ELSE MAX(COALESCE(choice.rhythm, %(default)s)) END,
        %(now)s, FALSE
    FROM ({reached}) AS reached (account_id, muted)
    JOIN {account} AS account ON account.id = reached.account_id AND account.is_active
    LEFT JOIN notifications_choice AS choice ON choice.account_id = account.id AND choice.category = %(category)s
    LEFT JOIN notifications_preferences AS preferences ON preferences.account_id = account.id
    WHERE account.id IS DISTINCT FROM %(actor)s
    GROUP BY reached.account_id
    ON CONFLICT (account_id, event_id) DO NOTHING
    RETURNING account_id, route
)
INSERT INTO notifications_delivery
    (event_id, account_id, for_account, address, channel, language, name, state, message_id, attempts, not_before,
     last_error, as_follower)
SELECT %(event)s, account.id, TRUE, lower(account.email), 'email', account.language,
    COALESCE(NULLIF(account.name, ''), split_part(account.email, '@', 1)),
    CASE WHEN stop.reason IS NULL THEN 'pending' ELSE 'suppressed' END,
    '<' || gen_random_uuid() || '@' || %(domain)s || '>', 0, COALESCE(quiet.ends, statement_timestamp()),
    COALESCE(%(stopped)s || stop.reason, ''), %(follower)s
FROM told
JOIN {account} AS account ON account.id = told.account_id
LEFT JOIN notifications_stoppedaddress AS stop ON stop.address = lower(account.email)
LEFT JOIN notifications_preferences AS preferences ON preferences.account_id = account.id
LEFT JOIN unnest(%(zones)s::text[], %(froms)s::int[], %(tos)s::int[], %(ends)s::timestamptz[])
    AS quiet (zone, hour_from, hour_to, ends)
    ON quiet.zone = account.time_zone AND quiet.hour_from = preferences.quiet_from
    AND quiet.hour_to = preferences.quiet_to
WHERE told.route = 'now'
ON CONFLICT (event_id, address, channel) DO NOTHING
"""
_FOLLOWERS = """
    SELECT follow.account_id, follow.muted FROM notifications_follow AS follow
    JOIN unnest(%(kinds)s::text[], %(keys)s::text[]) AS target (kind, key)
        ON follow.target_kind = target.kind AND follow.target_key = target.key
"""


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; that of Paris for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(HOME)


def quiet_end(now: datetime, zone: str, hour_from: int | None, hour_to: int | None) -> datetime | None:
    """When the quiet hours that run at `now` end, in UTC; None out of them, without any, or for an empty span.

    Whole hours on the clock of `zone`, which may pass midnight and days that are 23 or 25 hours long.
    """
    if hour_from is None or hour_to is None or hour_from == hour_to:
        return None
    local = now.astimezone(zone_of(zone))
    inside = hour_from <= local.hour < hour_to
    if hour_from > hour_to:
        inside = local.hour >= hour_from or local.hour < hour_to
    if not inside:
        return None
    end = local.replace(hour=hour_to, minute=0, second=0, microsecond=0, fold=0)
    if local.hour >= hour_to:
        end += timedelta(days=1)
    return max(end.astimezone(UTC), now.astimezone(UTC))


def route_for(rhythm: str, *, muted: bool, paused: bool) -> Route:
    """One route: silence first, then what was chosen; what would leave at once waits in the digest during a pause."""
    if muted or rhythm == Rhythm.OFF:
        return Route.MUTED
    return Route.DAILY if paused and rhythm == Rhythm.NOW else Route(rhythm)


@dataclass
class _Readers:
    """What is known of the accounts an event concerns."""

    rhythms: dict[int, str] = field(default_factory=dict)
    preferences: dict[int, Preferences] = field(default_factory=dict)
    muted: set[int] = field(default_factory=set)
    defaults: dict[int, str] = field(default_factory=dict)
    default: str = Rhythm.NOW

    def route(self, account: int, now: datetime) -> Route:
        """The one route of this account."""
        kept = self.preferences.get(account)
        paused = kept is not None and kept.paused_until is not None and kept.paused_until > now.date()
        rhythm = self.rhythms.get(account) or self.defaults.get(account, self.default)
        return route_for(rhythm, muted=account in self.muted, paused=paused)

    def waits(self, now: datetime, *, patient: bool = False) -> dict[int, datetime]:
        """Until when the accounts wait whose quiet hours run, and for what is `patient` those in a pause too."""
        ends = {account: _mail_waits(kept, now, patient) for account, kept in self.preferences.items()}
        return {account: end for account, end in ends.items() if end is not None}


def _mail_waits(kept: Preferences, now: datetime, patient: bool) -> datetime | None:
    """The end of what holds a mail back: quiet hours; of a pause the morning it ends, at the hour of digests."""
    zone = kept.account.time_zone
    if not (patient and kept.paused_until and kept.paused_until > now.astimezone(zone_of(zone)).date()):
        return quiet_end(now, zone, kept.quiet_from, kept.quiet_to)
    morning = datetime.combine(kept.paused_until, time(DIGEST_HOUR), zone_of(zone)).astimezone(UTC)
    return quiet_end(morning, zone, kept.quiet_from, kept.quiet_to) or morning


def _about(accounts: Iterable[int], category: str, targets: Targets) -> _Readers:
    """Three queries, whatever the number of accounts."""
    ids = list(accounts)
    chosen = Choice.objects.filter(account__in=ids, category=category).values_list("account", "rhythm")
    silenced = Follow.objects.filter(_named(targets), account__in=ids, muted=True)
    kept = Preferences.objects.filter(account__in=ids).select_related("account")
    return _Readers(
        dict(chosen), {one.account_id: one for one in kept}, set(silenced.values_list("account", flat=True))
    )


def _named(targets: Targets) -> Q:
    found = Q(pk__in=[])
    for kind, key in targets:
        found |= Q(target_kind=kind, target_key=key)
    return found


def is_tuned(kind: Kind, targets: Targets) -> bool:
    """May accounts choose how they are told of it? Never of security, signatures and mandates, nor of what has no name
    to be called by on the site.
    """
    return bool(targets) and kind.category in Category.values


def route_people(
    event: Event, kind: Kind, people: Sequence[Recipient], now: datetime
) -> tuple[list[Recipient], dict[int, datetime]]:
    """Write the notices of those the kind names; who is to be mailed now, and until when the quiet ones wait.

    An address without account, and a kind that is not tuned, are mailed as they come; what is `patient` still waits
    for the end of quiet hours and of a pause. Whoever is told on the site only gets no mail, whatever they chose.
    """
    targets = list(kind.targets(event))
    tuned = is_tuned(kind, targets)
    known = _known(people, kind, targets) if tuned or kind.patient else _Readers()
    routes = _routes(people, known if tuned else _Readers(), now) if targets else {}
    if routes:
        _write_notices(event, targets[0], routes, now)
    return _mailed(people, routes), known.waits(now, patient=kind.patient)


def _mailed(people: Sequence[Recipient], routes: Mapping[int, Route]) -> list[Recipient]:
    """Those for whom a mail leaves at once: addresses without account, and accounts whose route it is."""
    elsewhere = {account for account, route in routes.items() if route != Route.NOW}
    return [one for one in people if not one.site_only and one.account_id not in elsewhere]


def _known(people: Sequence[Recipient], kind: Kind, targets: Targets) -> _Readers:
    """What is known of those of them who have an account, and the rhythm the kind gives those who chose none."""
    accounts = [person.account_id for person in people if person.account_id is not None]
    known = _about(accounts, kind.category, targets) if accounts else _Readers()
    known.defaults = _defaults(kind, people)
    return known


def _routes(people: Sequence[Recipient], known: _Readers, now: datetime) -> dict[int, Route]:
    """The one route of each account; that of who is told on the site only is the site, or silence."""
    routes: dict[int, Route] = {}
    for person in people:
        if person.account_id is None:
            continue
        route = known.route(person.account_id, now)
        routes[person.account_id] = Route.APP if person.site_only and route != Route.MUTED else route
    return routes


def _defaults(kind: Kind, people: Sequence[Recipient]) -> dict[int, str]:
    """The kind's own default of those who are told in a role it names."""
    found = {person.account_id: kind.defaults.get(person.role, "") for person in people}
    return {account: rhythm for account, rhythm in found.items() if account is not None and rhythm}


def _write_notices(event: Event, target: tuple[str, str], routes: dict[int, Route], now: datetime) -> None:
    rows = [
        Notice(
            account_id=account, event=event, target_kind=target[0], target_key=target[1], route=route, created_at=now
        )
        for account, route in routes.items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def tell_followers(event: Event, kind: Kind, *, domain: str, now: datetime) -> int:
    """Notices, and deliveries of those told at once, for everybody who follows what the event is about.

    Two queries, whatever their number; who has a notice of this event already, and who did it, is left out. How many
    mails were added; `domain` ends their Message-ID.
    """
    targets = list(kind.targets(event)) if kind.news else []
    if not targets:
        return 0
    followers = Follow.objects.filter(_named(targets)).values("account")
    values = {
        "follower": True,
        "category": Category.FOLLOWING.value,
        "kinds": [kind for kind, _key in targets],
        "keys": [key for _kind, key in targets],
        **_quiet_spans(followers, now),
    }
    return _tell(event, targets[0], _FOLLOWERS, values, domain=domain, now=now)


def tell_crowd(event: Event, kind: Kind, *, domain: str, now: datetime) -> int:
    """The same for the accounts the kind's `crowd` finds, as they chose for the kind's category, in its own words.

    Two queries, whatever their number. The query set gives keys of accounts; one that is there twice is told once.
    """
    crowd, targets = kind.crowd(event), list(kind.targets(event))
    if crowd is None or not targets:
        return 0
    people = crowd.order_by()
    reached, values = _named_query(people.annotate(muted=Value(False)).values("pk", "muted"))
    values |= {"follower": False, "category": kind.category, **_quiet_spans(people.values("pk"), now)}
    return _tell(event, targets[0], reached, values, domain=domain, now=now)


def _named_query(accounts: Any) -> tuple[str, dict[str, Any]]:
    """A query set as SQL whose parameters have names, to stand inside another statement."""
    sql, given = accounts.query.sql_with_params()
    first, *others = sql.split("%s")
    named = first + "".join(f"%(crowd{n})s{part}" for n, part in enumerate(others))
    return named, {f"crowd{n}": value for n, value in enumerate(given)}


def _tell(
    event: Event, target: tuple[str, str], reached: str, more: dict[str, Any], *, domain: str, now: datetime
) -> int:
    """One statement: notices for those `reached` selects, mails for those told at once; how many mails."""
    table = connection.ops.quote_name(get_user_model()._meta.db_table)
    values = {
        "event": event.pk,
        "kind": target[0],
        "key": target[1],
        "default": DEFAULT_RHYTHM[Category(more["category"])].value,
        "today": now.date(),
        "now": now,
        "actor": event.actor_id,
        "domain": domain,
        "stopped": STOPPED,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL.format(account=table, reached=reached), values)
        return int(cursor.rowcount)


def _quiet_spans(accounts: Any, now: datetime) -> dict[str, list[Any]]:
    """The quiet hours that run now among these accounts, each zone and span once. One query."""
    spans = (
        Preferences.objects.filter(account__in=accounts, quiet_from__isnull=False)
        .values_list("account__time_zone", "quiet_from", "quiet_to")
        .distinct()
    )
    running = [(*span, end) for span in spans if (end := quiet_end(now, *span))]
    columns: list[list[Any]] = [list(column) for column in zip(*running, strict=True)] or [[], [], [], []]
    return dict(zip(("zones", "froms", "tos", "ends"), columns, strict=True))


def join_authors(event: Event, kind: Kind, now: datetime) -> None:
    """Whoever did it follows what the kind says they join."""
    if event.actor is not None:
        for target_kind, key in kind.joins(event):
            follow_automatically(account=event.actor, kind=target_kind, key=key, now=now)
