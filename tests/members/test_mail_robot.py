"""A robot that opens every link of every mail, as mail scanners do, changes nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coalition.notifications.actions import record_event
from coalition.notifications.kinds import all_kinds, get_kind
from coalition.notifications.models import Delivery
from coalition.notifications.rendering import compose
from members.enums import CosponsorshipState, Role, SupporterKind
from members.models import (
    Affiliation,
    Cosponsorship,
    CosponsorshipChange,
    Invitation,
    JoinRequest,
    LocalAdoption,
    Organisation,
    SharedMailbox,
    Support,
    User,
)
from tests.access.verdicts import changed, digest
from tests.members.conftest import NOW, Texts

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
LINK = re.compile(r"http://testserver(/[^\s\"'<>)]*)")
OF_THE_MEMBERS = [kind.name for kind in all_kinds() if kind.context.__module__.startswith("members.")]
# what a kind is about, where the beginning of its name does not tell
ABOUT = {
    "cosponsorship.new_version": "coalition",
    "affiliation.invited": "invitation",
    "affiliation.invitation_declined": "invitation",
    "affiliation.requested": "request",
    "affiliation.declined": "request",
}
SECRETS = {"cosponsorship.confirm", "affiliation.invited", "mailbox.confirm", "support.confirm"}


@pytest.fixture
def subjects(
    sign: Make, chief: User, city: Organisation, texts: Texts, make_account: Make, coalition: Any
) -> dict[str, Any]:
    """One object of each sort that mails are about, as it is when they leave."""
    act = sign(chief, city, reservations={"partage": "Pas encore."})
    Cosponsorship.objects.filter(pk=act.pk).update(confirmed_at=NOW, decided_at=NOW, asked_at=NOW, asked_for="Pièce.")
    newcomer, soon = make_account(), timezone.now() + timedelta(days=9)
    common = {"coalition": coalition, "document_title": "Charte", "document_version": "1"}
    return {
        "cosponsorship": Cosponsorship.objects.get(),
        "organisation": city,
        "coalition": coalition,
        "account": newcomer,
        "security": newcomer,
        "affiliation": Affiliation.objects.get(),
        "invitation": Invitation.objects.create(
            organisation=city, email="robot@example.org", role=Role.MEMBER, created_at=NOW, expires_at=soon
        ),
        "request": JoinRequest.objects.create(organisation=city, account=newcomer, created_at=NOW, motive="Non."),
        "support": Support.objects.create(
            coalition=coalition, kind=SupporterKind.PERSON, email="robot@example.org", name="Robot", created_at=NOW
        ),
        "mailbox": SharedMailbox.objects.create(
            organisation=city, address="robot@example.org", language="fr", categories=[], asked_at=NOW
        ),
        "adoption": LocalAdoption.objects.create(
            organisation=city,
            adopted_on=NOW.date(),
            decision_reference="Délibération 3",
            created_at=NOW,
            document_sha256=act.document_sha256,
            **common,
        ),
    }


def _mail(name: str, subjects: dict[str, Any], last: int = 0) -> str:
    """Everything the mail of this kind says, in both of its forms; `last` is the number that ends the event's key."""
    kind = get_kind(name)
    subject = subjects[ABOUT.get(name, name.split(".")[0])]
    payload = {"version": "1", "sha256": subjects["cosponsorship"].document_sha256, "address": "robot@example.org"}
    payload |= {"language": "fr", "gone": "Autre"}
    event = record_event(kind=name, key=f"{name}:{subject.pk}:{last}", subject=subject, payload=payload, now=NOW)
    chief = subjects["affiliation"].account
    delivery = Delivery.objects.create(
        event=event,
        account=chief,
        for_account=True,
        address=chief.email,
        language="fr",
        name=str(chief),
        message_id=f"<{event.pk}@x>",
    )
    mail: Any = compose(delivery, kind)
    return "\n".join([mail.body, *(str(part.content) for part in mail.alternatives)])


@pytest.mark.parametrize(
    "state", [CosponsorshipState.AWAITING, CosponsorshipState.SUBMITTED, CosponsorshipState.OFFICIAL]
)
def test_opening_every_link_of_every_mail_changes_nothing(client: Client, subjects: dict[str, Any], state: str) -> None:
    Cosponsorship.objects.update(state=state)
    act = subjects["cosponsorship"]
    change = CosponsorshipChange.objects.create(cosponsorship=act, commitments=[], proposed_at=NOW)
    links = {name: sorted(set(LINK.findall(_mail(name, subjects, change.pk)))) for name in OF_THE_MEMBERS}
    assert all(links.values()), f"these mails lead nowhere: {[name for name in links if not links[name]]}"
    before = digest()
    for link in sorted({link for found in links.values() for link in found}):
        for method in ("get", "head"):
            answer = getattr(client, method)(link.replace("&amp;", "&"))
            assert answer.status_code < 500, f"{method} {link}"
    assert not changed(before, digest())


def test_the_links_that_act_carry_a_secret_and_are_among_them(subjects: dict[str, Any]) -> None:
    assert set(OF_THE_MEMBERS) >= SECRETS
    for name in sorted(SECRETS):
        parts = [part for link in LINK.findall(_mail(name, subjects)) for part in link.split("/")]
        assert any(len(part) >= 40 for part in parts), name
