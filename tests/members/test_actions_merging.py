"""Two organisations become one: everything follows, conflicts are settled by rule, nothing signed is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.following import readable_target
from coalition.core.models import AuditLine
from coalition.notifications.following import follow_target
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.actions import (
    NotMergeable,
    OrganisationExists,
    add_affiliation,
    import_organisation,
    merge_organisations,
    request_organisation,
    tell_apart,
)
from members.actions.merging import preview_merge
from members.enums import AdoptionState, CosponsorshipState, Kind, OrganisationState, Role
from members.models import (
    Affiliation,
    Cosponsorship,
    DistinctPair,
    Invitation,
    JoinRequest,
    LocalAdoption,
    Organisation,
    Support,
    User,
    VerifiedDomain,
)
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def kept(make_organisation: Make) -> Organisation:
    return make_organisation(name="Ville de Thi\u00e8s", city="Thi\u00e8s")


@pytest.fixture
def gone(make_organisation: Make) -> Organisation:
    return make_organisation(name="Mairie de Thi\u00e8s", acronym="MDT", website="https://thies.example")


def merge(kept: Organisation, gone: Organisation, actor: User, *taken: str) -> Organisation:
    return merge_organisations(kept=kept, gone=gone, taken=taken, actor=actor, now=NOW)


def test_the_chosen_words_stay_and_the_other_leads_to_it(
    kept: Organisation, gone: Organisation, organiser: User
) -> None:
    merged = merge(kept, gone, organiser, "name", "acronym", "website")
    assert (merged.name, merged.acronym, merged.website) == ("Mairie de Thi\u00e8s", "MDT", "https://thies.example")
    assert (merged.city, merged.slug) == ("Thi\u00e8s", kept.slug)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == (OrganisationState.MERGED, merged)
    line = AuditLine.objects.get(action="organisation.merge")
    assert line.data["before"]["name"] == ["Ville de Thi\u00e8s"]
    assert line.data["slug"] == gone.slug
    assert AuditLine.objects.get(action="organisation.merged_into").object_id == gone.pk
    assert import_organisation(name="Ville de Thi\u00e8s", country="SN", now=NOW)[1] is True


def test_a_name_of_old_is_imported_as_the_one_that_stays(
    kept: Organisation, gone: Organisation, organiser: User
) -> None:
    merge(kept, gone, organiser)
    assert import_organisation(name="Mairie de Thi\u00e8s", country="SN", now=NOW) == (kept, False)


def test_one_account_keeps_its_stronger_role_and_every_line_its_history(
    kept: Organisation, gone: Organisation, organiser: User, make_account: Make
) -> None:
    both, only = make_account("Awa"), make_account("Bineta")
    add_affiliation(account=both, organisation=kept, role=Role.MEMBER, now=NOW)
    add_affiliation(account=both, organisation=gone, role=Role.REPRESENTATIVE, now=NOW)
    add_affiliation(account=only, organisation=gone, role=Role.EDITOR, now=NOW)
    merge(kept, gone, organiser)
    assert fresh(both).roles == {kept.pk: Role.REPRESENTATIVE}
    assert fresh(only).roles == {kept.pk: Role.EDITOR}
    assert Affiliation.objects.filter(organisation=kept).count() == 3
    moved = AuditLine.objects.get(action="organisation.merge").data["moved"]["members.Affiliation.organisation"]
    assert moved == {"lines": 2, "settled": 1}


def test_a_request_nobody_confirmed_gives_no_mandate_over_the_real_one(
    kept: Organisation, make_account: Make, organiser: User
) -> None:
    stranger = make_account("Inconnu")
    asked = request_organisation(actor=stranger, name="Thi\u00e8s", country="SN", kind=Kind.AUTHORITY, now=NOW)
    merge(kept, asked, organiser)
    assert fresh(stranger).roles == {}
    request = JoinRequest.objects.get(account=stranger)
    assert (request.organisation, request.state) == (kept, "open")
    assert Event.objects.filter(kind="affiliation.requested").count() == 1


def test_a_confirmed_one_never_goes_into_one_that_waits(
    kept: Organisation, make_account: Make, organiser: User
) -> None:
    asked = request_organisation(actor=make_account(), name="Thi\u00e8s", country="SN", kind=Kind.AUTHORITY, now=NOW)
    with pytest.raises(NotMergeable):
        merge(asked, kept, organiser)
    with pytest.raises(NotMergeable):
        merge(kept, kept, organiser)
    assert Organisation.objects.get(pk=kept.pk).state == OrganisationState.CONFIRMED


@pytest.mark.parametrize("first_is_kept", [True, False])
def test_of_two_official_acts_the_older_stays_and_the_other_says_why(
    kept: Organisation,
    gone: Organisation,
    organiser: User,
    make_representative: Make,
    sign: Callable[..., Cosponsorship],
    first_is_kept: bool,
) -> None:
    acts = [sign(make_representative(one), one) for one in ((kept, gone) if first_is_kept else (gone, kept))]
    for number, act in enumerate(acts):
        Cosponsorship.objects.filter(pk=act.pk).update(state="official", decided_at=NOW + timedelta(days=number))
    merge(kept, gone, organiser)
    older, later = (Cosponsorship.objects.get(pk=act.pk) for act in acts)
    assert (older.state, older.organisation) == (CosponsorshipState.OFFICIAL, kept)
    assert (later.state, later.organisation) == (CosponsorshipState.WITHDRAWN, kept)
    assert "une" in later.withdrawal_reason


def test_an_official_act_stays_before_an_older_one_that_waits(
    kept: Organisation,
    gone: Organisation,
    organiser: User,
    make_representative: Make,
    sign: Callable[..., Cosponsorship],
) -> None:
    waiting = sign(make_representative(kept), kept)
    official = sign(make_representative(gone), gone)
    Cosponsorship.objects.filter(pk=official.pk).update(state="official", decided_at=NOW)
    merge(kept, gone, organiser)
    states = {act.pk: act.state for act in Cosponsorship.objects.filter(organisation=kept)}
    assert states == {waiting.pk: "withdrawn", official.pk: "official"}


def test_supports_adoptions_domains_invitations_and_requests_follow(
    kept: Organisation, gone: Organisation, organiser: User, make_account: Make, coalition: Any
) -> None:
    asker = make_account()
    for number, one in enumerate((kept, gone)):
        moment = NOW + timedelta(days=number)
        Support.objects.create(
            coalition=coalition,
            kind="organisation",
            organisation=one,
            state="active",
            created_at=NOW,
            confirmed_at=moment,
        )
        LocalAdoption.objects.create(
            organisation=one,
            coalition=coalition,
            document_title="Charte",
            document_version="1",
            document_sha256="0" * 64,
            adopted_on=date(2026, 1, 1 + number),
            decision_reference="D",
            created_at=NOW,
        )
        Invitation.objects.create(
            organisation=one, email="x@example.org", role="member", created_at=NOW, expires_at=NOW
        )
        JoinRequest.objects.create(organisation=one, account=asker, created_at=NOW)
        VerifiedDomain.objects.create(organisation=one, domain=f"d{number}.example", verified_at=NOW)
    before = dict(preview_merge(gone=gone))
    assert before["domaines"] == 1
    merge(kept, gone, organiser)
    assert [support.state for support in kept.supports.order_by("pk")] == ["active", "withdrawn"]
    assert [adoption.state for adoption in kept.adoptions.order_by("pk")] == [
        AdoptionState.WITHDRAWN,
        AdoptionState.PUBLISHED,
    ]
    assert [invitation.state for invitation in kept.invitations.order_by("pk")] == ["open", "cancelled"]
    assert [request.state for request in kept.join_requests.order_by("pk")] == ["open", "withdrawn"]
    assert kept.verified_domains.count() == 2
    assert preview_merge(gone=gone) == []


def test_a_draft_gives_way_and_leaves_no_act(
    kept: Organisation,
    gone: Organisation,
    organiser: User,
    make_representative: Make,
    sign: Callable[..., Cosponsorship],
) -> None:
    signed = sign(make_representative(gone), gone)
    line = Affiliation.objects.get(organisation=gone)
    draft = Cosponsorship.objects.create(
        coalition=signed.coalition, organisation=kept, affiliation=line, state="draft", drafted_at=NOW
    )
    merge(kept, gone, organiser)
    assert list(kept.cosponsorships.all()) == [signed]
    assert not Cosponsorship.objects.filter(pk=draft.pk).exists()


def test_what_was_told_apart_stays_so(
    kept: Organisation, gone: Organisation, organiser: User, make_organisation: Make
) -> None:
    third = make_organisation(name="Universit\u00e9 de Thi\u00e8s")
    tell_apart(one=gone, other=third, actor=organiser, now=NOW)
    tell_apart(one=kept, other=gone, actor=organiser, now=NOW)
    merge(kept, gone, organiser)
    assert [(pair.first, pair.second) for pair in DistinctPair.objects.all()] == [(kept, third)]


def test_one_united_before_follows_to_the_last(
    kept: Organisation, gone: Organisation, organiser: User, make_organisation: Make
) -> None:
    third = make_organisation(name="Commune de Thi\u00e8s")
    merge(gone, third, organiser)
    merge(kept, gone, organiser)
    assert Organisation.objects.get(pk=third.pk).merged_into == kept


def test_the_representatives_of_both_are_told_once(
    kept: Organisation, gone: Organisation, organiser: User, make_representative: Make
) -> None:
    first, second = make_representative(kept), make_representative(gone)
    add_affiliation(account=first, organisation=gone, role=Role.REPRESENTATIVE, now=NOW)
    merge(kept, gone, organiser)
    event = Event.objects.get(kind="organisation.merged")
    told = list(get_kind("organisation.merged").recipients(event))
    assert sorted(recipient.address for recipient in told) == sorted([first.email, second.email])
    assert get_kind("organisation.merged").context(event, told[0])["gone"] == "Mairie de Thi\u00e8s"


def test_a_name_a_third_one_holds_cannot_be_chosen(
    kept: Organisation, gone: Organisation, organiser: User, make_organisation: Make
) -> None:
    make_organisation(name="Mairie de Thi\u00e8s", country="FR")
    Organisation.objects.filter(pk=gone.pk).update(country="SN")
    kept_in_france = import_organisation(name="Th", country="FR", now=NOW)[0]
    with pytest.raises(OrganisationExists):
        merge(kept_in_france, gone, organiser, "name")
    gone.refresh_from_db()
    assert gone.state == OrganisationState.CONFIRMED


def test_only_organisers_unite_and_only_once(
    kept: Organisation, gone: Organisation, organiser: User, make_representative: Make
) -> None:
    with pytest.raises(Refused):
        merge(kept, gone, make_representative(kept))
    merge(kept, gone, organiser)
    with pytest.raises(WrongState):
        merge(kept, gone, organiser)
    with pytest.raises(TypeError):
        merge(kept, import_organisation(name="Autre", country="SN", now=NOW)[0], organiser, "slug")


def test_who_followed_the_one_that_goes_follows_the_one_that_stays(
    kept: Organisation, gone: Organisation, organiser: User, make_account: Make
) -> None:
    awa = make_account()
    follow_target(actor=awa, target=readable_target(awa, "organisation", gone.slug), now=NOW)
    merge(kept, gone, organiser)
    follow = awa.follows.get()
    assert follow.target == ("organisation", kept.slug) and readable_target(awa, *follow.target) is not None
    line = AuditLine.objects.get(action="organisation.merge")
    assert line.data["moved"]["notifications.Follow"]["lines"] == 1
