"""What people read about a new version, the yearly renewal, an official coalition and local adoptions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Event
from members.actions import (
    Change,
    announce_version,
    ask_due_renewals,
    confirm_version,
    record_adoption,
    remind_renewals,
    remind_versions,
    renew_cosponsorship,
    set_threshold,
    withdraw_adoption,
    withdraw_cosponsorship,
)
from members.models import Coalition, Cosponsorship, Organisation, Support, User
from members.notifications import withdrawal_secret
from tests.members.conftest import NOW
from tests.members.editions import Editions, sha256_of
from tests.members.test_notifications import tell, visible

Official = Callable[..., Cosponsorship]
LATER = NOW + timedelta(days=40)
DUE = NOW + timedelta(days=366)


@pytest.fixture
def act(official: Official, chief: User, city: Organisation) -> Cosponsorship:
    return official(chief, city)


def _adopt(act: Cosponsorship, editions: Editions, version: str) -> None:
    editions.version = version
    announce_version(coalition=act.coalition, version=version, sha256=sha256_of(version), now=NOW)


def test_the_mail_lists_what_changed_since_each_organisation_signed(
    act: Cosponsorship,
    chief: User,
    editions: Editions,
    official: Official,
    make_organisation: Callable[..., Organisation],
) -> None:
    second = make_organisation(name="Agence de l’eau")
    second.affiliations.create(account=chief, role="representative", started_on=NOW.date())
    editions.version = "2"
    late = official(User.objects.get(pk=chief.pk), second)
    _adopt(act, editions, "3")
    ((delivery, mail),) = tell("cosponsorship.new_version")
    assert delivery.address == chief.email
    assert "Version 3" in mail.subject
    first_part, second_part = str(mail.body).split("Agence de l’eau a signé la version 2")
    assert "- Partager" in first_part
    assert "- Partager" not in second_part
    assert "- Prouver (article retiré)" in second_part
    for one in (act, late):
        assert f"/co-porteurs/{one.pk}/version/" in mail.body


def test_it_is_written_in_the_reader_s_language(act: Cosponsorship, chief: User, editions: Editions) -> None:
    User.objects.filter(pk=chief.pk).update(language="en")
    _adopt(act, editions, "2")
    ((_delivery, mail),) = tell("cosponsorship.new_version")
    assert mail.body.startswith("Hello")
    assert f"/{act.pk}/version/" in mail.body.split("/en/organisations/", 1)[1]


def test_it_is_not_sent_once_answered_nor_once_overtaken(act: Cosponsorship, chief: User, editions: Editions) -> None:
    _adopt(act, editions, "2")
    assert visible("cosponsorship.new_version") == [True]
    editions.version = "3"
    event = Event.objects.get(kind="cosponsorship.new_version")
    recipient = event.deliveries.get().recipient
    kind = get_kind("cosponsorship.new_version")
    assert not kind.visible(event, recipient)
    editions.version = "2"
    confirm_version(cosponsorship=act, actor=chief, seen_sha256=sha256_of("2"), now=NOW)
    assert not kind.visible(event, recipient)


def test_the_reminder_and_the_receipt_say_what_it_is_about(act: Cosponsorship, chief: User, editions: Editions) -> None:
    editions.version = "2"
    remind_versions(now=LATER)
    ((_delivery, reminder),) = tell("cosponsorship.version_reminder")
    assert "- Partager" in reminder.body
    assert visible("cosponsorship.version_reminder") == [True]
    confirm_version(
        cosponsorship=act,
        actor=chief,
        seen_sha256=sha256_of("2"),
        reservations={"partage": "Pas si souvent."},
        now=NOW,
    )
    ((_delivery, receipt),) = tell("cosponsorship.version_confirmed")
    assert "Pas si souvent." in receipt.body
    assert sha256_of("2") in receipt.body
    act.refresh_from_db()
    event = Event.objects.get(kind="cosponsorship.version_reminder")
    assert not get_kind(event.kind).visible(event, event.deliveries.get().recipient)


def test_the_question_the_reminder_and_the_thanks_of_a_renewal(act: Cosponsorship, chief: User) -> None:
    ask_due_renewals(now=DUE)
    remind_renewals(now=DUE + timedelta(days=31))
    for kind in ("cosponsorship.to_renew", "cosponsorship.renewal_reminder"):
        ((_delivery, mail),) = tell(kind)
        assert f"/co-porteurs/{act.pk}/renouveler/" in mail.body
        assert visible(kind) == [True]
    act.refresh_from_db()
    renew_cosponsorship(cosponsorship=act, actor=chief, now=DUE)
    ((_delivery, thanks),) = tell("cosponsorship.renewed")
    assert "23 novembre 2028" in thanks.body.replace("\u00a0", " ").replace("\u202f", " ")
    event = Event.objects.get(kind="cosponsorship.to_renew")
    assert not get_kind(event.kind).visible(event, event.deliveries.get().recipient)


def test_an_official_coalition_is_told_in_a_sentence_to_whoever_still_belongs(
    act: Cosponsorship, coalition: Coalition, organiser: User
) -> None:
    support = Support.objects.create(
        coalition=coalition,
        kind="person",
        name="Ana",
        email="ana@example.org",
        language="en",
        state="active",
        created_at=NOW,
    )
    set_threshold(coalition=coalition, actor=organiser, cosponsors_needed=1, kinds={}, now=NOW)
    mails = {delivery.address: mail for delivery, mail in tell("coalition.official")}
    assert "/en/" in mails["ana@example.org"].body
    out = mails["ana@example.org"].extra_headers["List-Unsubscribe"].strip("<>")
    assert withdrawal_secret(support) in out and mails["ana@example.org"].body.count(out) == 1
    assert "List-Unsubscribe" not in mails[act.affiliation.account.email].extra_headers  # type: ignore[union-attr]
    assert "1 organisation la co-porte" in mails[act.affiliation.account.email].body  # type: ignore[union-attr]
    Support.objects.filter(pk=support.pk).update(state="withdrawn")
    event = Event.objects.get(kind="coalition.official")
    seen = {
        one.address: get_kind(event.kind).visible(event, one.recipient) for one in event.deliveries.order_by("address")
    }
    assert seen == {"ana@example.org": False, act.affiliation.account.email: True}  # type: ignore[union-attr]


def test_local_adoptions_are_told_with_their_decision_and_their_end_with_its_reason(
    editions: Editions, coalition: Coalition, city: Organisation, chief: User, organiser: User
) -> None:
    adoption: Any = record_adoption(
        organisation=city,
        coalition=coalition,
        actor=chief,
        document_sha256=sha256_of("1"),
        adopted_on=NOW.date(),
        decision_reference="Délibération 2026-7",
        changes=[Change(kind="left_out", key="preuve")],
        now=NOW,
    )
    ((delivery, mail),) = tell("adoption.recorded")
    assert delivery.address == organiser.email
    assert "Délibération 2026-7" in mail.body
    assert "Avec 1 changement local." in mail.body
    withdraw_adoption(adoption=adoption, actor=chief, reason="Annulée.", now=NOW)
    assert all("Annulée." in mail.body for _delivery, mail in tell("adoption.withdrawn"))
    assert visible("adoption.recorded") == [True]


def test_whoever_left_is_told_nothing_more(act: Cosponsorship, chief: User, editions: Editions) -> None:
    withdraw_cosponsorship(cosponsorship=act, actor=chief, reason="Fini.", now=NOW)
    _adopt(act, editions, "2")
    assert tell("cosponsorship.new_version") == []
