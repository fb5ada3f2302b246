"""Supporters, signatures given on paper, contacts that leave the site, the registers of the admin."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from coalition.core.documents import current_document
from coalition.core.exports import create_export
from coalition.core.models import AuditLine, TemporaryExport
from coalition.core.tokens import issue_token
from members.actions import add_affiliation, record_paper_signature, support_as_organisation
from members.enums import Role
from members.models import Cosponsorship, Support
from members.notifications import SUPPORT_PURPOSE, withdrawal_secret
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

SCAN = b"%PDF-1.4 signed"
WORDS = {"name": "Fatou Sow", "city": "Dakar", "message": "Il est temps.", "name_is_public": "on"}


def _editor(world: World, _visitor: Visitor) -> None:
    """Own's editor writes for the organisation that has not signed, too."""
    add_affiliation(
        account=world.account("cityed_own"), organisation=world.organisations["unsigned"], role=Role.EDITOR, now=NOW
    )


def _organisation_supports(world: World, visitor: Visitor) -> None:
    _editor(world, visitor)
    support_as_organisation(
        coalition=world.coalition, organisation=world.organisations["unsigned"], actor=world.account("rep_own"), now=NOW
    )


def _papered(world: World, _visitor: Visitor) -> None:
    """A paper that the organiser recorded for own's people."""
    document = current_document(world.coalition)
    assert document is not None
    record_paper_signature(
        coalition=world.coalition,
        organisation=world.organisations["unsigned"],
        actor=world.account("organiser"),
        scan=SimpleUploadedFile("acte.pdf", SCAN),
        document_sha256=document.sha256,
        signed_on=document.adopted_on,
        signatory_name="Awa Ndiaye",
        commitments=["document_cases"],
        sentences={"document_cases": "Trois cas."},
        now=timezone.now(),
    )


def _paper() -> Cosponsorship:
    return Cosponsorship.objects.get(is_paper=True)


def _confirm_link(world: World) -> str:
    secret = issue_token(
        purpose=SUPPORT_PURPOSE,
        subject=world.supports["awaiting"],
        address=world.supports["awaiting"].email,
        lifetime=timedelta(days=3650),
        now=NOW,
    )
    return reverse("support_confirm", args=[secret])


def _mailed(world: World, _visitor: Visitor) -> None:
    world.secrets["support"] = _confirm_link(world)


@row(
    "support",
    "active",
    "list",
    api=lambda _world: [("GET", reverse("api_supporters")), ("GET", reverse("api_supporters_csv"))],
)
def list_supporters(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(reverse("supporters")), visitor.get(reverse("coalition_by_number", args=[11]))]


@row("support", "none", "ask as a person (double opt-in)", acts=True)
def ask(world: World, visitor: Visitor) -> Answers:
    data = {**WORDS, "email": "fatou@zorglubmail.example", "language": "fr", "nickname": ""}
    return visitor.post(reverse("support_new"), data)


@row("support", "none", "give in the name of an organisation", acts=True, given=_editor)
def give(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("support_organisation"), {"organisation": world.organisations["unsigned"].pk})


@row("support", "awaiting", "confirm with token (POST)", acts=True, given=_mailed)
def confirm(world: World, visitor: Visitor) -> Answers:
    return visitor.post(world.secrets["support"], WORDS)


@row("support", "awaiting", "confirm by GET only (link scanner)", reads=True, given=_mailed)
def confirm_by_get(world: World, visitor: Visitor) -> Answers:
    return [visitor.get(world.secrets["support"]), visitor.ask("HEAD", world.secrets["support"])]


def _leave(world: World) -> str:
    return reverse("support_leave", args=[withdrawal_secret(world.supports["named"])])


@row("support", "active", "withdraw with the link of a mail, no login (POST)", acts=True)
def leave(world: World, visitor: Visitor) -> Answers:
    return [visitor.post(_leave(world)), visitor.post(_leave(world))]


@row("support", "active", "withdraw as a mail programme does (RFC 8058)", acts=True)
def leave_in_one_click(world: World, visitor: Visitor) -> Answers:
    address = reverse("support_one_click", args=[withdrawal_secret(world.supports["named"])])
    return [visitor.post(address, {"List-Unsubscribe": "One-Click"}) for _again in range(2)]


@row("support", "active", "withdraw by GET prefetch", reads=True)
def leave_by_get(world: World, visitor: Visitor) -> Answers:
    click = reverse("support_one_click", args=[withdrawal_secret(world.supports["named"])])
    return [visitor.ask(method, address) for address in (_leave(world), click) for method in ("GET", "HEAD")]


