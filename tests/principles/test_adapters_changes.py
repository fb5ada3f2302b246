"""What programs hear of the charter."""

from typing import Any

from django.utils import translation

from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import shown_to_all
from principles.actions import hide_amendment
from principles.models import Amendment, Version
from tests.access.conftest import on_paper, world
from tests.world import NOW, World

__all__ = ["on_paper", "world"]


def _event(kind: str, subject: Any, number: int) -> Event:
    event = record_event(kind=kind, key=f"essai:{kind}", subject=subject, payload={"number": number}, now=NOW)
    return Event.objects.get(pk=event.pk)


def test_a_version_is_told_by_its_number_and_leads_to_itself(on_paper: World) -> None:
    version = Version.objects.order_by("-number")[0]
    event = _event("charter.version_adopted", version, version.number)
    shown = shown_to_all(event)
    assert shown is not None
    assert f"Version {version.number} de la charte" in shown.title
    assert shown.url == version.get_absolute_url()
    with translation.override("en"):
        english = shown_to_all(event)
    assert english is not None
    assert english.url.startswith("/en/")


def test_an_amendment_is_told_until_its_words_are_hidden(on_paper: World) -> None:
    organiser = on_paper.account("organiser")
    amendment = Amendment.objects.public().filter(state="open", hidden_at=None).exclude(author=organiser)[0]
    event = _event("amendment.opened", amendment, amendment.number or 0)
    shown = shown_to_all(event)
    assert shown is not None
    assert amendment.title in shown.title
    hide_amendment(actor=organiser, amendment=amendment, reason="Ces mots visent une personne.", now=NOW)
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


def test_a_draft_is_never_told(on_paper: World) -> None:
    draft = on_paper.amendments["draft_member_own"]
    assert shown_to_all(_event("amendment.opened", draft, 0)) is None
