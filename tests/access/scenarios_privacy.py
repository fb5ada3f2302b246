"""One's own data and one's own account; other people's addresses."""

from typing import Any

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from coalition.core.exports import create_export
from coalition.core.models import TemporaryExport
from members.actions import PERSONAL_DATA, add_affiliation, import_organisation
from members.enums import Role
from members.models import User
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import NOW, World

STRANGER = "etrangere@zorglubmail.example"


def _export(world: World, role: str, key: str) -> None:
    create_export(
        account=world.account(role),
        session_key=key,
        kind=PERSONAL_DATA,
        name="mes-donnees.zip",
        content_type="application/zip",
        data=b"PK",
        now=timezone.now(),
    )


def _of_another(world: World, visitor: Visitor) -> None:
    _export(world, "second_organiser", "s" * 32)


def _stranger(world: World, _visitor: Visitor) -> None:
    """Somebody who shares no organisation with anybody of the world."""
    account = User.objects.create_user(STRANGER, name="Étrangère")
    EmailAddress.objects.create(user=account, email=STRANGER, verified=True, primary=True)
    organisation, _made = import_organisation(name="Agence lointaine", country="PT", now=NOW)
    add_affiliation(account=account, organisation=organisation, role=Role.REPRESENTATIVE, now=NOW)
    world.organisations["far"] = organisation


def _file() -> str:
    return reverse("my_data_file", args=[TemporaryExport.objects.latest("pk").key])


@row("export", "own personal data", "create + download", acts=True)
def export_own(world: World, visitor: Visitor) -> Answers:
    made = visitor.post(reverse("my_data"))
    if not TemporaryExport.objects.exists():
        return made
    return [made, visitor.get(_file())]


@row("export", "own personal data", "download by other user / replay without session", given=_of_another)
def download_of_another(world: World, visitor: Visitor) -> Answers:
    return visitor.get(_file())


@row("account", "own", "ask erasure", acts=True)
def ask_erasure(world: World, visitor: Visitor) -> Answers:
    account: Any = world.accounts.get(visitor.role)
    return visitor.post(reverse("erase"), {"address": account.email if account else "x@example.org"})


@row("account", "other", "view e-mail address", given=_stranger)
def view_address(world: World, visitor: Visitor) -> Answers:
    answer = visitor.get(reverse("people", args=[world.organisations["far"].slug]))
    assert STRANGER not in answer.content.decode() or visitor.role in ("organiser", "superuser")
    return answer
