"""What happens to the keys of an account is told to its owner, always at once, at the former address too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from coalition.notifications.actions import fan_out_event
from coalition.notifications.kinds import get_kind
from coalition.notifications.models import Choice, Delivery, Event
from coalition.notifications.rendering import compose
from coalition.notifications.retention import forget_last_words
from members.actions.security import TOLD, note_first_device, tell_of_security
from members.adapters import AccountAdapter
from members.models import User

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
PASSWORD = "un-long-mot-de-passe-42"
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
EDGE = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"}
NEW = "security.new_login"


@pytest.fixture
def owner(make_account: Make) -> User:
    """Somebody who has logged in before, with a browser that is remembered."""
    account: User = make_account()
    account.set_password(PASSWORD)
    account.last_login = account.first_device_at = timezone.now() - timedelta(days=3)
    account.save()
    return account


def enter(client: Client, account: User, headers: dict[str, str] = FIREFOX) -> None:
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD}, headers=headers)
    assert client.session.get("_auth_user_id") == str(account.pk)
    client.post(reverse("account_logout"), headers=headers)


def sent(kind: str) -> list[Any]:
    """The mails of the last event of this kind, as they leave."""
    event = Event.objects.filter(kind=kind).latest("pk")
    fan_out_event(event_id=event.pk, now=timezone.now())
    return [compose(one, get_kind(kind)) for one in Delivery.objects.filter(event=event).order_by("pk")]


def say(prefix: str, account: User, facts: dict[str, Any] | None = None, email: str | None = None) -> None:
    """What allauth does when it would mail something itself."""
    with request_context(RequestFactory().get("/", headers=FIREFOX)):
        AccountAdapter().send_notification_mail(prefix, account, facts, email)


def test_an_unknown_device_is_told_once_then_known(client: Client, owner: User) -> None:
    enter(client, owner)
    enter(client, owner)
    assert Event.objects.filter(kind=NEW).count() == 1
    (mail,) = sent(NEW)
    assert owner.email in mail.to[0] and "Firefox, Linux" in mail.body
    assert reverse("usersessions_list") in mail.body


def test_another_browser_is_another_device(client: Client, owner: User) -> None:
    enter(client, owner)
    enter(client, owner, EDGE)
    assert Event.objects.filter(kind=NEW).count() == 2


@pytest.mark.parametrize("before", [None, timezone.now() - timedelta(days=300)])
def test_the_first_browser_of_a_new_account_or_of_one_older_than_our_memory_is_no_news(
    client: Client, owner: User, before: Any
) -> None:
    User.objects.filter(pk=owner.pk).update(last_login=before, first_device_at=None)
    enter(client, owner)
    enter(client, owner)
    assert not Event.objects.filter(kind=NEW).exists()
    enter(Client(), owner, EDGE)
    enter(Client(), owner, FIREFOX)
    assert Event.objects.filter(kind=NEW).count() == 2


def test_a_browser_remembered_already_makes_the_next_unknown_one_news(client: Client, owner: User) -> None:
    enter(client, owner)
    User.objects.filter(pk=owner.pk).update(first_device_at=None)
    enter(client, owner)
    enter(Client(), owner, EDGE)
    assert Event.objects.filter(kind=NEW).count() == 2


def test_of_two_first_browsers_at_once_one_is_news(owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(first_device_at=None)
    assert [note_first_device(account=owner, now=timezone.now()) for _again in range(2)] == [True, False]


def test_no_choice_turns_it_off_and_it_holds_no_network_address(client: Client, owner: User) -> None:
    for category in ("following", "discussion", "charter", "own_case"):
        Choice.objects.create(account=owner, category=category, rhythm="off")
    enter(client, owner)
    (mail,) = sent(NEW)
    assert "127.0.0.1" not in mail.body
    assert set(Event.objects.get(kind=NEW).payload) == {"device"}


def test_a_changed_password_is_told(client: Client, owner: User) -> None:
    client.force_login(owner)
    words = {"oldpassword": PASSWORD, "password1": "encore-un-long-mot-43", "password2": "encore-un-long-mot-43"}
    client.post(reverse("account_change_password"), words, headers=FIREFOX)
    (mail,) = sent("security.password_changed")
    assert "vient d’être changé" in mail.body


def test_a_changed_address_is_told_at_both_and_the_former_one_is_then_forgotten(owner: User) -> None:
    former = owner.email
    EmailAddress.objects.filter(user=owner).update(email="neuve@example.org")
    User.objects.filter(pk=owner.pk).update(email="neuve@example.org")
    say("account/email/email_changed", User.objects.get(pk=owner.pk), email=former)
    at_new, at_former = sent("security.email_changed")
    assert "neuve@example.org" in at_new.to[0] and "maintenant celle-ci" in at_new.body
    assert former in at_former.to[0] and "n’est plus celle-ci" in at_former.body
    assert "neuve@example.org" not in at_former.body and reverse("contact") in at_former.body
    Delivery.objects.update(state="failed")
    assert forget_last_words(timezone.now() + timedelta(days=2), dry_run=False) == 1
    assert not Delivery.objects.filter(address=former).exists()
    assert Delivery.objects.filter(address="neuve@example.org").exists()
    assert Event.objects.get(kind="security.email_changed").payload == {}


@pytest.mark.parametrize("prefix", sorted(TOLD))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_allauth_would_say_is_said_in_the_language_of_the_account(
    owner: User, prefix: str, language: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    account = User.objects.get(pk=owner.pk)

    class Provider:
        name = "AgentConnect"

    say(prefix, account, {"provider": Provider()})
    (mail,) = sent(TOLD[prefix][0])
    assert mail.body.startswith("Bonjour" if language == "fr" else "Hello")
    assert "Firefox, Linux" in mail.body
    assert ("AgentConnect" in mail.body) == prefix.startswith("socialaccount/")


def test_the_same_thing_twice_is_told_twice(owner: User) -> None:
    for _again in range(2):
        tell_of_security(account=owner, kind=NEW, device="", now=timezone.now())
    assert Event.objects.filter(kind=NEW).count() == 2
    assert "un appareil inconnu" in sent(NEW)[0].body


def test_a_suspended_account_is_told_nothing(owner: User) -> None:
    tell_of_security(account=owner, kind=NEW, device="", now=timezone.now())
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert sent(NEW) == []
