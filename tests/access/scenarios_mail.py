"""The mail of the site: organisers see how it is doing and stop addresses, a link in a mail stops its kind."""

from django.urls import reverse
from django.utils import timezone

from coalition.notifications.enums import DeliveryState
from coalition.notifications.heading.words import Leave, Way, sign_leave
from coalition.notifications.models import Choice, Delivery, Event, IncomingMail, StoppedAddress
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _failed(_world: World, _visitor: Visitor) -> None:
    """A mail, an event and an answer that were given up."""
    told = Event.objects.create(kind="comment.created", key="dit", created_at=NOW, fanned_out_at=NOW)
    Delivery.objects.create(
        event=told, address="ada@ville.example", language="fr", message_id="<a@v>", state=DeliveryState.FAILED
    )
    Event.objects.create(kind="comment.created", key="tu", created_at=NOW, attempts=99)
    IncomingMail.objects.create(
        identity="i", received_at=NOW, size=1, raw=b"x", state="failed", settled_at=NOW, sender="ada@ville.example"
    )


def _stopped(_world: World, _visitor: Visitor) -> None:
    StoppedAddress.objects.create(address="zoe@ville.example", reason="asked", source="site", since=NOW)


@row("mail", "any", "see health, failures and what an address was sent", given=_failed)
def see(_world: World, visitor: Visitor) -> Answers:
    pages = [reverse("mail_office"), reverse("mail_history", args=[Delivery.objects.get().pk])]
    found = visitor.post(reverse("mail_search"), {"who": "ada@ville.example"})
    return [*[visitor.ask(method, page) for page in pages for method in ("GET", "HEAD")], found]


@row("mail", "given up", "try again", acts=True, given=_failed)
def retry(_world: World, visitor: Visitor) -> Answers:
    failed = (
        ("envoi", Delivery.objects.get().pk),
        ("evenement", Event.objects.get(key="tu").pk),
        ("reponse", IncomingMail.objects.get().pk),
    )
    return [visitor.post(reverse("mail_retry", args=one)) for one in failed]


@row("mail address", "any", "stop, list, write to again", acts=True, given=_stopped)
def stop(_world: World, visitor: Visitor) -> Answers:
    lift = reverse("mail_lift", args=[StoppedAddress.objects.get().pk])
    return [
        visitor.get(reverse("mail_stops")),
        visitor.post(reverse("mail_stops"), {"address": "bob@ville.example", "motive": "Il a changé d’emploi."}),
        visitor.get(lift),
        visitor.post(lift, {"motive": "Elle l’a demandé."}),
    ]


def _link(world: World) -> str:
    return reverse("mail_leave", args=[sign_leave(Leave(world.accounts["registered"].pk, Way.CATEGORY, "charter"))])


@row("mail", "sent", "stop its kind with its link, no login (POST; RFC 8058)", acts=True)
def leave(world: World, visitor: Visitor) -> Answers:
    clicked = [visitor.post(_link(world), {"List-Unsubscribe": "One-Click"}) for _again in range(2)]
    return [*clicked, visitor.post(_link(world), {"act": "all"})]


@row("mail", "sent", "stop its kind by GET prefetch")
def leave_by_get(world: World, visitor: Visitor) -> Answers:
    answers: Answers = [visitor.ask(method, _link(world)) for method in ("GET", "HEAD")]
    assert not Choice.objects.filter(category="charter").exists()
    return answers


@row("mail", "sent", "tell of a bounce without the signature")
def tell_unsigned(_world: World, visitor: Visitor) -> Answers:
    body = {"events": '[{"type": "bounce", "address": "ada@ville.example"}]', "at": str(timezone.now())}
    return visitor.post(reverse("mail_events"), body)
