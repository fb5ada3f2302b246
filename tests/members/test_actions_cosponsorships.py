"""An act is signed once, bound to the text that was read, confirmed from the mailbox, decided by organisers."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine, OneTimeToken
from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.actions import (
    CONFIRM_PURPOSE,
    DocumentChanged,
    NothingToSign,
    StaleLink,
    approve_cosponsorship,
    ask_for_document,
    confirm_cosponsorship,
    decline_cosponsorship,
    note_document_read,
    provide_document,
    withdraw_cosponsorship,
)
from members.enums import CosponsorshipState, Role
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW, Texts, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def link(act: Cosponsorship, address: str = "", days: float = 7) -> str:
    return issue_token(
        purpose=CONFIRM_PURPOSE,
        subject=act,
        address=address or act.affiliation.account.email,
        lifetime=timedelta(days=days),
        now=timezone.now(),
    )


@pytest.fixture
def act(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    return sign(chief, city)


def test_the_act_keeps_the_text_the_signatory_and_the_mandate_as_they_were(act: Cosponsorship, chief: User) -> None:
    assert act.state == CosponsorshipState.AWAITING
    assert (act.document_title, act.document_version, len(act.document_sha256)) == ("Charte d’essai", "1", 64)
    User.objects.filter(pk=chief.pk).update(name="Autre nom")
    kept = Cosponsorship.objects.get(pk=act.pk)
    assert (kept.signatory_name, kept.signatory_function) == ("Aïssatou", "Adjointe au maire")
    assert kept.mandate_reference == "Délibération 2026-114"
    assert AuditLine.objects.get(action="cosponsorship.sign").data["sha256"] == act.document_sha256


def test_a_second_signature_returns_the_first(
    act: Cosponsorship, chief: User, sign: Make, make_representative: Make
) -> None:
    assert sign(chief, act.organisation) == act
    other = make_representative(act.organisation, name="Second")
    assert sign(other, act.organisation) == act
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 1
    assert AuditLine.objects.get(action="cosponsorship.sign_again").actor == other


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR])
def test_only_representatives_sign(role: str, city: Organisation, sign: Make, make_representative: Make) -> None:
    with pytest.raises(Refused):
        sign(make_representative(city, role=role), city)


def test_an_organiser_does_not_sign_for_others(city: Organisation, sign: Make, organiser: User) -> None:
    with pytest.raises(Refused):
        sign(organiser, city)


def test_the_text_must_be_the_one_that_was_read(city: Organisation, chief: User, sign: Make, texts: Texts) -> None:
    read = texts.document("1").sha256
    texts.version = "2"
    with pytest.raises(DocumentChanged):
        sign(chief, city, document_sha256=read)
    assert sign(chief, city, document_sha256=texts.document("2").sha256).document_version == "2"


def test_nothing_is_signed_without_a_text_a_commitment_and_authority(
    city: Organisation, chief: User, sign: Make, texts: Texts
) -> None:
    for wrong in ({"commitments": []}, {"commitments": ["autre"]}, {"authority_declared": False}):
        with pytest.raises(DomainError):
            sign(chief, city, **wrong)
    texts.version = ""
    with pytest.raises(NothingToSign):
        sign(chief, city)
    assert not Cosponsorship.objects.exists()


def test_the_link_confirms_once(act: Cosponsorship) -> None:
    token = link(act)
    assert confirm_cosponsorship(token=token, now=NOW).state == CosponsorshipState.SUBMITTED
    with pytest.raises(StaleLink):
        confirm_cosponsorship(token=token, now=NOW)
    with pytest.raises(StaleLink):
        confirm_cosponsorship(token=link(act), now=NOW)
    assert Event.objects.filter(kind="cosponsorship.submitted").count() == 1


def test_old_forged_and_foreign_links_change_nothing(act: Cosponsorship) -> None:
    other_purpose = issue_token(
        purpose="autre", subject=act, address="a@example.org", lifetime=timedelta(days=1), now=NOW
    )
    valid = link(act)
    for token in (link(act, days=-0.001), "x", valid[:-1], valid.swapcase(), other_purpose):
        with pytest.raises(StaleLink):
            confirm_cosponsorship(token=token, now=NOW)
    assert Cosponsorship.objects.get().state == CosponsorshipState.AWAITING
    assert confirm_cosponsorship(token=valid, now=NOW).state == CosponsorshipState.SUBMITTED


def test_the_link_dies_with_the_address(act: Cosponsorship, chief: User) -> None:
    token = link(act)
    User.objects.filter(pk=chief.pk).update(email="nouvelle@example.org")
    with pytest.raises(StaleLink):
        confirm_cosponsorship(token=token, now=NOW)
    assert OneTimeToken.objects.get().used_at is None


def test_organisers_approve_what_was_confirmed_by_mail(act: Cosponsorship, organiser: User, chief: User) -> None:
    with pytest.raises(WrongState):
        approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    act = confirm_cosponsorship(token=link(act), now=NOW)
    with pytest.raises(Refused):
        approve_cosponsorship(cosponsorship=act, actor=fresh(chief), now=NOW)
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    assert list(Cosponsorship.objects.official()) == [act]
    assert act.decided_by == organiser


def test_two_organisers_decide_once(act: Cosponsorship, make_organiser: Make) -> None:
    act = confirm_cosponsorship(token=link(act), now=NOW)
    stale = Cosponsorship.objects.get(pk=act.pk)
    approve_cosponsorship(cosponsorship=act, actor=make_organiser(), now=NOW)
    with pytest.raises(WrongState):
        decline_cosponsorship(cosponsorship=stale, actor=make_organiser(), motive="Mandat absent.", now=NOW)


def test_a_declined_organisation_is_told_why_and_may_sign_again(
    act: Cosponsorship, organiser: User, chief: User, sign: Make
) -> None:
    act = confirm_cosponsorship(token=link(act), now=NOW)
    with pytest.raises(DomainError):
        decline_cosponsorship(cosponsorship=act, actor=organiser, motive=" ", now=NOW)
    decline_cosponsorship(cosponsorship=act, actor=organiser, motive="Mandat expiré.", now=NOW)
    assert Event.objects.filter(kind="cosponsorship.declined").exists()
    assert sign(fresh(chief), act.organisation).pk != act.pk


def test_the_organisation_withdraws_at_any_moment_with_a_reason(
    act: Cosponsorship, chief: User, make_account: Make, organiser: User
) -> None:
    with pytest.raises(Hidden):
        withdraw_cosponsorship(cosponsorship=act, actor=make_account(), reason="Non.", now=NOW)
    with pytest.raises(DomainError):
        withdraw_cosponsorship(cosponsorship=act, actor=fresh(chief), reason="", now=NOW)
    withdraw_cosponsorship(cosponsorship=act, actor=fresh(chief), reason="Nouveau mandat.", now=NOW)
    assert Cosponsorship.objects.get().state == CosponsorshipState.WITHDRAWN
    with pytest.raises(WrongState):
        withdraw_cosponsorship(cosponsorship=act, actor=organiser, reason="Encore.", now=NOW)


def test_an_official_act_is_asked_again_after_the_coalition_s_months(act: Cosponsorship, organiser: User) -> None:
    act = confirm_cosponsorship(token=link(act), now=NOW)
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    assert act.renew_on == date(2027, 11, 22)


def test_a_document_is_asked_for_and_joined_without_leaving_the_queue(
    act: Cosponsorship, organiser: User, chief: User, make_account: Make
) -> None:
    with pytest.raises(WrongState):
        ask_for_document(cosponsorship=act, actor=organiser, wanted="La délibération.", now=NOW)
    act = confirm_cosponsorship(token=link(act), now=NOW)
    with pytest.raises(DomainError):
        ask_for_document(cosponsorship=act, actor=organiser, wanted=" ", now=NOW)
    with pytest.raises(Refused):
        ask_for_document(cosponsorship=act, actor=fresh(chief), wanted="La délibération.", now=NOW)
    ask_for_document(cosponsorship=act, actor=organiser, wanted="La délibération.", now=NOW)
    assert (act.state, act.asked_at, act.asked_for) == (CosponsorshipState.SUBMITTED, NOW, "La délibération.")
    scan = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.7")
    with pytest.raises(Hidden):
        provide_document(cosponsorship=act, actor=make_account(), upload=scan, now=NOW)
    provide_document(cosponsorship=act, actor=fresh(chief), upload=scan, now=NOW)
    assert (act.state, act.asked_at, act.asked_for) == (CosponsorshipState.SUBMITTED, None, "La délibération.")
    assert Event.objects.filter(kind="cosponsorship.document_provided").count() == 1
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    with pytest.raises(WrongState):
        provide_document(cosponsorship=act, actor=fresh(chief), upload=scan, now=NOW)


def test_who_read_the_document_stands_in_the_log(
    act: Cosponsorship, organiser: User, chief: User, make_account: Make
) -> None:
    assert note_document_read(cosponsorship=act, actor=organiser, now=NOW) is None
    scan = SimpleUploadedFile("deliberation.pdf", b"%PDF-1.7")
    provide_document(cosponsorship=act, actor=fresh(chief), upload=scan, now=NOW)
    assert note_document_read(cosponsorship=act, actor=organiser, now=NOW).name == "deliberation.pdf"
    with pytest.raises(Hidden):
        note_document_read(cosponsorship=act, actor=make_account(), now=NOW)
    assert AuditLine.objects.get(action="cosponsorship.read_document").actor == organiser


def test_the_receipt_leaves_once_confirmed(act: Cosponsorship) -> None:
    assert not Event.objects.filter(kind="cosponsorship.receipt").exists()
    confirm_cosponsorship(token=link(act), now=NOW)
    assert Event.objects.filter(kind="cosponsorship.receipt").count() == 1
