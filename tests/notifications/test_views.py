"""The demo's mail pages: every mail that left can be read, and nothing in it can act."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from coalition.notifications.enums import IncomingReason, IncomingState
from coalition.notifications.models import IncomingMail
from tests.principles.conftest import make_organiser

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEMO_MAIL_DIR = str(tmp_path)
    return tmp_path


def keep(folder: Path, name: str, subject: str = "Votre code", html: str = "<p>Le code est <b>2718</b>.</p>") -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "coalition@example.org", "ada@example.org"
    message["Date"] = "Sun, 22 Nov 2026 09:00:00 +0000"
    message.set_content("Le code est 2718. https://villes.example/fr/compte/")
    if html:
        message.add_alternative(f"<!doctype html><html><head></head><body>{html}</body></html>", subtype="html")
    (folder / name).write_bytes(message.as_bytes())


def page(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_pages_do_not_exist_outside_a_demo(client: Client, settings: Settings) -> None:
    settings.DEMO_MAIL_DIR = ""
    for address in (reverse("demo_mail"), reverse("demo_mail_message", args=["a.eml"])):
        assert client.get(address).status_code == 404


def test_an_empty_mailbox_says_what_will_be_here(client: Client, folder: Path) -> None:
    assert "Aucun message n’est encore parti" in page(client, "demo_mail")


def test_the_latest_mail_stands_first(client: Client, folder: Path) -> None:
    keep(folder, "20261122T090000.000001Z-aa.eml", "Première")
    keep(folder, "20261122T090000.000002Z-bb.eml", "Seconde")
    text = page(client, "demo_mail")
    assert text.index("Seconde") < text.index("Première")
    assert "ada@example.org" in text


def test_the_links_of_a_mail_can_be_followed_from_its_text(client: Client, folder: Path) -> None:
    keep(folder, "a.eml")
    text = page(client, "demo_mail_message", "a.eml")
    assert 'href="https://villes.example/fr/compte/"' in text
    assert f'src="{reverse("demo_mail_html", args=["a.eml"])}"' in text
    assert "sandbox" in text


def test_the_html_of_a_mail_is_shown_where_it_can_do_nothing(client: Client, folder: Path) -> None:
    keep(folder, "a.eml", html="<script>alert(1)</script>")
    response = client.get(reverse("demo_mail_html", args=["a.eml"]))
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in response.content.decode()


def test_a_mail_without_html_has_no_frame(client: Client, folder: Path) -> None:
    keep(folder, "a.eml", html="")
    assert "<iframe" not in page(client, "demo_mail_message", "a.eml")
    assert client.get(reverse("demo_mail_html", args=["a.eml"])).status_code == 404


def test_a_hostile_subject_is_shown_as_words(client: Client, folder: Path) -> None:
    keep(folder, "a.eml", subject="<script>alert(1)</script>")
    for text in (page(client, "demo_mail"), page(client, "demo_mail_message", "a.eml")):
        assert "<script>alert" not in text


@pytest.mark.parametrize(
    "name", ["..%2Fsecret.eml", "..", ".hidden.eml", "secret.txt", "absent.eml", "a%00.eml", "lien.eml"]
)
def test_only_the_mails_of_the_folder_can_be_read(name: str, client: Client, folder: Path) -> None:
    inner = folder / "mail"
    inner.mkdir()
    keep(folder, "secret.eml")
    (inner / "lien.eml").symlink_to(folder / "secret.eml")
    (inner / "secret.txt").write_text("secret")
    (inner / ".hidden.eml").write_text("secret")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DEMO_MAIL_DIR", str(inner), raising=False)
        assert client.get(f"{reverse('demo_mail')}{name}/").status_code in (400, 404)


def test_organisers_read_who_was_turned_away_and_why_but_not_the_words(client: Client) -> None:
    for number in range(3):
        IncomingMail.objects.create(
            identity=str(number),
            received_at=NOW,
            settled_at=NOW,
            sender="awa@ville.example",
            size=10,
            raw=b"Un secret.",
            state=IncomingState.REFUSED,
            reason=IncomingReason.EMPTY,
        )
    client.force_login(make_organiser())
    shown = page(client, "incoming_mail")
    assert shown.count("awa@ville.example") == 3 and "aucun texte à publier" in shown
    assert "Un secret" not in shown


def test_the_list_of_answers_costs_the_same_for_one_and_for_many(client: Client) -> None:
    account = make_organiser()
    client.force_login(account)
    counts = []
    for many in (1, 20):
        for number in range(many):
            IncomingMail.objects.create(
                identity=f"{many}-{number}",
                received_at=NOW,
                settled_at=NOW,
                account=account,
                size=1,
                raw=b"",
                state=IncomingState.REFUSED,
                reason=IncomingReason.EMPTY,
            )
        with CaptureQueriesContext(connection) as asked:
            page(client, "incoming_mail")
        counts.append(len(asked))
    assert counts[0] == counts[1]
