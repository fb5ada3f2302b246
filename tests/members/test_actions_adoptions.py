"""An organisation says that it adopted the charter at home, with what it changed there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.core.access import Refused, WrongState
from coalition.core.attachments import AttachmentRefused
from coalition.core.errors import DomainError
from coalition.core.models import Attachment, AuditLine
from coalition.notifications.actions import fan_out_event
from coalition.notifications.models import Delivery, Event
from members.actions import (
    AdoptionExists,
    AdoptionUnclear,
    Change,
    edit_adoption,
    record_adoption,
    withdraw_adoption,
)
from members.models import Coalition, LocalAdoption, Organisation, User
from tests.members.conftest import NOW
from tests.members.editions import Editions, sha256_of

ADAPTED = Change(kind="adapted", key="partage", text="Une fois par an.")


def pdf(text: bytes = b"decision") -> SimpleUploadedFile:
    return SimpleUploadedFile("décision.pdf", b"%PDF-1.7\n" + text, "application/pdf")


@pytest.fixture
def record(editions: Editions, city: Organisation, chief: User, coalition: Coalition) -> Callable[..., LocalAdoption]:
    """The city's adoption of version 1, with what the test adds."""

    def make(**said: Any) -> LocalAdoption:
        whole = {
            "organisation": city,
            "coalition": coalition,
            "actor": chief,
            "document_sha256": sha256_of("1"),
            "adopted_on": date(2026, 11, 12),
            "decision_reference": "Délibération 2026-7",
            "now": NOW,
            **said,
        }
        return record_adoption(**whole)

    return make


def test_it_is_public_at_once_and_the_organisers_are_told(
    record: Callable[..., LocalAdoption], organiser: User, chief: User
) -> None:
    adoption = record(changes=[ADAPTED, Change(kind="added", title="Entretenir", text="Chaque année.")])
    assert adoption in LocalAdoption.objects.published()
    assert [(row.kind, row.article_title, row.text) for row in adoption.changes.all()] == [
        ("adapted", "Partager", "Une fois par an."),
        ("added", "Entretenir", "Chaque année."),
    ]
    event = Event.objects.get(kind="adoption.recorded")
    fan_out_event(event_id=event.pk, now=NOW)
    assert list(Delivery.objects.filter(event=event).values_list("address", flat=True)) == [organiser.email]
    assert AuditLine.objects.get(action="adoption.record").actor == chief


def test_any_adopted_version_may_be_the_one(record: Callable[..., LocalAdoption], editions: Editions) -> None:
    editions.version = "2"
    assert record().document_version == "1"


def test_one_adoption_stands_at_a_time(record: Callable[..., LocalAdoption], chief: User) -> None:
    first = record()
    with pytest.raises(AdoptionExists):
        record(upload=pdf())
    assert not Attachment.objects.exists()
    withdraw_adoption(adoption=first, actor=chief, reason="Annulée par le tribunal.", now=NOW)
    assert record().pk != first.pk


@pytest.mark.parametrize(
    "said",
    [
        {"adopted_on": date(2026, 11, 23)},
        {"document_sha256": "f" * 64},
        {"changes": [Change(kind="adapted", key="inconnu", text="Quoi ?")]},
        {"changes": [Change(kind="adapted", key="partage", text=" ")]},
        {"changes": [Change(kind="added", title="", text="Sans titre.")]},
        {"changes": [Change(kind="added", key="partage", title="Partager", text="Deux fois.")]},
        {"changes": [Change(kind="left_out")]},
        {"changes": [ADAPTED, Change(kind="left_out", key="partage")]},
        {"changes": [Change(kind="adapted", key="partage", text="x" * 5001)]},
        {"changes": [Change(kind="dreamt", key="partage", text="Non.")]},
    ],
)
def test_what_does_not_hold_together_is_refused(record: Callable[..., LocalAdoption], said: dict[str, Any]) -> None:
    with pytest.raises(AdoptionUnclear):
        record(**said)
    assert not LocalAdoption.objects.exists()


def test_the_decision_is_kept_as_a_file_and_another_takes_its_place(
    record: Callable[..., LocalAdoption], chief: User, django_capture_on_commit_callbacks: Any
) -> None:
    adoption = record(upload=pdf())
    first = adoption.decision_document
    assert first is not None
    with django_capture_on_commit_callbacks(execute=True):
        edited = edit_adoption(
            adoption=adoption,
            actor=chief,
            document_sha256=sha256_of("1"),
            adopted_on=date(2026, 11, 13),
            decision_reference="Délibération 2026-8",
            changes=[ADAPTED],
            upload=pdf(b"another"),
            now=NOW,
        )
    assert edited.decision_document is not None
    assert list(Attachment.objects.values_list("pk", flat=True)) == [edited.decision_document.pk]
    before = AuditLine.objects.get(action="adoption.edit").data["before"]
    assert (before["decision_reference"], before["changes"]) == ("Délibération 2026-7", [])
    assert edited.changes.count() == 1


def test_what_is_no_document_is_refused(record: Callable[..., LocalAdoption]) -> None:
    with pytest.raises(AttachmentRefused):
        record(upload=SimpleUploadedFile("page.pdf", b"<html>", "application/pdf"))
    assert not LocalAdoption.objects.exists()


def test_withdrawing_says_why_and_both_sides_are_told(
    record: Callable[..., LocalAdoption], organiser: User, chief: User
) -> None:
    adoption = record()
    with pytest.raises(DomainError):
        withdraw_adoption(adoption=adoption, actor=organiser, reason=" ", now=NOW)
    withdraw_adoption(adoption=adoption, actor=organiser, reason="La décision n’existe pas.", now=NOW)
    assert adoption.withdrawal_reason == "La décision n’existe pas."
    assert not LocalAdoption.objects.published().exists()
    event = Event.objects.get(kind="adoption.withdrawn")
    Event.objects.filter(pk=event.pk).update(actor=None)
    fan_out_event(event_id=event.pk, now=NOW)
    told = set(Delivery.objects.filter(event=event).values_list("address", flat=True))
    assert told == {organiser.email, chief.email}
    with pytest.raises(WrongState):
        withdraw_adoption(adoption=adoption, actor=chief, reason="Encore.", now=NOW)


def test_nobody_adopts_for_others(
    record: Callable[..., LocalAdoption], organiser: User, make_account: Callable[..., User]
) -> None:
    for stranger in (organiser, make_account("Nora")):
        with pytest.raises(Refused):
            record(actor=stranger)
