"""What becomes of an act: drafted, sent again, proved, reworded, and whose name it shows."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.actions import propose_change
from members.models import Cosponsorship, CosponsorshipChange
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

WORDS = {"commitments": ["propose_services"], "sentence_propose_services": "Un guichet par radio.", "statement": ""}


def _address(world: World, door: str, act: str) -> str:
    return reverse(door, args=[world.acts[act].pk])


def _propose(world: World, _visitor: Visitor) -> None:
    propose_change(
        cosponsorship=Cosponsorship.objects.get(pk=world.acts["public"].pk),
        actor=world.account("rep_own"),
        commitments=["propose_services"],
        sentences={"propose_services": "Un guichet par radio."},
        now=NOW,
    )


@row("cosponsorship", "none", "save a draft", acts=True)
def draft(world: World, visitor: Visitor) -> Answers:
    data = {"organisation": world.organisations["unsigned"].pk, "statement": "Peut-être.", "step": "save"}
    return visitor.post(reverse("cosponsorship_sign"), data)


@row("cosponsorship", "draft", "view and go on")
def view_draft(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_address(world, "cosponsorship", "draft"))


@row("cosponsorship", "draft", "discard", acts=True)
def discard(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_address(world, "cosponsorship_discard", "draft"))


@row("cosponsorship", "awaiting", "ask for another link", acts=True)
def resend(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_address(world, "cosponsorship_resend", "awaiting"))


@row("cosponsorship", "pending", "ask for a document", acts=True)
def ask_for_document(world: World, visitor: Visitor) -> Answers:
    data = {"decision": "ask", "motive": "La délibération."}
    return visitor.post(_address(world, "cosponsorship_decide", "submitted"), data)


@row("cosponsorship", "pending", "join the proof of mandate", acts=True)
def join_document(world: World, visitor: Visitor) -> Answers:
    proof = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.4 preuve")
    return visitor.post(_address(world, "cosponsorship_document_new", "submitted"), {"document": proof})


@row("cosponsorship", "any", "download the proof of mandate", acts=True)
def download_document(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_address(world, "cosponsorship_document", "awaiting"))


@row("cosponsorship", "public", "change displayed name/logo/statement", acts=True)
def change(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_address(world, "cosponsorship_change", "public"), WORDS)


@row("cosponsorship", "public", "publish or decline a change", acts=True, given=_propose)
def decide_change(world: World, visitor: Visitor) -> Answers:
    proposed = CosponsorshipChange.objects.get()
    address = reverse("cosponsorship_change_decide", args=[world.acts["public"].pk, proposed.pk])
    return visitor.post(address, {"decision": "yes"})


@row("cosponsorship", "public", "stop publishing the signatory’s name", acts=True)
def hide_name(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_address(world, "cosponsorship_hide_name", "public"))


@row("cosponsorship", "any", "see consent record (text version, time, proof)")
def see_consent(world: World, visitor: Visitor) -> Answers:
    act = world.acts["public"]
    return f"cosponsorship {act.pk}" in visitor.get(act.get_absolute_url()).content.decode()
