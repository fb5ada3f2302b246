"""What programs hear of events, and what may be followed."""

from django.utils import timezone

from coalition.notifications.models import Event as Told
from coalition.notifications.webhooks.registry import shown_to_all
from coalition.pages.actions import cancel_event, withdraw_event
from coalition.pages.views.targets import event_targets
from tests.pages.events import draft, published
from tests.world import World


def test_programs_hear_what_holds_now(on_paper: World) -> None:
    event = published(on_paper)
    announced = Told.objects.get(kind="event.announced")
    shown = shown_to_all(announced)
    assert shown is not None and shown.title == "Rendez-vous annoncé\u00a0: Atelier des comptages"
    cancel_event(actor=on_paper.account("cityed_own"), event=event, reason="Salle prise.", now=timezone.now())
    assert shown_to_all(Told.objects.get(pk=announced.pk)) is None
    cancelled = Told.objects.get(kind="event.cancelled")
    assert shown_to_all(cancelled) is not None
    withdraw_event(actor=on_paper.account("organiser"), event=event, now=timezone.now())
    assert shown_to_all(Told.objects.get(pk=cancelled.pk)) is None


def test_drafts_are_targets_of_those_who_write_them_only(on_paper: World) -> None:
    first, second = draft(on_paper), published(on_paper)
    keys = [first.slug, second.slug, "nowhere"]
    assert set(event_targets.readable(None, keys)) == {second.slug}
    assert set(event_targets.readable(on_paper.account("rep_own"), keys)) == {first.slug, second.slug}
