"""What a signature says: a sentence for each commitment, reservations, consent, and the version it holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.consents import consent_digest
from coalition.core.errors import DomainError
from coalition.core.models import Consent
from coalition.notifications.models import Event
from members.actions import ArticleGone, TooManyLinks, resend_confirmation, withdraw_cosponsorship
from members.enums import Binding, CosponsorshipState
from members.models import Cosponsorship, Organisation, SignedVersion, User
from members.rules.consents import NAME_PURPOSE
from tests.members.conftest import NOW, Texts, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def test_each_chosen_commitment_keeps_its_own_sentence(sign: Make, chief: User, city: Organisation) -> None:
    said = {"document_cases": " Deux cas\npar an. ", "contribute_principles": "Relire.", "propose_services": "Rien."}
    act = sign(chief, city, commitments=["contribute_principles", "document_cases"], sentences=said, statement="")
    assert act.sentences == {"document_cases": "Deux cas par an.", "contribute_principles": "Relire."}
    assert [promise["text"] for promise in act.promises] == ["Deux cas par an.", "Relire."]


@pytest.mark.parametrize("sentence", ["", "  ", "x" * 301])
def test_nothing_is_signed_with_an_empty_or_endless_sentence(
    sign: Make, chief: User, city: Organisation, sentence: str
) -> None:
    with pytest.raises(DomainError) as refused:
        sign(chief, city, sentences={"document_cases": sentence})
    assert refused.value.field == "sentence_document_cases"
    assert not Cosponsorship.objects.exists()


def test_the_version_signed_is_a_line_of_its_own(sign: Make, chief: User, city: Organisation) -> None:
    act = sign(chief, city)
    line = SignedVersion.objects.get()
    assert (line.cosponsorship, line.how, line.bound_at) == (act, Binding.SIGNED, NOW)
    assert (line.document_version, line.document_sha256) == ("1", act.document_sha256)
    assert (line.signatory_name, line.mandate_reference) == ("Aïssatou", "Délibération 2026-114")


def test_reservations_are_kept_with_the_version_they_were_made_on(
    sign: Make, chief: User, city: Organisation, texts: Texts
) -> None:
    act = sign(chief, city, reservations={"partage": "Pas avant 2029.", "ouverture": " "})
    [kept] = act.reservations.all()
    assert (kept.article_key, kept.article_title, kept.text) == ("partage", "De l’partage", "Pas avant 2029.")
    assert (kept.document_version, kept.document_sha256) == ("1", texts.document("1").sha256)


def test_a_reservation_on_no_article_or_too_long_signs_nothing(sign: Make, chief: User, city: Organisation) -> None:
    with pytest.raises(ArticleGone):
        sign(chief, city, reservations={"disparu": "Non."})
    with pytest.raises(DomainError):
        sign(chief, city, reservations={"partage": "x" * 1001})
    assert not Cosponsorship.objects.exists()
    assert not SignedVersion.objects.exists()


def test_agreeing_to_be_named_is_recorded_with_the_words_that_were_shown(
    sign: Make, chief: User, city: Organisation
) -> None:
    with translation.override("fr"):
        act = sign(chief, city, name_is_public=True)
    given = Consent.objects.get()
    assert (given.account, given.purpose, given.proof) == (chief, NAME_PURPOSE, f"cosponsorship {act.pk}")
    assert given.text_sha256 == consent_digest(NAME_PURPOSE, "fr")
    withdraw_cosponsorship(cosponsorship=act, actor=fresh(chief), reason="Fin.", now=NOW)
    assert Consent.objects.get().withdrawn_at == NOW


def test_nobody_is_recorded_as_agreeing_who_did_not(sign: Make, chief: User, city: Organisation) -> None:
    sign(chief, city)
    assert not Consent.objects.exists()


def test_the_signatory_alone_has_another_link_sent(
    sign: Make, chief: User, city: Organisation, make_representative: Make, make_account: Make, organiser: User
) -> None:
    act = sign(chief, city)
    with pytest.raises(Refused):
        resend_confirmation(cosponsorship=act, actor=make_representative(city), now=NOW)
    with pytest.raises(Refused):
        resend_confirmation(cosponsorship=act, actor=organiser, now=NOW)
    with pytest.raises(Hidden):
        resend_confirmation(cosponsorship=act, actor=make_account(), now=NOW)
    resend_confirmation(cosponsorship=act, actor=fresh(chief), now=NOW)
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 2


def test_links_are_counted_within_a_day(sign: Make, chief: User, city: Organisation) -> None:
    act = sign(chief, city)
    for _number in range(4):
        resend_confirmation(cosponsorship=act, actor=fresh(chief), now=NOW)
    with pytest.raises(TooManyLinks):
        resend_confirmation(cosponsorship=act, actor=fresh(chief), now=NOW)
    resend_confirmation(cosponsorship=act, actor=fresh(chief), now=NOW + timedelta(days=2))
    assert Event.objects.filter(kind="cosponsorship.confirm").count() == 6


def test_no_link_is_sent_for_an_act_that_waits_no_more(sign: Make, chief: User, city: Organisation) -> None:
    act = sign(chief, city)
    Cosponsorship.objects.update(state=CosponsorshipState.SUBMITTED)
    act.refresh_from_db()
    with pytest.raises(WrongState):
        resend_confirmation(cosponsorship=act, actor=fresh(chief), now=NOW)