@row("support", "active", "withdraw a person’s from an account", acts=True)
def withdraw_person(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("support_withdraw", args=[world.supports["named"].pk]))


@row("support", "active", "withdraw an organisation’s from an account", acts=True, given=_organisation_supports)
def withdraw_organisation(world: World, visitor: Visitor) -> Answers:
    given = Support.objects.get(organisation=world.organisations["unsigned"])
    return visitor.post(reverse("support_withdraw", args=[given.pk]))


@row("cosponsorship", "none", "record a paper signature", acts=True)
def record_paper(world: World, visitor: Visitor) -> Answers:
    document = current_document(world.coalition)
    assert document is not None
    data: dict[str, Any] = {
        "document": SimpleUploadedFile("acte.pdf", SCAN),
        "signatory_name": "Awa Ndiaye",
        "signatory_function": "Maire",
        "signed_on": document.adopted_on.isoformat(),
        "mandate_reference": "Délibération 12",
        "commitments": ["document_cases"],
        "sentence_document_cases": "Trois cas.",
    }
    return visitor.post(reverse("cosponsorship_paper_new", args=[world.organisations["unsigned"].slug]), data)


@row("cosponsorship", "signed on paper", "read the scan", acts=True, given=_papered)
def read_scan(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("cosponsorship_paper", args=[_paper().pk]))


@row("cosponsorship", "signed on paper", "approve what one recorded oneself", acts=True, given=_papered)
def approve_paper(world: World, visitor: Visitor) -> Answers:
    address = reverse("cosponsorship_decide", args=[_paper().pk])
    return visitor.post(address, {"decision": "yes", "motive": ""})


def _exported_by(session: Callable[[World, Visitor], tuple[str, str]]) -> Callable[[World, Visitor], None]:
    def given(world: World, visitor: Visitor) -> None:
        role, key = session(world, visitor)
        create_export(
            account=world.account(role),
            session_key=key,
            kind="contacts",
            name="contacts.csv",
            content_type="text/csv",
            data=b"a",
            now=timezone.now(),
        )

    return given


def _download(visitor: Visitor) -> Any:
    return visitor.get(reverse("export_contacts_file", args=[TemporaryExport.objects.get().key]))


def _own_session(world: World, visitor: Visitor) -> tuple[str, str]:
    role = visitor.role if visitor.role in ("organiser", "superuser") else "organiser"
    return role, world.secrets[f"session {role}"]


@row("export", "co-sponsors with contacts", "create", acts=True)
def create_contacts(world: World, visitor: Visitor) -> Answers:
    data = {"purpose": "Inviter à la rencontre de mai.", "file_format": "csv"}
    return visitor.post(reverse("export_contacts"), data)


@row(
    "export",
    "co-sponsors with contacts",
    "download by URL of other organiser/no session",
    given=_exported_by(lambda _world, _visitor: ("second_organiser", "s" * 32)),
)
def download_of_another(world: World, visitor: Visitor) -> Answers:
    return _download(visitor)


@row(
    "export",
    "co-sponsors with contacts",
    "download by who asked for it in that session",
    acts=True,
    given=_exported_by(_own_session),
)
def download_own(world: World, visitor: Visitor) -> Answers:
    return _download(visitor)


@row("admin", "numbers and rules of a coalition", "change", acts=True)
def change_rules(world: World, visitor: Visitor) -> Answers:
    data = {"cosponsors_needed": 9, "renewal_months": 24, "withdrawal_trace": "count"}
    return visitor.post(f"/admin/registre/coalitions/edit/{world.coalition.pk}/", data)


@row("admin", "registers: organisations, signatures, supports", "read")
def read_registers(world: World, visitor: Visitor) -> Answers:
    names = ("organisations", "signatures", "soutiens", "coalitions")
    return [visitor.get("/admin/file-d-attente/"), *(visitor.get(f"/admin/registre/{name}/") for name in names)]


@row("admin", "moderation + audit log", "read")
def read_log(world: World, visitor: Visitor) -> Answers:
    return [visitor.get("/admin/journal/"), visitor.get("/admin/journal/results/?q=approve")]


@row("admin", "moderation + audit log", "change/delete")
def change_log(world: World, visitor: Visitor) -> Answers:
    line = AuditLine.objects.order_by("pk")[0].pk
    addresses = (f"/admin/journal/edit/{line}/", f"/admin/journal/delete/{line}/", "/admin/journal/new/")
    return [answer for address in addresses for answer in (visitor.get(address), visitor.post(address))]
