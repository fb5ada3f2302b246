"""Places kept for the owner of an address: one use, fourteen days, nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Now

from coalition.core.access import LoginNeeded, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.actions import (
    AlreadyInvited,
    StaleInvitation,
    TooManyInvitations,
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    end_affiliation,
    invite_person,
    request_organisation,
    request_to_join,
    resend_invitation,
)
from members.actions.invitations import PER_ADDRESS, PER_INVITER, masked
from members.enums import InvitationState, JoinRequestState, Kind, Origin, Role
from members.models import Affiliation, Invitation, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def invite(city: Organisation, chief: User) -> Make:
    def one(email: str, role: str = Role.EDITOR, **words: Any) -> Invitation:
        data = {"organisation": city, "actor": fresh(chief), "now": NOW, **words}
        return invite_person(email=email, role=role, **data)

    return one


def test_the_owner_of_the_address_enters_in_the_role_offered(invite: Make, make_account: Make, city: Any) -> None:
    invited = make_account("Binta", email="binta@ville.example")
    invitation = invite("Binta@Ville.example ", function=" Cheffe de projet ")
    line = accept_invitation(invitation=invitation, actor=invited, now=NOW)
    assert (line.role, line.function, line.origin) == (Role.EDITOR, "Cheffe de projet", Origin.INVITATION)
    assert fresh(invited).roles == {city.pk: Role.EDITOR}
    assert Event.objects.filter(kind="affiliation.joined").count() == 1
    assert AuditLine.objects.get(action="invitation.accept").data["organisation"] == city.pk
    with pytest.raises(StaleInvitation) as refused:
        accept_invitation(invitation=invitation, actor=invited, now=NOW)
    assert refused.value.reason == "accepted"


def test_nobody_else_enters_and_is_told_which_address_is_needed(invite: Make, make_account: Make, chief: User) -> None:
    invitation = invite("awa.diop@ville.example")
    with pytest.raises(LoginNeeded):
        accept_invitation(invitation=invitation, actor=AnonymousUser(), now=NOW)
    with pytest.raises(Refused, match=r"a…p@ville\.example"):
        accept_invitation(invitation=invitation, actor=make_account(), now=NOW)
    with pytest.raises(Refused, match="Confirmez"):
        stranger = make_account(email="awa.diop@ville.example", verified=False)
        accept_invitation(invitation=invitation, actor=stranger, now=NOW)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN


def test_a_second_verified_address_of_the_account_is_good_too(invite: Make, make_account: Make) -> None:
    account = make_account()
    EmailAddress.objects.create(user=account, email="mairie@ville.example", verified=True)
    assert accept_invitation(invitation=invite("mairie@ville.example"), actor=account, now=NOW).role == Role.EDITOR


def test_it_ends_on_the_clock_of_the_database(invite: Make, make_account: Make) -> None:
    account = make_account()
    invitation = invite(account.email)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=Now() - timedelta(seconds=1))
    with pytest.raises(StaleInvitation) as refused:
        accept_invitation(invitation=invitation, actor=account, now=NOW - timedelta(days=30))
    assert refused.value.reason == "expired"
    assert not Affiliation.objects.filter(account=account).exists()


def test_one_waits_at_most_and_an_expired_one_gives_way(invite: Make) -> None:
    first = invite("x@ville.example")
    with pytest.raises(AlreadyInvited, match="attend déjà"):
        invite("X@ville.example")
    Invitation.objects.filter(pk=first.pk).update(expires_at=Now() - timedelta(seconds=1))
    second = invite("x@ville.example")
    first.refresh_from_db()
    assert (first.state, second.state) == (InvitationState.CANCELLED, InvitationState.OPEN)


def test_who_is_inside_is_not_invited(invite: Make, make_representative: Make, city: Organisation) -> None:
    member = make_representative(city, role=Role.MEMBER)
    with pytest.raises(AlreadyInvited, match="agit déjà"):
        invite(member.email.upper())


@pytest.mark.parametrize(
    "wrong", [{"email": "pas une adresse"}, {"email": "a@b.example", "role": "king"}, {"email": "a\r\nBcc: x@y.z"}]
)
def test_what_is_no_address_or_role_is_refused_with_a_sentence(invite: Make, wrong: dict[str, str]) -> None:
    with pytest.raises(DomainError):
        invite(**wrong)
    assert not Invitation.objects.exists()


def test_only_representatives_and_organisers_invite_and_only_once_confirmed(
    city: Organisation, make_representative: Make, make_account: Make, organiser: User
) -> None:
    editor = make_representative(city, role=Role.EDITOR)
    with pytest.raises(Refused):
        invite_person(organisation=city, actor=editor, email="x@ville.example", role=Role.MEMBER, now=NOW)
    owner = make_account()
    pending = request_organisation(actor=owner, name="Attente", country="SN", kind=Kind.NGO, now=NOW)
    with pytest.raises(WrongState):
        invite_person(organisation=pending, actor=fresh(owner), email="x@ville.example", role=Role.MEMBER, now=NOW)
    assert invite_person(organisation=city, actor=organiser, email="x@ville.example", role=Role.MEMBER, now=NOW)


def test_a_flood_of_invitations_meets_a_limit_and_loses_nothing(invite: Make) -> None:
    sent, refused = 0, 0
    for number in range(4 * PER_INVITER):
        try:
            invite(f"p{number}@ville.example")
            sent += 1
        except TooManyInvitations as error:
            refused += 1
            assert "demain" in str(error.message)
    assert (sent, refused) == (PER_INVITER, 3 * PER_INVITER)
    assert Event.objects.filter(kind="affiliation.invited").count() == PER_INVITER


def test_one_address_is_not_written_to_all_day(invite: Make, city: Organisation, chief: User) -> None:
    for _time in range(PER_ADDRESS):
        cancel_invitation(invitation=invite("x@ville.example"), actor=fresh(chief), now=NOW)
    with pytest.raises(TooManyInvitations, match="Cette adresse"):
        invite("x@ville.example")
    assert invite("x@ville.example", now=NOW + timedelta(days=2))


def test_sent_again_only_the_newest_works(invite: Make, make_account: Make, chief: User) -> None:
    account = make_account()
    first = invite(account.email, message="Bienvenue")
    second = resend_invitation(invitation=first, actor=fresh(chief), now=NOW)
    assert second.message == "Bienvenue"
    assert Event.objects.filter(kind="affiliation.invited").count() == 2
    with pytest.raises(StaleInvitation):
        accept_invitation(invitation=first, actor=account, now=NOW)
    assert accept_invitation(invitation=second, actor=account, now=NOW)
    with pytest.raises(WrongState):
        resend_invitation(invitation=second, actor=fresh(chief), now=NOW)


def test_declined_the_inviter_is_told_and_it_is_closed(invite: Make, make_account: Make) -> None:
    account = make_account()
    invitation = invite(account.email)
    with pytest.raises(Refused):
        decline_invitation(invitation=invitation, actor=make_account(), now=NOW)
    decline_invitation(invitation=invitation, actor=account, now=NOW)
    assert Event.objects.filter(kind="affiliation.invitation_declined").count() == 1
    with pytest.raises(StaleInvitation):
        accept_invitation(invitation=invitation, actor=account, now=NOW)


def test_entering_closes_one_s_own_request(invite: Make, make_account: Make, city: Organisation) -> None:
    account = make_account()
    asked = request_to_join(organisation=city, actor=account, role=Role.MEMBER, now=NOW)
    accept_invitation(invitation=invite(account.email), actor=account, now=NOW)
    asked.refresh_from_db()
    assert asked.state == JoinRequestState.ACCEPTED


def test_who_came_to_represent_meanwhile_stays_so(invite: Make, make_account: Make, city: Organisation) -> None:
    account = make_account()
    invitation = invite(account.email, role=Role.MEMBER)
    line = Affiliation.objects.create(
        account=account, organisation=city, role=Role.REPRESENTATIVE, started_on=NOW.date()
    )
    assert accept_invitation(invitation=invitation, actor=account, now=NOW) == line
    assert not Event.objects.filter(kind="affiliation.joined").exists()


def test_what_somebody_sent_away_had_invited_is_cancelled(
    city: Organisation, chief: User, make_representative: Make
) -> None:
    rogue = make_representative(city, name="Rogue")
    left = invite_person(organisation=city, actor=rogue, email="x@ville.example", role=Role.MEMBER, now=NOW)
    end_affiliation(affiliation=Affiliation.objects.active().get(account=rogue), actor=fresh(chief), now=NOW)
    left.refresh_from_db()
    assert left.state == InvitationState.CANCELLED


def test_the_log_holds_no_address(invite: Make) -> None:
    invite("secret.person@ville.example")
    lines = " ".join(f"{line.label} {line.data}" for line in AuditLine.objects.all())
    assert "secret.person" not in lines


@pytest.mark.parametrize(
    ("address", "shown"),
    [("awa.diop@ville.sn", "a…p@ville.sn"), ("ab@ville.sn", "…@ville.sn"), ("abc@ville.sn", "a…c@ville.sn")],
)
def test_an_address_is_masked_for_whom_it_is_not(address: str, shown: str) -> None:
    assert masked(address) == shown
