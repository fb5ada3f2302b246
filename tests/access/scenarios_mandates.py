"""An organisation's people: invited, joining, changed, sent away, handing over."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils import timezone

from coalition.core.attachments import store_attachment
from coalition.core.tokens import issue_token
from members.enums import Role
from members.models import Affiliation, Invitation, JoinRequest, VerifiedDomain
from members.notifications.mandates import INVITATION_PURPOSE
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

OTHER = "quelquun.dautre@zorglubmail.example"
PDF = b"%PDF-1.4 preuve"


def _address_of(world: World, visitor: Visitor) -> str:
    account = world.accounts.get(visitor.role)
    return account.email if account else OTHER


def _invite(world: World, email: str, *, place: str = "unsigned", past: bool = False) -> str:
    """An invitation of an organisation, and its secret; `past`: its last day is over."""
    now = timezone.now()
    lasts = -timedelta(hours=1) if past else timedelta(days=14)
    invitation = Invitation.objects.create(
        organisation=world.organisations[place],
        email=email,
        role=Role.EDITOR,
        invited_by=world.accounts["rep_own"],
        created_at=now,
        expires_at=now + lasts,
    )
    lifetime = timedelta(days=30) if past else lasts
    return issue_token(purpose=INVITATION_PURPOSE, subject=invitation, address=email, lifetime=lifetime, now=now)


def _invited(world: World, visitor: Visitor) -> None:
    world.secrets["invitation"] = _invite(world, _address_of(world, visitor))


def _somebody_invited(world: World, _visitor: Visitor) -> None:
    world.secrets["invitation"] = _invite(world, OTHER, place="own")


def _invited_long_ago(world: World, visitor: Visitor) -> None:
    """An invitation past its last day, and a new password asked for at that address since."""
    world.secrets["invitation"] = _invite(world, _address_of(world, visitor), past=True)
    visitor.post(reverse("account_reset_password"), {"email": _address_of(world, visitor)})


def _link(world: World) -> str:
    return reverse("invitation", args=[world.secrets["invitation"]])


def _own(door: str, world: World, *more: Any) -> str:
    return reverse(door, args=[world.organisations["own"].slug, *more])


def _line(world: World, role: str) -> Affiliation:
    running = Affiliation.objects.active().filter(organisation=world.organisations["own"])
    return running.get(account=world.accounts[role])


@row("organisation", "confirmed", "open the page of its people")
def open_people(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_own("people", world))


@row("organisation", "confirmed", "invite member", acts=True)
def invite(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("invitation_new", world), {"email": OTHER, "role": "member", "language": "fr"})


@row("organisation", "invited", "read an invitation by its link", given=_somebody_invited)
def read_link(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(_link(world)), visitor.ask("HEAD", _link(world))]


@row("organisation", "invited", "accept invitation: token + same e-mail", given=_invited, acts=True)
def accept(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_link(world), {"answer": "accept"})


@row("organisation", "invited", "accept with token but other e-mail", given=_somebody_invited)
def accept_for_another(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_link(world), {"answer": "accept"})


@row("organisation", "invited", "accept expired token via password reset", given=_invited_long_ago)
def accept_too_late(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_link(world), {"answer": "accept"})


@row("organisation", "invited", "decline an invitation with its link (POST)", given=_somebody_invited, acts=True)
def decline(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_link(world), {"answer": "decline"})


@row("organisation", "invited", "answer another’s invitation from one’s account page", given=_somebody_invited)
def answer_for_another(world: World, visitor: Visitor) -> Answers:
    invitation = Invitation.objects.open().get(email=OTHER)
    return visitor.post(reverse("invitation_answer", args=[invitation.pk]), {"answer": "accept"})


@row("organisation", "invited", "cancel or send again", given=_somebody_invited, acts=True)
def cancel_or_resend(world: World, visitor: Visitor) -> Answers:
    answers: list[HttpResponse] = []
    for door in ("invitation_resend", "invitation_cancel"):
        pk = Invitation.objects.open().get(email=OTHER).pk
        answers.append(visitor.post(_own(door, world, pk)))
    return answers


@row("organisation", "any", "invite a whole list")
def invite_list(_world: World, visitor: Visitor) -> Answers:
    file = SimpleUploadedFile("liste.csv", b"organisation,email\nVille Propre,a@ville.example\n")
    address = reverse("invitation_list")
    return [visitor.get(address), visitor.post(address, {"file": file})]


@row("organisation", "confirmed", "remove member / change role", acts=True)
def remove_and_change(world: World, visitor: Visitor) -> Answers:
    change = visitor.post(_own("affiliation_edit", world, _line(world, "second_organiser").pk), {"role": "editor"})
    remove = visitor.post(_own("affiliation_end", world, _line(world, "second_organiser").pk))
    return [change, remove]


@row("organisation", "confirmed", "let an editor into the admin’s editor", acts=True)
def let_editor_in(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("affiliation_admin_entry", world, _line(world, "cityed_own").pk), {"entry": "in"})


@row("organisation", "confirmed", "remove the last representative", acts=True)
def remove_last(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("affiliation_end", world, _line(world, "rep_own").pk))


def _second_representative(world: World, visitor: Visitor) -> None:
    Affiliation.objects.filter(pk=_line(world, "second_organiser").pk).update(role=Role.REPRESENTATIVE)


@row("organisation", "confirmed", "leave", given=_second_representative, acts=True)
def leave(world: World, visitor: Visitor) -> Answers:
    """Members and representatives end their own line. The team has none and is offered nothing; nobody ends another's
    membership by leaving, an editor neither (an editor's own line: `test_views_people.py`)."""
    if visitor.role in ("organiser", "superuser"):
        return "Quitter l’organisation" in visitor.get(_own("people", world)).content.decode()
    role = visitor.role if visitor.role in ("member_own", "rep_own") else "member_own"
    return visitor.post(_own("affiliation_end", world, _line(world, role).pk))


def _with_proof(world: World, _visitor: Visitor) -> None:
    proof = store_attachment(
        name="preuve.pdf", content_type="application/pdf", data=PDF, account=world.accounts["rep_own"], now=NOW
    )
    Affiliation.objects.filter(pk=_line(world, "rep_own").pk).update(mandate_document=proof)


@row("organisation", "confirmed", "read the proof of a mandate", given=_with_proof, acts=True)
def read_proof(world: World, visitor: Visitor) -> Answers:
    answer = visitor.get(_own("mandate_document", world, _line(world, "rep_own").pk))
    if isinstance(answer, FileResponse):
        for close in answer._resource_closers:  # type: ignore[attr-defined]  # its own close() ends the connection
            close()
    return answer


@row("organisation", "confirmed", "hand over one’s mandate", acts=True)
def hand_over(world: World, visitor: Visitor) -> Answers:
    data = {"successor": "other", "email": OTHER, "language": "fr"}
    return visitor.post(_own("hand_over", world), data)


def _domain_known(world: World, _visitor: Visitor) -> None:
    VerifiedDomain.objects.create(
        organisation=world.organisations["own"], domain="zorglubmail.example", verified_at=NOW
    )


@row("organisation", "confirmed", "join with an address of a verified domain", given=_domain_known, acts=True)
def join_by_domain(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("join_domain", world))


@row("organisation", "confirmed", "ask to join", acts=True)
def ask_to_join(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("join_request", world), {"role": "member", "message": "Bonjour."})


def _asked(world: World, _visitor: Visitor) -> None:
    asked = JoinRequest.objects.create(
        organisation=world.organisations["own"], account=world.accounts["rep_other"], role=Role.MEMBER, created_at=NOW
    )
    world.secrets["request"] = str(asked.pk)


@row("organisation", "asked", "answer a request to join", given=_asked, acts=True)
def answer_request(world: World, visitor: Visitor) -> Answers:
    key = world.secrets["request"]
    data = {f"r{key}-decision": "yes", f"r{key}-role": "member"}
    return visitor.post(_own("join_request_decide", world, key), data)


def _asked_by_nobody_here(world: World, _visitor: Visitor) -> None:
    asked = JoinRequest.objects.create(
        organisation=world.organisations["own"],
        account=world.accounts["second_organiser"],
        role=Role.MEMBER,
        created_at=NOW,
    )
    world.secrets["request"] = str(asked.pk)


@row("organisation", "asked", "take back another’s request to join", given=_asked_by_nobody_here)
def take_back_request(world: World, visitor: Visitor) -> Answers:
    return visitor.post(_own("join_request_withdraw", world, world.secrets["request"]))
