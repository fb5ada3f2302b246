"""Django's own admin: absent unless asked for, one door, nothing to change, no words of a mail."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, override_settings

from coalition.core.audit import record
from coalition.notifications.models import Delivery, Event
from coalition.settings import base
from members.models import User
from tests.house.tree import ROOT
from tests.world import NOW

pytestmark = pytest.mark.django_db
PLACES = (
    "",
    "login/",
    "login/?next=/django-admin/",
    "logout/",
    "password_change/",
    "jsi18n/",
    "notifications/",
    "notifications/event/",
    "notifications/delivery/",
    "core/auditline/",
    "nowhere/",
)


@pytest.fixture
def mounted() -> Iterator[None]:
    """The addresses of an installation that asked for it."""
    with override_settings(ROOT_URLCONF="tests.access.mounted"):
        yield


def account(name: str, *, factor: bool = True, superuser: bool = True) -> User:
    made = User.objects.create_user(f"{name}@example.org", "a-long-password", name=name, is_superuser=superuser)
    User.objects.filter(pk=made.pk).update(is_staff=True)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if factor:
        Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={})
    return made


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def delivery() -> Delivery:
    event = Event.objects.create(
        key="zorglub-key", kind="account.mail", payload={"address": "zorglubpayload"}, created_at=NOW
    )
    return Delivery.objects.create(
        event=event, address="awa@example.org", language="fr", message_id="<1@example.org>", raw="zorglubwords"
    )


def test_it_is_not_there_unless_asked_for(delivery: Delivery) -> None:
    assert "COALITION_DJANGO_ADMIN" not in os.environ
    assert not settings.DJANGO_ADMIN
    assert not [app for app in base.INSTALLED_APPS if "admin" in app and app.startswith("django.")]
    head = browser(account("head"))
    assert {head.get(f"/django-admin/{place}").status_code for place in PLACES} == {404}


def test_the_environment_mounts_it_and_the_checks_pass() -> None:
    asked = "from django.urls import reverse; import sys; sys.exit(reverse('admin:index') != '/django-admin/')"
    given = {**os.environ, "COALITION_DJANGO_ADMIN": "1", "DJANGO_SETTINGS_MODULE": "coalition.settings.test"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--verbosity", "0", "--command", asked]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("mounted")
def test_its_door_is_closed_to_all_others_who_learn_nothing_not_even_a_login_page(delivery: Delivery) -> None:
    others = [Client(), browser(account("organiser", superuser=False)), browser(account("bare", factor=False))]
    places = [*PLACES, f"notifications/event/{delivery.event_id}/change/"]
    for client in others:
        for place in places:
            assert client.get(f"/django-admin/{place}").status_code == 404, place
            assert client.post(f"/django-admin/{place}", {"username": "head"}).status_code == 404, place


@pytest.mark.usefixtures("mounted")
def test_whoever_operates_the_site_reads_the_outbox_and_the_log(delivery: Delivery) -> None:
    person = account("head")
    record(actor=person, action="zorglub.act", obj=delivery, now=NOW)
    head = browser(person)
    assert "zorglub-key" in head.get("/django-admin/notifications/event/?q=zorglub").content.decode()
    assert "zorglub.act" in head.get("/django-admin/core/auditline/").content.decode()
    seen = [
        head.get(f"/django-admin/{place}")
        for place in (
            "",
            "notifications/delivery/",
            "notifications/delivery/?state__exact=pending",
            f"notifications/delivery/{delivery.pk}/change/",
            f"notifications/event/{delivery.event_id}/change/",
            f"notifications/event/{delivery.event_id}/history/",
        )
    ]
    for answer in seen:
        assert answer.status_code == 200
        assert "zorglubwords" not in answer.content.decode()
        assert "zorglubpayload" not in answer.content.decode()
    assert head.get("/django-admin/login/").status_code == 404
    assert head.post("/django-admin/logout/")["Location"] == "/fr/compte/logout/"


@pytest.mark.usefixtures("mounted")
def test_nothing_can_be_changed_there(delivery: Delivery) -> None:
    head = browser(account("head"))
    for place in ("add/", f"{delivery.pk}/change/", f"{delivery.pk}/delete/"):
        answer = head.post(f"/django-admin/notifications/delivery/{place}", {"state": "sent", "post": "yes"})
        assert answer.status_code == 403, place
    delivery.refresh_from_db()
    assert delivery.state == "pending"
