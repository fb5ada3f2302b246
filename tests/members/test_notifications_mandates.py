"""Who is told of mandates, in which words; links that robots may open."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from coalition.core.models import OneTimeToken
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.actions import (
    accept_invitation,
    accept_join_request,
    cancel_invitation,
    change_affiliation,
    decline_invitation,
    decline_join_request,
    end_affiliation,
    end_due_mandates,
    invite_person,
    name_successor,
    request_to_join,
)
from members.enums import Role
from members.models import Affiliation, Invitation, Organisation, User
from tests.access.verdicts import changed, digest
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def tell(kind: str, event: Event | None = None) -> dict[str, EmailMessage]:
    """Fan this event, or the last of this kind, out; what each person would get, by address."""
    event = event or Event.objects.filter(kind=kind).latest("pk")
    fan_out_event(event_id=event.pk, now=timezone.now())
    deliveries = Delivery.objects.filter(event=event)
    told = [one for one in deliveries if get_kind(kind).visible(one.event, one.recipient)]
    return {one.address: compose(one, get_kind(kind)) for one in told}


@pytest.fixture
def invitation(city: Organisation, chief: User) -> Invitation:
    return invite_person(
        organisation=city, actor=fresh(chief), email="awa@x.example", role=Role.EDITOR, message="Venez <vite>",
        language="en", now=NOW,
    )  # fmt: skip


def test_the_invited_address_gets_a_link_that_no_table_holds(invitation: Invitation) -> None:
    [(address, mail)] = tell("affiliation.invited").items()
    assert address == "awa@x.example"
    found = re.search(r"/organisations/invitations/([^/\s]+)/", str(mail.body))
    assert found is not None
    stored = [str(row) for model in (Event, Delivery, OneTimeToken, Invitation) for row in model.objects.values()]
    assert not any(found[1] in row for row in stored)
    token = OneTimeToken.objects.get()
    assert abs(token.expires_at - invitation.expires_at) < timedelta(seconds=1)
    assert "Venez <vite>" in str(mail.body)
    assert "Venez &lt;vite&gt;" in str(mail.alternatives[0].content)  # type: ignore[attr-defined]


def test_a_cancelled_or_late_invitation_is_not_sent_any_more(invitation: Invitation, chief: User) -> None:
    Invitation.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert tell("affiliation.invited") == {}
    Invitation.objects.update(expires_at=Now() + timedelta(days=1))
    cancel_invitation(invitation=invitation, actor=fresh(chief), now=NOW)
    assert tell("affiliation.invited") == {}


def test_the_inviter_learns_of_the_answer(
    invitation: Invitation, chief: User, city: Organisation, make_account: Make
) -> None:
    accept_invitation(invitation=invitation, actor=make_account("Awa", email="awa@x.example"), now=NOW)
    [(address, mail)] = tell("affiliation.joined").items()
    assert (address, mail.subject) == (chief.email, "Awa a rejoint Ville de Saint-Louis")
    second = invite_person(organisation=city, actor=fresh(chief), email="b@x.example", role=Role.MEMBER, now=NOW)
    decline_invitation(invitation=second, actor=make_account(email="b@x.example"), now=NOW)
    assert set(tell("affiliation.invitation_declined")) == {chief.email}


def test_a_request_reaches_representatives_or_organisers_and_its_answer_the_applicant(
    city: Organisation, make_organisation: Make, chief: User, organiser: User, make_account: Make
) -> None:
    applicant = make_account("Kossi")
    asked = request_to_join(organisation=city, actor=applicant, role=Role.MEMBER, message="C’est moi", now=NOW)
    assert "C’est moi" in str(tell("affiliation.requested")[chief.email].body)
    accept_join_request(request=asked, actor=fresh(chief), role=Role.EDITOR, now=NOW)
    assert tell("affiliation.requested") == {}
    assert "Rédaction" in str(tell("affiliation.accepted")[applicant.email].body)
    asked = request_to_join(organisation=make_organisation(), actor=applicant, role=Role.MEMBER, now=NOW)
    assert set(tell("affiliation.requested")) == {organiser.email}
    decline_join_request(request=asked, actor=organiser, motive="Inconnu <ici>.", now=NOW)
    assert "Inconnu <ici>." in str(tell("affiliation.declined")[applicant.email].body)


def test_changes_and_ends_are_told_to_who_did_not_make_them(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    member = make_representative(city, name="Binta", role=Role.MEMBER)
    line = Affiliation.objects.active().get(account=member)
    line = change_affiliation(affiliation=line, actor=fresh(chief), role=Role.EDITOR, now=NOW)
    assert set(tell("affiliation.changed")) == {member.email}
    end_affiliation(affiliation=line, actor=fresh(chief), now=NOW)
    told = tell("affiliation.ended")
    assert set(told) == {member.email}
    assert told[member.email].subject == "Votre mandat pour Ville de Saint-Louis a pris fin"


def test_a_member_who_leaves_is_missed_by_the_representatives(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    member = make_representative(city, name="Binta", role=Role.MEMBER)
    end_affiliation(affiliation=Affiliation.objects.active().get(account=member), actor=member, now=NOW)
    assert tell("affiliation.ended")[chief.email].subject.startswith("Le mandat de Binta")


def test_planned_ends_are_told_before_and_when_nobody_follows(city: Organisation, chief: User, organiser: User) -> None:
    Affiliation.objects.update(mandate_until=NOW.date() + timedelta(days=10))
    end_due_mandates(now=NOW)
    assert set(tell("affiliation.ending")) == {chief.email}
    end_due_mandates(now=NOW + timedelta(days=11))
    told = tell("affiliation.overdue")
    assert set(told) == {chief.email, organiser.email}
    assert "Aidez cette organisation" in str(told[organiser.email].body)


def test_a_hand_over_is_told_to_who_handed_over(city: Organisation, chief: User, make_account: Make) -> None:
    successor = make_account("Kossi")
    offer = name_successor(organisation=city, actor=fresh(chief), email=successor.email, now=NOW)
    assert "prenez la suite de Aïssatou" in str(tell("affiliation.invited")[successor.email].body)
    accept_invitation(invitation=offer, actor=successor, now=NOW)
    told = tell("affiliation.handed_over")
    assert told[chief.email].subject == "Kossi représente maintenant Ville de Saint-Louis"


def test_a_robot_that_opens_every_link_of_every_mail_changes_nothing(
    client: Client, invitation: Invitation, city: Organisation, chief: User, make_account: Make, organiser: User
) -> None:
    applicant = make_account("Kossi")
    request_to_join(organisation=city, actor=applicant, role=Role.MEMBER, now=NOW)
    name_successor(organisation=city, actor=fresh(chief), email=applicant.email, now=NOW)
    told = Event.objects.filter(kind__startswith="affiliation.")
    bodies = [str(mail.body) for event in told for mail in tell(event.kind, event).values()]
    links = {link for body in bodies for link in re.findall(rf"{settings.BASE_URL}(/\S+)", body)}
    before = digest()
    for account in (None, applicant, chief, organiser):
        client.logout()
        if account is not None:
            client.force_login(fresh(account))
            before = digest()
        for link in links:
            for method in (client.get, client.head):
                assert method(link).status_code < 500
    assert len(links) >= 4
    assert not changed(before, digest())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mail_says_the_same_in_text_and_html(invitation: Invitation, language: str) -> None:
    Invitation.objects.update(language=language)
    [mail] = tell("affiliation.invited").values()
    html = str(mail.alternatives[0].content)  # type: ignore[attr-defined]
    assert "Ville de Saint-Louis" in mail.subject
    assert "awa@x.example" in str(mail.body)
    assert "awa@x.example" in html
    assert f"/{language}/" in str(mail.body)
