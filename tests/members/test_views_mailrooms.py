from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.core.tokens import issue_token
from members.forms.mailrooms import MailboxForm, MailRulesForm, mailbox_answers, rules_of
from members.models import MailRule, Organisation, SharedMailbox
from members.notifications.mailrooms import MAILBOX_LIFETIME, MAILBOX_PURPOSE, mailbox_secret
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
RULES = {
    "cosponsorship": ["representative"],
    "charter": ["member", "editor"],
    "own_case": ["editor"],
    "challenges": ["editor", "representative"],
    "contact": ["editor"],
}
BOX = {"address": "service@ville.example", "language": "fr", "mode": "copy", "categories": ["charter"]}


@pytest.fixture
def city(make_organisation: Make) -> Organisation:
    organisation: Organisation = make_organisation()
    return organisation


@pytest.fixture
def awa(city: Organisation, make_representative: Make, client: Client) -> Any:
    account = make_representative(city)
    client.force_login(account)
    return account


def test_a_representative_finds_the_page_and_says_who_is_told(client: Client, city: Organisation, awa: Any) -> None:
    address = reverse("organisation_mail", args=[city.slug])
    assert address in client.get(city.get_absolute_url()).content.decode()
    assert "Par rôle" in client.get(address).content.decode()
    assert client.post(address, RULES).status_code == 303
    assert MailRule.objects.get().roles == ["member", "editor"]
    assert client.post(address, {**RULES, "charter": []}).status_code == 422


def test_the_page_says_what_a_mailbox_waits_for(client: Client, city: Organisation, awa: Any) -> None:
    assert client.post(reverse("organisation_mailbox", args=[city.slug]), BOX).status_code == 303
    page = client.get(reverse("organisation_mail", args=[city.slug])).content.decode()
    assert "À confirmer" in page and "service@ville.example" in page
    assert client.post(reverse("organisation_mailbox", args=[city.slug]), {**BOX, "address": "x"}).status_code == 422
    assert client.post(reverse("organisation_mailbox_stop", args=[city.slug])).status_code == 303
    assert not SharedMailbox.objects.exists()


def test_opening_the_link_shows_and_its_button_confirms(client: Client, city: Organisation) -> None:
    box = SharedMailbox.objects.create(organisation=city, address="service@ville.example", asked_at=NOW)
    secret = issue_token(
        purpose=MAILBOX_PURPOSE, subject=box, address=box.address, lifetime=MAILBOX_LIFETIME, now=timezone.now()
    )
    address = reverse("mailbox_confirm", args=[secret])
    assert city.name in client.get(address).content.decode()
    box.refresh_from_db()
    assert box.confirmed_at is None
    assert "est confirmée" in client.post(address).content.decode()
    assert client.post(address).status_code == 409
    assert client.get(reverse("mailbox_confirm", args=["x"])).status_code == 404


def test_a_mail_stops_the_mailbox_without_login_and_a_glance_does_not(client: Client, city: Organisation) -> None:
    box = SharedMailbox.objects.create(organisation=city, address="a@ville.example", asked_at=NOW, confirmed_at=NOW)
    stop = reverse("mailbox_stop", args=[mailbox_secret(box)])
    one_click = reverse("mailbox_one_click", args=[mailbox_secret(box)])
    assert client.get(stop).status_code == 200 and client.get(one_click).status_code == 303
    assert client.post(one_click).status_code == 400
    assert SharedMailbox.objects.exists()
    assert client.post(one_click, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not SharedMailbox.objects.exists()
    assert "est arrêtée" in client.post(stop).content.decode()
    assert client.get(reverse("mailbox_stop", args=["1~x"])).status_code == 404


def test_the_forms_show_what_holds_today(city: Organisation) -> None:
    MailRule.objects.create(organisation=city, category="contact", roles=["representative"])
    assert rules_of(city)["contact"] == ["representative"] and rules_of(city)["charter"] == ["representative"]
    assert mailbox_answers(None)["language"] == "fr"
    box = SharedMailbox(organisation=city, address="a@ville.example", mode="instead", categories=["charter"])
    assert mailbox_answers(box)["mode"] == "instead"
    assert MailRulesForm(RULES).is_valid() and MailboxForm(BOX).is_valid()
