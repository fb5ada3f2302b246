"""Who is told, in which words, and what the database never holds."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.utils import timezone

from coalition.core.models import OneTimeToken
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.actions import (
    approve_cosponsorship,
    ask_for_document,
    confirm_cosponsorship,
    confirm_organisation,
    decline_cosponsorship,
    refuse_organisation,
    request_organisation,
    withdraw_cosponsorship,
)
from members.enums import Kind
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def tell(kind: str) -> list[tuple[Delivery, EmailMessage]]:
    """Fan the only event of this kind out, and compose what each person would get."""
    event = Event.objects.get(kind=kind)
    fan_out_event(event_id=event.pk, now=timezone.now())
    deliveries = Delivery.objects.filter(event=event).order_by("address")
    return [(delivery, compose(delivery, get_kind(kind))) for delivery in deliveries]


def visible(kind: str) -> list[bool]:
    return [get_kind(kind).visible(delivery.event, delivery.recipient) for delivery, _mail in tell(kind)]


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    return make_organisation(name="Ville de L’Haÿ & fils")


@pytest.fixture
def chief(city: Organisation, make_representative: Make) -> User:
    return make_representative(city, name="Aïssatou", language="fr")


@pytest.fixture
def act(city: Organisation, chief: User, sign: Make) -> Cosponsorship:
    return sign(chief, city)


def confirmed(act: Cosponsorship) -> Cosponsorship:
    [(_delivery, mail)] = tell("cosponsorship.confirm")
    token = re.search(r"/confirmer/([^/]+)/", str(mail.body))
    assert token is not None
    return confirm_cosponsorship(token=token[1], now=NOW)


def test_the_signatory_gets_a_link_that_no_table_holds(act: Cosponsorship, chief: User) -> None:
    [(delivery, mail)] = tell("cosponsorship.confirm")
    assert delivery.address == chief.email
    assert mail.subject == "Confirmez la signature de Ville de L’Haÿ & fils"
    assert act.document_sha256 in str(mail.body)
    found = re.search(r"http://testserver/fr/organisations/co-porteurs/confirmer/([^/]+)/", str(mail.body))
    assert found is not None
    secret = found[1]
    stored = [str(row) for model in (Event, Delivery, OneTimeToken) for row in model.objects.values()]
    assert not any(secret in row for row in stored)
    confirm_cosponsorship(token=secret, now=NOW)
    assert visible("cosponsorship.confirm") == [False]


def test_a_mail_rendered_twice_confirms_once(act: Cosponsorship) -> None:
    first, second = (re.findall(r"/confirmer/([^/]+)/", str(tell("cosponsorship.confirm")[0][1].body))[0] for _ in "ab")
    assert first != second
    confirm_cosponsorship(token=second, now=NOW)
    with pytest.raises(Exception, match="attend plus"):
        confirm_cosponsorship(token=first, now=NOW)


def test_a_signatory_who_changed_address_gets_no_link_at_the_old_one(act: Cosponsorship, chief: User) -> None:
    tell("cosponsorship.confirm")
    User.objects.filter(pk=chief.pk).update(email="neuve@example.org")
    assert visible("cosponsorship.confirm") == [False]


def test_organisers_learn_of_what_waits_for_them_in_their_language(
    act: Cosponsorship, make_organiser: Make, make_account: Make
) -> None:
    english = make_organiser(language="en")
    make_organiser(second_factor=False)
    make_account()
    confirmed(act)
    mails = {delivery.address: mail for delivery, mail in tell("cosponsorship.submitted")}
    assert set(mails) == {english.email}
    assert "http://testserver/en/" in str(mails[english.email].body)


def test_an_organiser_who_lost_the_second_factor_meanwhile_is_told_nothing(
    act: Cosponsorship, make_organiser: Make
) -> None:
    organiser = make_organiser()
    confirmed(act)
    told = list(tell("cosponsorship.submitted"))
    assert [delivery.address for delivery, _mail in told] == [organiser.email]
    Authenticator.objects.filter(user=organiser).delete()
    delivery = told[0][0]
    assert not get_kind("cosponsorship.submitted").visible(delivery.event, delivery.recipient)


def test_the_organisation_learns_what_became_of_its_signature(
    act: Cosponsorship, chief: User, organiser: User, sign: Make, city: Organisation
) -> None:
    approve_cosponsorship(cosponsorship=confirmed(act), actor=organiser, now=NOW)
    [(delivery, mail)] = tell("cosponsorship.official")
    assert delivery.address == chief.email
    assert "est co-porteuse" in mail.subject
    withdraw_cosponsorship(cosponsorship=act, actor=fresh(chief), reason="Nouvelle <équipe>.", now=NOW)
    [(_delivery, mail)] = tell("cosponsorship.withdrawn")
    assert "Nouvelle <équipe>." in str(mail.body)
    assert "Nouvelle &lt;équipe&gt;." in str(mail.alternatives[0].content)  # type: ignore[attr-defined]


def test_a_refusal_carries_its_motive(act: Cosponsorship, organiser: User) -> None:
    decline_cosponsorship(cosponsorship=confirmed(act), actor=organiser, motive="Mandat expiré.", now=NOW)
    [(_delivery, mail)] = tell("cosponsorship.declined")
    assert "Mandat expiré." in str(mail.body)
    assert visible("cosponsorship.declined") == [True]


@pytest.mark.parametrize("answer", ["confirmed", "refused"])
def test_who_asked_for_an_organisation_is_answered(make_account: Make, organiser: User, answer: str) -> None:
    account = make_account()
    pending = request_organisation(actor=account, name="Neuve", country="SN", kind=Kind.NGO, now=NOW)
    assert [delivery.address for delivery, _mail in tell("organisation.requested")] == [organiser.email]
    if answer == "confirmed":
        confirm_organisation(organisation=pending, actor=organiser, now=NOW)
    else:
        refuse_organisation(organisation=pending, actor=organiser, motive="Inconnue ici.", now=NOW)
    [(delivery, mail)] = tell(f"organisation.{answer}")
    assert delivery.address == account.email
    assert "Neuve" in mail.subject
    assert ("Inconnue ici." in str(mail.body)) is (answer == "refused")
    assert visible(f"organisation.{answer}") == [True]
    assert visible("organisation.requested") == [False]


def test_the_receipt_goes_once_to_each_representative_with_the_facts(
    act: Cosponsorship, chief: User, city: Organisation, make_representative: Make
) -> None:
    second = make_representative(city, name="Second")
    confirmed(act)
    mails = {delivery.address: str(mail.body) for delivery, mail in tell("cosponsorship.receipt")}
    assert set(mails) == {chief.email, second.email}
    for body in mails.values():
        assert act.document_sha256 in body
        assert "Nous ferons document_cases." in body
        assert f"/co-porteurs/{act.pk}/" in body


def test_a_document_that_was_joined_meanwhile_is_not_asked_for_again(
    act: Cosponsorship, chief: User, organiser: User
) -> None:
    ask_for_document(cosponsorship=confirmed(act), actor=organiser, wanted="La délibération.", now=NOW)
    assert visible("cosponsorship.document_asked") == [True]
    Cosponsorship.objects.update(asked_at=None)
    assert visible("cosponsorship.document_asked") == [False]
