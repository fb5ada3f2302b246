"""Saved searches: asked by a mailbox or an account, confirmed, managed, stopped; never somebody else's."""

from django.urls import reverse
from django.utils import timezone

from cases.enums import SearchState
from cases.models import SavedSearch
from cases.notifications.alerts import ALERT_LIFETIME, ALERT_PURPOSE, search_secret
from coalition.core.tokens import issue_token
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

QUERY = "?stage=pilot"
ADDRESS = "suivi@zorglubmail.example"
PACE = {"frequency": "daily"}


def _search(**fields: object) -> SavedSearch:
    values = {"query": "stage=pilot", "asked_at": NOW, "state": SearchState.ACTIVE, "confirmed_at": NOW, **fields}
    return SavedSearch.objects.create(**values)


def _mailbox_runs(_world: World, _visitor: Visitor) -> None:
    _search(address=ADDRESS)


def _mailbox_waits(world: World, _visitor: Visitor) -> None:
    search = _search(address=ADDRESS, state=SearchState.PENDING, confirmed_at=None)
    secret = issue_token(
        purpose=ALERT_PURPOSE, subject=search, address=ADDRESS, lifetime=ALERT_LIFETIME, now=timezone.now()
    )
    world.secrets["alert"] = reverse("case_alert_confirm", args=[secret])


def _own_runs(world: World, visitor: Visitor) -> None:
    role = visitor.role if visitor.role in world.accounts else "registered"
    _search(account=world.accounts[role])


def _other_runs(world: World, _visitor: Visitor) -> None:
    _search(account=world.accounts["second_organiser"])


def _secret() -> str:
    return search_secret(SavedSearch.objects.get())


@row("subscription", "none", "subscribe own account", acts=True)
def follow(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_alert_follow") + QUERY, {"frequency": "weekly"})


@row("subscription", "none", "subscribe a typed e-mail (double opt-in)", acts=True)
def ask(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_alert_new") + QUERY, {"email": ADDRESS, "nickname": "", **PACE})


@row("subscription", "pending", "confirm with token (POST)", acts=True, given=_mailbox_waits)
def confirm(world: World, visitor: Visitor) -> Answers:
    return visitor.post(world.secrets["alert"])


@row("subscription", "pending", "confirm by GET only (link scanner)", reads=True, given=_mailbox_waits)
def confirm_by_get(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(world.secrets["alert"]), visitor.ask("HEAD", world.secrets["alert"])]


@row(
    "subscription",
    "active",
    "unsubscribe with token, no login (POST; RFC 8058 one-click)",
    acts=True,
    given=_mailbox_runs,
)
def stop(_world: World, visitor: Visitor) -> Answers:
    address = reverse("case_alert_stop", args=[_secret()])
    return [visitor.post(address), visitor.post(address)]


@row("subscription", "active", "unsubscribe as a mail programme does (RFC 8058)", acts=True, given=_mailbox_runs)
def one_click(_world: World, visitor: Visitor) -> Answers:
    address = reverse("case_alert_one_click", args=[_secret()])
    return [visitor.post(address, {"List-Unsubscribe": "One-Click"}) for _again in range(2)]


@row("subscription", "active", "unsubscribe by GET prefetch", reads=True, given=_mailbox_runs)
def stop_by_get(_world: World, visitor: Visitor) -> Answers:
    addresses = [reverse(name, args=[_secret()]) for name in ("case_alert_stop", "case_alert_one_click")]
    return [visitor.ask(method, address) for address in addresses for method in ("GET", "HEAD")]


@row("subscription", "active", "manage with the link of a mail, no login (POST)", acts=True, given=_mailbox_runs)
def manage(_world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("case_alert_manage", args=[_secret()]), PACE)


@row("subscription", "active", "view/edit preferences of own account", acts=True, given=_own_runs)
def own(_world: World, visitor: Visitor) -> Answers:
    search = SavedSearch.objects.get()
    answers = [] if visitor.is_program else [visitor.get(reverse("case_alerts"))]
    answers.append(visitor.post(reverse("case_alert_pace", args=[search.pk]), PACE))
    answers.append(visitor.post(reverse("case_alert_act", args=[search.pk]), {"act": "mute"}))
    return [*answers, visitor.post(reverse("case_alert_end", args=[search.pk]))]


@row("subscription", "active", "view/edit of another person by id", given=_other_runs)
def another(_world: World, visitor: Visitor) -> Answers:
    key = SavedSearch.objects.get().pk
    doors = ("case_alert_pace", "case_alert_end", "case_alert_act")
    return [visitor.post(reverse(name, args=[key]), {**PACE, "act": "mute"}) for name in doors]


@row("subscription", "active", "list addresses / bulk import", acts=True, given=_mailbox_runs)
def list_and_import(_world: World, visitor: Visitor) -> Answers:
    given = {
        "question": "stage=pilot",
        "source": "La rencontre de mai.",
        "rows": "2\tabonne@zorglubmail.example\tfr\tdaily",
    }
    answers = [] if visitor.is_program else [visitor.get(reverse("case_subscribers"))]
    answers.append(visitor.post(reverse("case_subscribers"), {"address": "zorglub"}))
    answers.append(visitor.post(reverse("case_subscribers_csv")))
    return [*answers, visitor.post(reverse("case_subscribers_import"), given)]
