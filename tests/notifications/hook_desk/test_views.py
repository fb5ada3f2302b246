import re
from typing import Any

import pytest
from django.urls import reverse

from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import HookState
from coalition.notifications.models import Delivery, Webhook
from coalition.notifications.webhooks.signing import secret_of
from tests.access.visitor import Visitor
from tests.notifications.webhooks.public import NOW, Shelf, hook_to, shown_event
from tests.world import World

FORM = {"name": "Ville", "url": "https://ville.example/hook", "themes": ["cases", "charter"]}


@pytest.fixture
def desk(on_paper: World) -> Visitor:
    return Visitor(on_paper, "organiser")


def test_the_secret_is_shown_once(desk: Visitor) -> None:
    made = desk.post(reverse("webhooks"), FORM)
    hook = Webhook.objects.get()
    assert made.status_code == 201
    assert secret_of(hook) in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert "whsec_" not in desk.get(reverse("webhook", args=[hook.pk])).content.decode()


def test_a_mistake_keeps_what_was_typed(desk: Visitor) -> None:
    answer = desk.post(reverse("webhooks"), {**FORM, "url": "https://127.0.0.1/x"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "https://127.0.0.1/x" in page and "https://, sans nom" in page
    assert not Webhook.objects.exists()


def test_each_act_does_what_its_button_says(desk: Visitor) -> None:
    hook = hook_to("https://ville.example/")
    address = reverse("webhook_act", args=[hook.pk])
    desk.post(address, {"act": "pause"})
    assert Webhook.objects.get().state == HookState.PAUSED
    desk.post(address, {"act": "resume"})
    assert Webhook.objects.get().state == HookState.ACTIVE
    desk.post(address, {"act": "ping"})
    assert Delivery.objects.filter(channel="webhook").count() == 1
    changed = desk.post(address, {"act": "rotate"}).content.decode()
    assert secret_of(Webhook.objects.get()) in changed
    assert secret_of(hook) not in changed
    assert desk.post(address, {"act": "nonsense"}).status_code == 404
    assert desk.post(address, {"act": "delete"}).status_code == 303
    assert not Webhook.objects.exists()


def test_the_last_deliveries_are_told_without_the_words_of_what_happened(desk: Visitor, shelf: Shelf) -> None:
    hook = hook_to("https://ville.example/")
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    Delivery.objects.filter(channel="webhook").update(attempts=2, last_error="HTTP 503")
    page = re.sub(r"\s+", " ", desk.get(reverse("webhook", args=[hook.pk])).content.decode())
    assert "Lac no 1 rempli" in page and "HTTP 503" in page and "2 tentatives" in page


def test_the_list_says_who_does_not_answer(desk: Visitor) -> None:
    hook_to("https://ville.example/", failures=3, failing_since=NOW)
    assert "3 échecs de suite" in desk.get(reverse("webhooks")).content.decode()


def test_for_others_the_pages_do_not_exist(on_paper: World) -> None:
    hook = hook_to("https://ville.example/")
    for role in ("anon", "rep_own"):
        visitor: Any = Visitor(on_paper, role)
        assert visitor.get(reverse("webhooks")).status_code == 404
        assert visitor.get(reverse("webhook", args=[hook.pk])).status_code == 404


def _filled(page: str) -> str:
    return page.split('name="seen"')[1].split('value="')[1].split('"')[0]


def test_name_address_and_themes_are_changed_on_one_page_that_says_where_what_waits_goes(
    desk: Visitor, shelf: Shelf
) -> None:
    hook = hook_to("https://ville.example/")
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    address = reverse("webhook_edit", args=[hook.pk])
    assert address in desk.get(reverse("webhook", args=[hook.pk])).content.decode()
    page = desk.get(address).content.decode()
    assert "1 envoi attend" in page and "https://ville.example/" in page
    done = desk.post(address, {**FORM, "url": "https://neuve.example/", "seen": _filled(page)})
    assert done["Location"] == reverse("webhook", args=[hook.pk])
    assert "Un essai part à la nouvelle adresse" in desk.get(done["Location"]).content.decode()
    assert Webhook.objects.get().url == "https://neuve.example/"


def test_a_mistake_or_somebody_faster_keeps_what_was_typed_and_says_so(desk: Visitor) -> None:
    hook = hook_to("https://ville.example/")
    address = reverse("webhook_edit", args=[hook.pk])
    seen = _filled(desk.get(address).content.decode())
    for url, words in (("https://10.0.0.1/x", "https://, sans nom"), ("no address", "URL")):
        refused = desk.post(address, {**FORM, "url": url, "seen": seen})
        assert refused.status_code == 422
        assert url in refused.content.decode() and words in refused.content.decode()
    Webhook.objects.update(name="Autrement")
    late = desk.post(address, {**FORM, "name": "Plus tard", "seen": seen})
    page = late.content.decode()
    assert late.status_code == 409
    assert "entre-temps" in page and "Autrement" in page and "Plus tard" in page
    assert desk.post(address, {**FORM, "name": "Plus tard", "seen": _filled(page)}).status_code == 303
    assert Webhook.objects.get().name == "Plus tard"
