"""New words for a public act wait for an organiser; until then, and if refused, the old ones stay public."""

from collections.abc import Callable
from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, Consent
from coalition.notifications.models import Event
from members.actions import (
    ChangeWaiting,
    NothingChanged,
    accept_change,
    decline_change,
    hide_signatory,
    propose_change,
)
from members.enums import ChangeState, CosponsorshipState, Role
from members.models import Cosponsorship, CosponsorshipChange, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
WORDS = {"commitments": ["propose_services"], "sentences": {"propose_services": "Un guichet par radio."}}


@pytest.fixture
def public(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    act = sign(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    act.refresh_from_db()
    return act


def test_the_old_words_stay_until_an_organiser_accepts_the_new(
    public: Cosponsorship, chief: User, organiser: User
) -> None:
    change = propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **WORDS)
    public.refresh_from_db()
    assert public.commitments == ["document_cases"]
    with pytest.raises(Refused):
        accept_change(change=change, actor=fresh(chief), now=NOW)
    accept_change(change=change, actor=organiser, now=NOW)
    public.refresh_from_db()
    assert (public.commitments, public.sentences) == (WORDS["commitments"], WORDS["sentences"])
    assert public.state == CosponsorshipState.OFFICIAL
    assert AuditLine.objects.get(action="cosponsorship.accept_change").data["before"]["statement"]


def test_a_refused_change_says_why_and_changes_nothing(public: Cosponsorship, chief: User, organiser: User) -> None:
    change = propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **WORDS)
    with pytest.raises(DomainError):
        decline_change(change=change, actor=organiser, motive=" ", now=NOW)
    decline_change(change=change, actor=organiser, motive="Trop vague.", now=NOW)
    public.refresh_from_db()
    assert public.commitments == ["document_cases"]
    assert Event.objects.filter(kind="cosponsorship.change_declined").count() == 1
    with pytest.raises(WrongState):
        accept_change(change=change, actor=organiser, now=NOW)


def test_one_change_waits_at_a_time_and_the_same_words_are_none(public: Cosponsorship, chief: User) -> None:
    kept = {"commitments": public.commitments, "sentences": public.sentences, "statement": public.statement}
    with pytest.raises(NothingChanged):
        propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **kept)
    propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **WORDS)
    with pytest.raises(ChangeWaiting):
        propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **WORDS)
    assert CosponsorshipChange.objects.count() == 1


def test_only_representatives_and_organisers_change_a_public_act(
    public: Cosponsorship, make_representative: Make, make_account: Make, city: Organisation, chief: User
) -> None:
    for account in (make_account(), make_representative(city, role=Role.EDITOR)):
        with pytest.raises(Refused):
            propose_change(cosponsorship=public, actor=account, now=NOW, **WORDS)
    Cosponsorship.objects.update(state=CosponsorshipState.WITHDRAWN)
    public.refresh_from_db()
    with pytest.raises(WrongState):
        propose_change(cosponsorship=public, actor=fresh(chief), now=NOW, **WORDS)


def test_only_the_signatory_can_agree_to_be_named(
    public: Cosponsorship, chief: User, make_representative: Make, city: Organisation, organiser: User
) -> None:
    second = make_representative(city, name="Second")
    change = propose_change(cosponsorship=public, actor=second, agree_to_be_named=True, now=NOW, **WORDS)
    assert not change.name_is_public
    decline_change(change=change, actor=organiser, motive="Attendons.", now=NOW)
    mine = propose_change(cosponsorship=public, actor=fresh(chief), agree_to_be_named=True, now=NOW, **WORDS)
    assert Consent.objects.get().account == chief
    public.refresh_from_db()
    assert not public.name_is_public
    accept_change(change=mine, actor=organiser, now=NOW)
    public.refresh_from_db()
    assert public.name_is_public


def test_to_be_named_no_longer_asks_nobody_even_while_a_change_waits(
    sign: Make, chief: User, city: Organisation, organiser: User
) -> None:
    act = sign(chief, city, name_is_public=True)
    Cosponsorship.objects.update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    act.refresh_from_db()
    change = propose_change(cosponsorship=act, actor=fresh(chief), now=NOW, **WORDS)
    hide_signatory(cosponsorship=act, actor=fresh(chief), now=NOW)
    change.refresh_from_db()
    accept_change(change=change, actor=organiser, now=NOW)
    act.refresh_from_db()
    assert (act.name_is_public, change.state) == (False, ChangeState.ACCEPTED)
    assert Consent.objects.get().withdrawn_at == NOW
    with pytest.raises(WrongState):
        hide_signatory(cosponsorship=act, actor=fresh(chief), now=NOW)
