"""Who is told of an organisation's mail: roles by subject, and a mailbox its people share."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.core.access import Refused
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.actions.mailrooms import (
    MOST_ASKED,
    MailboxWish,
    StaleMailboxLink,
    confirm_mailbox,
    forget_unconfirmed,
    hand_out_mail,
    move_mail_rules,
    move_mailbox,
    share_mailbox,
    stop_mailbox,
    stop_mailbox_by_link,
)
from members.enums import Role
from members.models import MailRule, Organisation, SharedMailbox
from members.notifications.mailrooms import MAILBOX_LIFETIME, MAILBOX_PURPOSE
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    organisation: Organisation = make_organisation()
    return organisation


@pytest.fixture
def awa(city: Organisation, make_representative: Make) -> Any:
    return make_representative(city)


def wish(address: str = "service@ville.example", **more: Any) -> MailboxWish:
    return MailboxWish(**{"address": address, "language": "fr", "mode": "copy", "categories": ["charter"], **more})


def shared(actor: Any, city: Organisation, **more: Any) -> SharedMailbox:
    return share_mailbox(actor=actor, organisation=city, wish=wish(**more), now=NOW)


def link(box: SharedMailbox) -> str:
    return issue_token(
        purpose=MAILBOX_PURPOSE,
        subject=box,
        address=box.address,
        lifetime=MAILBOX_LIFETIME,
        now=timezone.now(),
    )


def test_representatives_say_which_roles_are_told_and_the_usual_ones_need_no_row(city: Organisation, awa: Any) -> None:
    hand_out_mail(actor=awa, organisation=city, roles={"charter": ["member"], "own_case": ["editor"]}, now=NOW)
    assert list(MailRule.objects.values_list("category", "roles")) == [("charter", ["member"])]
    hand_out_mail(actor=awa, organisation=city, roles={"charter": ["representative"]}, now=NOW)
    assert not MailRule.objects.exists()
    assert AuditLine.objects.filter(action="organisation.hand_out_mail").count() == 2


def test_somebody_is_always_told_and_only_who_may_read_what_it_is_about(
    city: Organisation, awa: Any, make_representative: Make
) -> None:
    for roles in ({"charter": []}, {"own_case": ["member"]}, {"security": ["member"]}):
        with pytest.raises(DomainError):
            hand_out_mail(actor=awa, organisation=city, roles=roles, now=NOW)
    with pytest.raises(Refused):
        editor = make_representative(city, role=Role.EDITOR)
        hand_out_mail(actor=editor, organisation=city, roles={"charter": ["member"]}, now=NOW)


def test_a_mailbox_is_told_nothing_before_it_has_confirmed_and_once_only(city: Organisation, awa: Any) -> None:
    box = shared(awa, city)
    assert box.confirmed_at is None
    assert Event.objects.get(kind="mailbox.confirm").subject == box
    token = link(box)
    assert confirm_mailbox(token=token, now=NOW).confirmed_at == NOW
    for stale in (token, link(box), "x"):
        with pytest.raises(StaleMailboxLink):
            confirm_mailbox(token=stale, now=NOW)


def test_another_address_asks_again_and_other_subjects_do_not(city: Organisation, awa: Any) -> None:
    box = shared(awa, city)
    confirm_mailbox(token=link(box), now=NOW)
    assert shared(awa, city, categories=["contact"], mode="instead").confirmed_at == NOW
    old = link(box)
    changed = shared(awa, city, address="autre@ville.example")
    assert changed.confirmed_at is None and SharedMailbox.objects.get().address == "autre@ville.example"
    with pytest.raises(StaleMailboxLink):
        confirm_mailbox(token=old, now=NOW)


def test_nobody_is_written_to_again_and_again(city: Organisation, awa: Any) -> None:
    for number in range(MOST_ASKED):
        shared(awa, city, address=f"a{number}@ville.example")
    with pytest.raises(DomainError):
        shared(awa, city, address="encore@ville.example")
    assert Event.objects.filter(kind="mailbox.confirm").count() == MOST_ASKED
    with pytest.raises(DomainError):
        shared(awa, city, address="a0@ville.example")


def test_what_is_asked_must_exist(city: Organisation, awa: Any) -> None:
    for more in ({"categories": []}, {"categories": ["security"]}, {"mode": "all"}):
        with pytest.raises(DomainError):
            shared(awa, city, **more)


def test_stopping_erases_the_address_by_hand_or_by_the_link_of_a_mail(city: Organisation, awa: Any) -> None:
    shared(awa, city)
    assert stop_mailbox(actor=awa, organisation=city, now=NOW)
    assert not stop_mailbox(actor=awa, organisation=city, now=NOW)
    key = shared(awa, city, address="b@ville.example").pk
    for _again in range(2):
        stop_mailbox_by_link(key=key, now=NOW)
    assert not SharedMailbox.objects.exists()
    assert AuditLine.objects.filter(action="mailbox.stop").count() == 2


def test_what_never_confirmed_is_forgotten(city: Organisation, awa: Any) -> None:
    shared(awa, city)
    assert forget_unconfirmed(NOW, dry_run=False) == 0
    assert forget_unconfirmed(NOW + timedelta(days=8), dry_run=True) == 1
    assert forget_unconfirmed(NOW + timedelta(days=8), dry_run=False) == 1
    assert not SharedMailbox.objects.exists()


def test_in_a_merge_what_the_organisation_that_stays_chose_stands(city: Organisation, make_organisation: Make) -> None:
    gone = make_organisation()
    MailRule.objects.create(organisation=city, category="charter", roles=["member"])
    for category in ("charter", "contact"):
        MailRule.objects.create(organisation=gone, category=category, roles=["representative"])
    SharedMailbox.objects.create(organisation=gone, address="b@ville.example", asked_at=NOW)
    done = move_mail_rules(city, gone, NOW)
    assert (done.lines, done.settled) == (1, 1)
    assert sorted(city.mail_rules.values_list("category", "roles")) == [
        ("charter", ["member"]),
        ("contact", ["representative"]),
    ]
    assert move_mailbox(city, gone, NOW).lines == 1
    SharedMailbox.objects.create(organisation=gone, address="c@ville.example", asked_at=NOW)
    assert move_mailbox(city, gone, NOW).settled == 1
    assert SharedMailbox.objects.get().address == "b@ville.example"
