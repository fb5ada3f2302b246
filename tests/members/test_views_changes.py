"""What programs hear of signatures, adoptions and coalitions."""

from typing import Any

from django.urls import reverse

from coalition.core.documents import current_document
from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import shown_to_all
from members.actions import record_adoption
from members.enums import CoalitionState, CosponsorshipState, OrganisationState
from members.models import Coalition, Cosponsorship, Organisation
from tests.access.conftest import on_paper, world
from tests.world import NOW, World

__all__ = ["on_paper", "world"]


def _event(kind: str, subject: Any) -> Event:
    event = record_event(kind=kind, key=f"essai:{kind}", subject=subject, payload={}, now=NOW)
    return Event.objects.get(pk=event.pk)


def test_a_signature_is_told_while_it_is_public_and_its_organisation_too(on_paper: World) -> None:
    act = on_paper.acts["public"]
    event = _event("cosponsorship.official", act)
    shown = shown_to_all(event)
    assert shown is not None
    assert (act.organisation.name in shown.title, shown.url) == (True, act.get_absolute_url())
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.WITHDRAWN)
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.OFFICIAL)
    Organisation.objects.filter(pk=act.organisation_id).update(state=OrganisationState.PENDING)
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


def test_a_local_adoption_is_told_while_it_is_published(on_paper: World) -> None:
    document = current_document(on_paper.coalition)
    assert document is not None
    adoption = record_adoption(
        organisation=on_paper.organisations["own"],
        coalition=on_paper.coalition,
        actor=on_paper.account("rep_own"),
        document_sha256=document.sha256,
        adopted_on=NOW.date(),
        decision_reference="Délibération 7",
        now=NOW,
    )
    event = Event.objects.get(kind="adoption.recorded")
    shown = shown_to_all(event)
    assert shown is not None
    assert shown.url == reverse("adoption", args=[adoption.pk])
    type(adoption).objects.filter(pk=adoption.pk).update(state="withdrawn")
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


def test_a_coalition_is_told_once_it_is_official(on_paper: World) -> None:
    event = _event("coalition.official", on_paper.coalition)
    assert shown_to_all(event) is None
    Coalition.objects.filter(pk=on_paper.coalition.pk).update(state=CoalitionState.OFFICIAL, official_since=NOW)
    shown = shown_to_all(Event.objects.get(pk=event.pk))
    assert shown is not None
    assert str(on_paper.coalition.number) in shown.title
