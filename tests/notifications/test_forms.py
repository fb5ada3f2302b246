import pytest
from django.test import Client
from django.urls import reverse

from coalition.notifications.forms import PreferencesForm, answers_of
from coalition.notifications.models import Choice, Preferences
from tests.notifications.board import make_reader

pytestmark = pytest.mark.django_db


def test_the_form_gives_back_what_it_shows() -> None:
    reader = make_reader()
    shown = answers_of(reader)
    form = PreferencesForm({**shown, "auto_follow": "on", "paused_until": "", "quiet_from": "22", "quiet_to": "7"})
    assert form.is_valid(), form.errors
    assert (form.wishes().quiet_from, form.wishes().quiet_to) == (22, 7)
    assert form.wishes().rhythms["following"] == "daily"


def test_choosing_is_one_page_without_script(client: Client) -> None:
    reader = make_reader()
    client.force_login(reader)
    address = reverse("preferences")
    assert "<select" in client.get(address).content.decode()
    answers = {**answers_of(reader), "paused_until": "2026-12-24", "following": "app", "quiet_to": "7"}
    refused = client.post(address, answers)
    assert refused.status_code == 422
    assert "un début et une fin" in refused.content.decode()
    assert client.post(address, {**answers, "quiet_from": "22"}).status_code == 303
    assert Choice.objects.get(category="following").rhythm == "app"
    assert not Preferences.objects.get().auto_follow or "auto_follow" in answers
    assert "2026-12-24" in client.get(address).content.decode()
