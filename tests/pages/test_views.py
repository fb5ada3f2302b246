import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from coalition.core.privacy import treatments
from coalition.core.retention import run_purge
from coalition.notifications.models import Event
from members.models import Coalition, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_content() -> None:
    call_command("first_content", verbosity=0)


def test_health_says_that_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200 and response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_delivery_health_turns_red_when_mail_has_waited_too_long(client: Client) -> None:
    assert client.get("/healthz/delivery").status_code == 200
    Event.objects.create(kind="account.mail", key="late", payload={}, created_at=timezone.now() - timedelta(minutes=16))
    response = client.get("/healthz/delivery")
    assert response.status_code == 503
    assert response.json()["status"] == "late" and response.json()["oldest_due_seconds"] >= 900


def test_crawlers_are_told_where_the_site_map_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: " in text and "Disallow: /admin/" in text


def test_the_home_page_of_an_empty_site_says_what_to_do(client: Client, first_content: None) -> None:
    page = client.get("/fr/").content.decode()
    assert "Documenter un cas" in page and "Index des villes" not in page


def test_the_language_switch_leads_to_the_same_page(client: Client, first_content: None) -> None:
    french = client.get("/fr/mentions-legales/").content.decode()
    assert 'href="/en/legal-notice/"' in french
    assert client.get("/en/legal-notice/").status_code == 200


def test_the_coalition_has_one_address_and_says_what_is_still_open(client: Client, first_content: None) -> None:
    number = Coalition.objects.get().number
    response = client.get("/fr/coalition/")
    assert response.status_code == 302 and response["Location"].endswith(f"/{number}/")
    page = client.get(f"/fr/coalition/{number}/").content.decode()
    assert page.count("À préciser par la coalition") == Coalition.objects.get().sections.filter(is_open=True).count()
    assert "Pas encore de co-porteur" in page


def test_a_coalition_that_does_not_exist_is_not_found(client: Client, first_content: None) -> None:
    assert client.get("/fr/coalition/99/").status_code == 404


def test_the_desk_does_not_exist_for_the_public(client: Client, first_content: None) -> None:
    assert client.get("/fr/a-traiter/").status_code == 404


def test_the_front_page_costs_few_queries(client: Client, kept_menus: None, django_assert_max_num_queries: Any) -> None:
    call_command("load_demo", verbosity=0)
    client.get("/fr/")
    with django_assert_max_num_queries(10):
        page = client.get("/fr/?q=another-address").content.decode()
    description = page.partition('type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(description)["@type"] == "WebSite"


def test_the_register_of_personal_data_says_why_and_how_long(client: Client) -> None:
    page = client.get("/fr/confidentialite/").content.decode()
    assert "Qui agit pour une organisation" in page and "Ce qui s’efface tout seul" in page
    assert page.count("<section") == len(treatments()) + 2


def test_only_organisers_read_when_the_purge_ran(client: Client) -> None:
    run_purge(now=timezone.now())
    assert "Les derniers passages" not in client.get("/fr/confidentialite/").content.decode()
    account = User.objects.create_superuser("fatou@example.org", "un-long-mot-de-passe-42")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    TOTP.activate(account, "A" * 32)
    client.force_login(account)
    assert "Les derniers passages" in client.get("/fr/confidentialite/").content.decode()
