"""Organisers read every mail as it would leave; nobody else finds the pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.notifications.kinds import Kind, all_kinds, get_kind
from coalition.notifications.previews.composing import previewed_kinds
from coalition.notifications.previews.views import category_words
from tests.principles.conftest import make_account, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client: Client) -> Client:
    client.force_login(make_organiser())
    return client


def text(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_list_holds_every_kind_under_its_category_with_constant_queries(organiser: Client) -> None:
    page = text(organiser, "mail_previews")
    for kind in previewed_kinds():
        assert reverse("mail_preview", args=[kind.name, "fr"]) in page
    assert "Les discussions où vous avez parlé" in page and "Sécurité" in page
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text(organiser, "mail_previews")
    assert len(queries) <= 12


def test_every_category_has_a_name_of_its_own() -> None:
    assert [kind.category for kind in all_kinds() if category_words(kind.category) == kind.category] == []


def test_one_mail_shows_subject_text_reason_headers_and_weight(organiser: Client) -> None:
    page = text(organiser, "mail_preview", "search.alert", "fr")
    assert "5 nouveaux cas pour votre recherche" in page
    assert str(get_kind("search.alert").reason) in page
    for header in ("List-Unsubscribe", "Message-ID", "Auto-Submitted"):
        assert header in page
    assert "ko, sur 40 au plus" in page
    assert "toujours envoyé tout de suite" in page


def test_the_language_of_the_mail_is_not_that_of_the_page(organiser: Client) -> None:
    page = text(organiser, "mail_preview", "case.published", "en")
    assert "Pourquoi on le reçoit" in page
    assert "Your case is public" in page
    assert reverse("mail_preview", args=["case.published", "fr"]) in page


def test_a_default_of_a_role_is_said(organiser: Client) -> None:
    page = text(organiser, "mail_preview", "amendment.submitted", "fr")
    assert "l’équipe d’organisation" in page and "courriel, une fois par jour" in page


def test_the_html_can_do_nothing(organiser: Client) -> None:
    response = organiser.get(reverse("mail_preview_html", args=["case.published", "fr"]))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox ") and "allow-scripts" not in policy and "default-src 'none'" in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "Bonjour Camille Martin" in response.content.decode()


def test_the_frame_shows_the_mail_of_the_same_kind_and_language(organiser: Client) -> None:
    assert reverse("mail_preview_html", args=["case.published", "en"]) in text(
        organiser, "mail_preview", "case.published", "en"
    )


@pytest.mark.parametrize(
    ("name", "language"), [("case.nothing", "fr"), ("case.published", "de"), ("account.mail", "fr")]
)
def test_what_has_no_preview_does_not_exist(organiser: Client, name: str, language: str) -> None:
    for page in ("mail_preview", "mail_preview_html"):
        assert organiser.get(reverse(page, args=[name, language])).status_code == 404


def test_for_others_there_is_no_such_page(client: Client, told: Kind) -> None:
    client.force_login(make_account())
    for address in (reverse("mail_previews"), reverse("mail_preview", args=["case.published", "fr"])):
        assert client.get(address).status_code == 404
