"""A newer version of the charter, the yearly renewal, and what organisations adopt at home."""

from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from coalition.core.documents import current_document
from coalition.core.models import Attachment
from members.actions import Change, ask_renewal, record_adoption, withdraw_adoption
from members.models import Cosponsorship, LocalAdoption
from principles.actions import accept_amendment
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World


def _current(world: World) -> str:
    document = current_document(world.coalition)
    assert document is not None
    return document.sha256


def _newer(world: World, _visitor: Visitor) -> None:
    """The charter gains a version after own's act was signed."""
    accept_amendment(
        actor=world.account("organiser"), amendment=world.amendments["open"], motive="Ce motif est lu de tous.", now=NOW
    )


def _asked(world: World, _visitor: Visitor) -> None:
    act = Cosponsorship.objects.get(pk=world.acts["public"].pk)
    ask_renewal(cosponsorship=act, actor=None, now=NOW)


def _adopted(world: World, _visitor: Visitor) -> None:
    """Own adopts the charter with a local change and a decision on file."""
    adoption = record_adoption(
        organisation=world.organisations["own"],
        coalition=world.coalition,
        actor=world.account("rep_own"),
        document_sha256=_current(world),
        adopted_on=NOW.date(),
        decision_reference="Délibération 7",
        changes=[Change(kind="adapted", key="partage", text="Notre texte.")],
        now=NOW,
    )
    decision = Attachment(name="d.pdf", content_type="application/pdf", size=4, sha256="0" * 64, created_at=NOW)
    decision.file.save(str(decision.key), ContentFile(b"%PDF"), save=False)
    decision.save()
    LocalAdoption.objects.filter(pk=adoption.pk).update(decision_document=decision)


def _adopted_and_withdrawn(world: World, visitor: Visitor) -> None:
    _adopted(world, visitor)
    withdraw_adoption(adoption=_adoption(), actor=world.account("rep_own"), reason="Annulée.", now=NOW)


def _adoption() -> LocalAdoption:
    found: LocalAdoption = LocalAdoption.objects.get()
    return found


def _door(name: str) -> str:
    return reverse(name, args=[_adoption().pk])


def _said(world: World) -> dict[str, Any]:
    return {
        "document_sha256": _current(world),
        "adopted_on": "2026-11-02",
        "decision_reference": "Délibération 8",
        "step": "publish",
    }


@row("cosponsorship", "public, behind the version in force", "confirm the newer version", given=_newer, acts=True)
def confirm_newer_version(world: World, visitor: Visitor) -> Answers:
    address = reverse("cosponsorship_version", args=[world.acts["public"].pk])
    return visitor.post(address, {"seen": _current(world), "answer": "confirm", "step": "sign"})


@row("cosponsorship", "to renew", "renew", given=_asked, acts=True)
def renew(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("cosponsorship_renew", args=[world.acts["public"].pk]))


@row(
    "adoption",
    "published",
    "view, list, API",
    given=_adopted,
    api=lambda _world: [("GET", reverse("api_adoptions")), ("GET", _door("api_adoption"))],
)
def view_adoption(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("adoptions")), visitor.get(_door("adoption"))]


@row("adoption", "published", "download the decision", given=_adopted)
def download_decision(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_door("adoption_document"))


@row("adoption", "none", "record", acts=True)
def record(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("adoption_new", args=[world.organisations["own"].slug]), _said(world))


@row("adoption", "published", "edit", given=_adopted, acts=True)
def edit_adopted(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_door("adoption_edit"), _said(world))


@row("adoption", "published", "withdraw", given=_adopted, acts=True)
def withdraw_adopted(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_door("adoption_withdraw"), {"reason": "Annulée."})


@row("adoption", "withdrawn", "view", given=_adopted_and_withdrawn)
def view_withdrawn(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_door("adoption"))


@row("adoption", "withdrawn", "download the decision", given=_adopted_and_withdrawn)
def download_withdrawn(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_door("adoption_document"))


@row("adoption", "withdrawn", "edit", given=_adopted_and_withdrawn)
def edit_withdrawn(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_door("adoption_edit"), _said(world))
