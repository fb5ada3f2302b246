"""An organisation leaves the network: what runs ends, what was done stays, its name is free."""

from collections.abc import Callable
from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.actions import OrganisationRemoved, import_organisation, remove_organisation, request_organisation
from members.enums import CosponsorshipState, Kind, OrganisationState, SupportState
from members.models import Cosponsorship, Invitation, JoinRequest, Organisation, Support, User, VerifiedDomain
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db


def remove(organisation: Organisation, actor: User, motive: str = "Elle n\u2019existe plus.") -> Organisation:
    return remove_organisation(organisation=organisation, actor=actor, motive=motive, now=NOW)


def test_everything_that_runs_ends_and_the_log_counts_it(
    city: Organisation, chief: User, organiser: User, sign: Callable[..., Cosponsorship], make_account: Any
) -> None:
    act = sign(chief, city)
    Support.objects.create(
        coalition=act.coalition,
        kind="organisation",
        organisation=city,
        state="active",
        created_at=NOW,
        confirmed_at=NOW,
    )
    invited = Invitation.objects.create(
        organisation=city, email="x@example.org", role="member", created_at=NOW, expires_at=NOW
    )
    asked = JoinRequest.objects.create(organisation=city, account=make_account(), created_at=NOW)
    VerifiedDomain.objects.create(organisation=city, domain="ville.example", verified_at=NOW)
    removed = remove(city, organiser)
    assert (removed.state, removed.decision_motive) == (OrganisationState.REMOVED, "Elle n\u2019existe plus.")
    assert fresh(chief).roles == {}
    act.refresh_from_db()
    assert (act.state, act.withdrawal_reason) == (CosponsorshipState.WITHDRAWN, "Elle n\u2019existe plus.")
    assert Support.objects.get().state == SupportState.WITHDRAWN
    invited.refresh_from_db()
    asked.refresh_from_db()
    assert (invited.state, asked.state) == ("cancelled", "declined")
    assert not VerifiedDomain.objects.exists()
    ended = AuditLine.objects.get(action="organisation.remove").data["ended"]
    assert ended == {
        "acts": 1,
        "adoptions": 0,
        "supports": 1,
        "affiliations": 1,
        "invitations": 1,
        "join_requests": 1,
        "domains": 1,
    }


def test_who_represented_it_is_told_why(city: Organisation, chief: User, organiser: User) -> None:
    remove(city, organiser)
    event = Event.objects.get(kind="organisation.removed")
    kind = get_kind("organisation.removed")
    told = list(kind.recipients(event))
    assert [recipient.address for recipient in told] == [chief.email]
    assert kind.visible(event, told[0])


def test_it_takes_an_organiser_a_motive_and_a_confirmed_organisation(
    city: Organisation, chief: User, organiser: User
) -> None:
    with pytest.raises(Refused):
        remove(city, chief)
    with pytest.raises(DomainError) as refusal:
        remove(city, organiser, motive="  ")
    assert refusal.value.field == "motive"
    remove(city, organiser)
    with pytest.raises(WrongState):
        remove(city, organiser)


def test_its_name_is_free_but_an_import_does_not_bring_it_back(
    city: Organisation, organiser: User, make_account: Any
) -> None:
    remove(city, organiser)
    with pytest.raises(OrganisationRemoved):
        import_organisation(name=city.name, country="SN", now=NOW)
    again = request_organisation(actor=make_account(), name=city.name, country="SN", kind=Kind.NGO, now=NOW)
    assert again.slug != city.slug
    assert import_organisation(name=city.name, country="SN", now=NOW) == (again, False)
