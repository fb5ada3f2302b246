"""Events: drafts exist for those who write them; only organisers speak for a coalition or take back what is public."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from coalition.pages.models import Event
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

POSTED = {
    "title": "Autre titre",
    "kind": "forum",
    "summary": "Une autre phrase.",
    "language": "fr",
    "starts_on": "2030-02-12",
    "starts_time": "14:00",
    "ends_time": "16:30",
    "time_zone": "Europe/Paris",
    "online_url": "https://visio.example.org/a",
}


def _to(name: str, event: Event) -> str:
    return reverse(name, args=[event.slug])


def _fresh(world: World, name: str) -> Event:
    return Event.objects.get(pk=world.events[name].pk)


@row("event", "draft", "read")
def read_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_to("event", world.events["draft"]))


@row(
    "event",
    "draft",
    "appears in list, calendars, feed, sitemap, API",
    api=lambda world: [("GET", _to("api_event", world.events["draft"]))],
)
def meet_draft(world: World, visitor: Visitor) -> Answers:
    names = ("events", "event_csv", "event_calendar", "agenda_public", "changes_feed", "sitemap", "api_events")
    met = [visitor.get(reverse(name)).content.decode() for name in names]
    slug = world.events["draft"].slug
    return any(slug in page for page in met)


@row("event", "draft", "edit, publish", acts=True)
def publish_draft(world: World, visitor: Visitor) -> Answers:
    event = world.events["draft"]
    edited = visitor.post(_to("event_edit", event), {**POSTED, "based_on": event.version})
    return [edited, visitor.post(_to("event_publish", event), {"based_on": event.version + 1})]


@row(
    "event",
    "published",
    "read and take away",
    api=lambda world: [("GET", reverse("api_events")), ("GET", _to("api_event", world.events["published"]))],
)
def read_published(world: World, visitor: Visitor) -> Answers:
    event = world.events["published"]
    names = ("events", "event_csv", "event_calendar")
    return [
        *(visitor.get(reverse(name)) for name in names),
        *(visitor.get(_to(n, event)) for n in ("event", "event_file")),
    ]


@row("event", "published", "edit", acts=True)
def edit_published(world: World, visitor: Visitor) -> Answers:
    event = world.events["published"]
    return visitor.post(_to("event_edit", event), {**POSTED, "based_on": event.version})


@row("event", "published", "cancel", acts=True)
def cancel_published(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_to("event_cancel", world.events["published"]), {"reason": "Salle prise."})


@row("event", "published", "publish again")
def publish_again(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_to("event_publish", world.events["published"]), {"based_on": "2"})


@row("event", "published", "take back to a draft", acts=True)
def take_back(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_to("event_withdraw", world.events["published"]))


def _over(world: World, _visitor: Visitor) -> None:
    """It took place the day before yesterday."""
    ended = timezone.now() - timedelta(days=2)
    rows = Event.objects.filter(pk=world.events["published"].pk)
    rows.update(starts_at=ended - timedelta(hours=2), ends_at=ended)


@row("event", "past", "tell what came out of it", given=_over, acts=True)
def tell(world: World, visitor: Visitor) -> Answers:
    event = _fresh(world, "published")
    return visitor.post(_to("event_report", event), {"report": "Douze villes.", "based_on": event.version})


@row(
    "event",
    "cancelled",
    "read and take away",
    api=lambda world: [("GET", _to("api_event", world.events["cancelled"]))],
)
def read_cancelled(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(_to(name, world.events["cancelled"])) for name in ("event", "event_file")]


@row("event", "cancelled", "edit, cancel again")
def edit_cancelled(world: World, visitor: Visitor) -> Answers:
    event = world.events["cancelled"]
    edited = visitor.post(_to("event_edit", event), {**POSTED, "based_on": event.version})
    return [edited, visitor.post(_to("event_cancel", event), {"reason": "Encore."})]


@row("event", "cancelled", "take back to a draft", acts=True)
def take_back_cancelled(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_to("event_withdraw", world.events["cancelled"]))


@row("event", "none", "create for one's organisation", acts=True)
def create(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("event_new"), {**POSTED, "organisation": world.organisations["own"].pk})


@row("event", "none", "create for a coalition", acts=True)
def create_for_coalition(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("event_new"), {**POSTED, "coalition": world.coalition.pk})


@row("event", "none", "list one's own")
def list_own(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("event_desk"))
