"""A support counts once its mailbox, or its organisation, has said so; it leaves no trace of a person it forgot."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.core.access import Hidden, Refused
from coalition.core.errors import DomainError
from coalition.core.models import Consent, OneTimeToken
from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Delivery, Event
from coalition.notifications.rendering import compose
from members.actions import (
    AlreadyCosponsor,
    StaleSupportLink,
    approve_cosponsorship,
    ask_support,
    confirm_support,
    forget_unconfirmed_supports,
    support_as_organisation,
    withdraw_support,
    withdraw_support_by_link,
)
from members.enums import CosponsorshipState, Role, SupportState
from members.models import Coalition, Cosponsorship, Organisation, Support, User
from members.notifications import withdrawal_secret
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
ASKED = {"name": "Moussa Fall", "email": "Moussa@Example.org", "city": "Thiès", "message": "Il est temps."}


def ask(coalition: Coalition, **more: Any) -> Support | None:
    ask_support(coalition=coalition, **{**ASKED, "now": NOW, **more})
    return Support.objects.order_by("-pk").first()


def mails(kind: str) -> list[Any]:
    """Every mail of that kind, as its reader would get it."""
    found = []
    for event in Event.objects.filter(kind=kind).order_by("pk"):
        fan_out_event(event_id=event.pk, now=timezone.now())
        found += [compose(one, get_kind(kind)) for one in Delivery.objects.filter(event=event)]
    return found


def mailed_token() -> str:
    found = re.search(r"/confirmer/([^/]+)/", str(mails("support.confirm")[-1].body))
    assert found is not None
    return found[1]


def confirm(token: str, **more: Any) -> Support:
    return confirm_support(token=token, **{"name": "Moussa Fall", "city": "Thiès", "now": NOW, **more})


@pytest.fixture
def supporter(coalition: Coalition) -> Support:
    ask(coalition, name_is_public=True)
    return confirm(mailed_token(), message="Il est temps.", name_is_public=True)


def test_nothing_counts_before_the_mailbox_has_confirmed(coalition: Coalition) -> None:
    support = ask(coalition, name_is_public=True)
    assert support is not None
    assert (support.state, support.email) == (SupportState.AWAITING, "moussa@example.org")
    assert not Support.objects.active().exists()
    assert not Support.objects.listed().exists()
    assert not Consent.objects.exists()


def test_the_first_mail_says_nothing_that_a_stranger_wrote(coalition: Coalition) -> None:
    ask(coalition, name="Achetez http://piege.example", message="Cliquez http://piege.example")
    [mail] = mails("support.confirm")
    assert "piege" not in f"{mail.subject} {mail.body} {mail.alternatives} {mail.message()}"
    assert mail.to == ["moussa@example.org"]
    assert "/confirmer/" in mail.body and "/retirer/" in mail.body


def test_confirming_keeps_the_words_its_owner_leaves_and_what_they_agreed_to(coalition: Coalition) -> None:
    ask(coalition)
    support = confirm(mailed_token(), city="Dakar", message="Autrement dit.", name_is_public=True, network="192.0.2.77")
    assert (support.state, support.city, support.message) == (SupportState.ACTIVE, "Dakar", "Autrement dit.")
    assert list(Support.objects.listed()) == [support]
    given = Consent.objects.order_by("purpose")
    assert [(one.purpose, one.method, one.network, one.address) for one in given] == [
        ("support.keep", "double_opt_in", "192.0.2.0/24", "moussa@example.org"),
        ("support.name", "double_opt_in", "192.0.2.0/24", "moussa@example.org"),
    ]
    [receipt] = mails("support.confirmed")
    assert withdrawal_secret(support) in receipt.body


def test_who_does_not_agree_is_counted_and_not_named(coalition: Coalition) -> None:
    ask(coalition, name_is_public=True)
    support = confirm(mailed_token(), name_is_public=False)
    assert list(Support.objects.of_persons()) == [support]
    assert not Support.objects.listed().exists()
    assert list(Consent.objects.values_list("purpose", flat=True)) == ["support.keep"]


def test_a_link_serves_once_and_a_forged_one_never(coalition: Coalition) -> None:
    ask(coalition)
    token = mailed_token()
    confirm(token)
    for stale in (token, "x" * 43):
        with pytest.raises(StaleSupportLink):
            confirm(stale)


def test_confirming_without_a_name_uses_nothing_up(coalition: Coalition) -> None:
    ask(coalition)
    token = mailed_token()
    with pytest.raises(DomainError, match="nom"):
        confirm(token, name="  ")
    assert confirm(token).state == SupportState.ACTIVE


def test_one_address_gets_one_mail_a_day_whatever_is_asked(coalition: Coalition) -> None:
    for hours in (0, 1, 23):
        ask(coalition, email="moussa@EXAMPLE.org", now=NOW + timedelta(hours=hours))
    assert Support.objects.count() == Event.objects.count() == 1
    ask(coalition, city="Dakar", now=NOW + timedelta(hours=25))
    assert Event.objects.count() == 2
    support = Support.objects.get()
    assert (support.city, support.created_at) == ("Dakar", NOW + timedelta(hours=25))


def test_who_already_supports_is_told_by_mail_and_the_support_stays_as_it_was(
    coalition: Coalition, supporter: Support
) -> None:
    ask(coalition, name="Quelqu’un d’autre", now=NOW + timedelta(hours=30))
    supporter.refresh_from_db()
    assert (supporter.name, supporter.state) == ("Moussa Fall", SupportState.ACTIVE)
    [mail] = mails("support.known")
    assert "Quelqu’un" not in mail.body


def test_an_account_that_owns_the_address_is_tied_to_it(coalition: Coalition, make_account: Make) -> None:
    account = make_account(email="moussa@example.org")
    ask(coalition)
    assert confirm(mailed_token()).account == account


def test_an_account_that_never_proved_the_address_is_not(coalition: Coalition, make_account: Make) -> None:
    make_account(email="moussa@example.org", verified=False)
    ask(coalition)
    assert confirm(mailed_token()).account is None


def test_the_link_of_a_mail_withdraws_as_often_as_it_is_used_and_nothing_of_the_person_stays(
    coalition: Coalition, supporter: Support
) -> None:
    secret = withdrawal_secret(supporter)
    for years in (0, 10):
        ended = withdraw_support_by_link(secret=secret, now=NOW + timedelta(days=365 * years))
        assert ended.state == SupportState.WITHDRAWN
        assert (ended.name, ended.email, ended.city, ended.message) == ("", "", "", "")
        assert ended.withdrawn_at == NOW
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert not OneTimeToken.objects.exists()
    assert not Delivery.objects.filter(address="moussa@example.org").exists()
    again = ask(coalition, now=NOW + timedelta(days=1))
    assert again is not None and again.pk != supporter.pk and again.state == SupportState.AWAITING


@pytest.mark.parametrize("secret", ["", "1", "1~forged", "x~y", "~"])
def test_a_word_we_never_signed_withdraws_nothing(supporter: Support, secret: str) -> None:
    with pytest.raises(StaleSupportLink):
        withdraw_support_by_link(secret=secret, now=NOW)
    supporter.refresh_from_db()
    assert supporter.state == SupportState.ACTIVE


def test_only_its_owner_and_organisers_withdraw_a_persons_support(
    supporter: Support, make_account: Make, organiser: User
) -> None:
    with pytest.raises(Hidden):
        withdraw_support(support=supporter, actor=make_account("Eve"), now=NOW)
    owner = make_account(email="moussa@example.org")
    assert withdraw_support(support=supporter, actor=owner, now=NOW).state == SupportState.WITHDRAWN
    assert withdraw_support(support=supporter, actor=organiser, now=NOW).state == SupportState.WITHDRAWN


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REPRESENTATIVE])
def test_an_organisation_supports_at_once_by_its_editors_and_representatives(
    coalition: Coalition, city: Organisation, make_representative: Make, role: Role
) -> None:
    actor = fresh(make_representative(city, role=role))
    first, created = support_as_organisation(coalition=coalition, organisation=city, actor=actor, now=NOW)
    again, twice = support_as_organisation(coalition=coalition, organisation=city, actor=actor, now=NOW)
    assert (created, twice, first) == (True, False, again)
    assert list(Support.objects.listed()) == [first]
    withdraw_support(support=first, actor=actor, now=NOW)
    assert not Support.objects.listed().exists()


def test_members_organisers_and_people_of_pending_organisations_do_not(
    coalition: Coalition, city: Organisation, make_representative: Make, organiser: User, chief: User
) -> None:
    for actor in (fresh(make_representative(city, role=Role.MEMBER)), organiser):
        with pytest.raises(Refused):
            support_as_organisation(coalition=coalition, organisation=city, actor=actor, now=NOW)
    Organisation.objects.filter(pk=city.pk).update(state="pending")
    with pytest.raises(Refused):
        support_as_organisation(
            coalition=coalition, organisation=Organisation.objects.get(pk=city.pk), actor=fresh(chief), now=NOW
        )


def test_a_supporter_that_becomes_co_sponsor_is_shown_once(
    coalition: Coalition, city: Organisation, chief: User, sign: Make, organiser: User
) -> None:
    support_as_organisation(coalition=coalition, organisation=city, actor=fresh(chief), now=NOW)
    act = sign(fresh(chief), city)
    assert Support.objects.of_organisations().count() == 1
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED)
    act.refresh_from_db()
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    assert not Support.objects.listed().exists()
    assert not Support.objects.of_organisations().exists()
    with pytest.raises(AlreadyCosponsor):
        support_as_organisation(coalition=coalition, organisation=city, actor=fresh(chief), now=NOW)


def test_what_nobody_confirmed_is_forgotten_with_its_links_and_its_mail(
    coalition: Coalition, supporter: Support
) -> None:
    ask(coalition, email="autre@example.org")
    mailed_token()
    assert forget_unconfirmed_supports(older_than=NOW) == 0
    assert forget_unconfirmed_supports(older_than=NOW + timedelta(seconds=1)) == 1
    assert list(Support.objects.all()) == [supporter]
    for rows in (OneTimeToken, Delivery):
        assert not rows.objects.filter(address="autre@example.org").exists()
    assert forget_unconfirmed_supports(older_than=NOW + timedelta(days=9)) == 0
