"""The mail as organisers see it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.notifications.enums import DeliveryState, StopReason
from coalition.notifications.kinds import Kind
from coalition.notifications.models import Delivery, StoppedAddress
from tests.notifications.board import make_reader
from tests.notifications.office.test_figures import mails, settle
from tests.notifications.stops.test_listing import stop
from tests.principles.conftest import make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_organiser())
    return client


def text(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_page_shows_figures_and_what_failed_with_a_button(desk: Client, told: Kind) -> None:
    [delivery] = mails(1)
    settle(delivery, DeliveryState.FAILED, last_error="550 5.7.1 listed")
    page = text(desk, "mail_office")
    assert "En échec" in page
    assert "550 5.7.1 listed" in page
    assert reverse("mail_retry", args=["envoi", delivery.pk]) in page
    assert "Un lac propre" not in page


def test_the_page_costs_as_many_queries_with_many_failures_as_with_few(desk: Client, told: Kind) -> None:
    counts = []
    for size in (2, 30):
        for delivery in mails(size):
            settle(delivery, DeliveryState.FAILED)
        with CaptureQueriesContext(connection) as queries:
            text(desk, "mail_office")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_person_is_found_without_their_address_in_any_address_of_the_site(desk: Client, told: Kind) -> None:
    first, second = mails(2)
    response = desk.post(reverse("mail_search"), {"who": first.address.upper()})
    assert (response.status_code, response["Location"]) == (303, reverse("mail_history", args=[first.pk]))
    page = text(desk, "mail_history", first.pk)
    assert first.address in page
    assert second.address not in page
    assert "Essai" in page
    nobody = desk.post(reverse("mail_search"), {"who": "autre@ville.example"})
    assert "Rien ne lui a été envoyé" in nobody.content.decode()
    assert desk.post(reverse("mail_search"), {"who": "Personne"}).status_code == 422


def test_a_failed_mail_is_tried_again_from_either_page(desk: Client, told: Kind) -> None:
    [delivery] = mails(1)
    settle(delivery, DeliveryState.FAILED)
    address = reverse("mail_retry", args=["envoi", delivery.pk])
    response = desk.post(address, {"from": "history"})
    assert (response.status_code, response["Location"]) == (303, reverse("mail_history", args=[delivery.pk]))
    assert Delivery.objects.pending().exists()
    assert desk.post(address).status_code == 409
    assert desk.post(reverse("mail_retry", args=["autre", delivery.pk])).status_code == 404


def test_why_it_cannot_be_tried_again_is_said(desk: Client, told: Kind) -> None:
    [delivery] = mails(1)
    settle(delivery, DeliveryState.FAILED)
    stop(delivery.address)
    response = desk.post(reverse("mail_retry", args=["envoi", delivery.pk]), follow=True)
    assert "Cette adresse est arrêtée" in response.content.decode()


def test_an_address_is_stopped_and_lifted_with_a_motive(desk: Client) -> None:
    refused = desk.post(reverse("mail_stops"), {"address": "ada", "motive": "M"})
    assert refused.status_code == 422
    desk.post(reverse("mail_stops"), {"address": "Ada@ville.example", "motive": "Elle a changé d’emploi."})
    kept = StoppedAddress.objects.get()
    assert (kept.address, kept.reason) == ("ada@ville.example", StopReason.ORGANISER)
    assert "Elle a changé d’emploi." in text(desk, "mail_stops")
    assert "ada@ville.example" in text(desk, "mail_lift", kept.pk)
    assert desk.post(reverse("mail_lift", args=[kept.pk])).status_code == 422
    assert desk.post(reverse("mail_lift", args=[kept.pk]), {"motive": "Revenue."}).status_code == 303
    assert not StoppedAddress.objects.exists()


def test_for_everybody_else_there_is_no_such_page(client: Client, told: Kind) -> None:
    [delivery] = mails(1)
    client.force_login(make_reader())
    for name, args in (("mail_office", []), ("mail_stops", []), ("mail_history", [delivery.pk])):
        assert client.get(reverse(name, args=args)).status_code == 404
    for name, args in (("mail_search", []), ("mail_retry", ["envoi", delivery.pk])):
        assert client.post(reverse(name, args=args)).status_code == 404
