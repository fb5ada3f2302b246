from datetime import timedelta
from typing import Any

import pytest

from coalition.core.access import Hidden, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.actions import fan_out_event
from coalition.notifications.enums import HOOK_FAILURES, HOOK_PATIENCE, DeliveryState, HookState
from coalition.notifications.hook_desk.actions import (
    AddressRefused,
    ChangedMeanwhile,
    delete_webhook,
    edit_webhook,
    note_answer,
    pause_webhook,
    ping_webhook,
    register_webhook,
    resume_webhook,
    rotate_webhook_secret,
    seen_mark,
)
from coalition.notifications.models import Delivery, Event, Webhook
from coalition.notifications.webhooks.carrier import Outcome
from coalition.notifications.webhooks.parcels import PING
from coalition.notifications.webhooks.signing import secret_of
from tests.notifications.webhooks.public import NOW, Shelf, hook_to, shown_event
from tests.world import World

URL = "https://ville.example/hook"


@pytest.fixture
def organiser(on_paper: World) -> Any:
    return on_paper.account("organiser")


def _register(actor: Any, **values: Any) -> Webhook:
    return register_webhook(**{"actor": actor, "name": "Ville", "url": URL, "themes": ["cases"], "now": NOW, **values})


def test_an_organiser_registers_a_program(organiser: Any) -> None:
    hook = _register(organiser, themes=["charter", "cases", "nonsense"])
    assert (hook.state, hook.themes, hook.created_by) == (HookState.ACTIVE, ["cases", "charter"], organiser)
    line = AuditLine.objects.filter(action="webhook.register").latest("pk")
    assert "https" not in str(line.data) + line.label


def test_nobody_else_may(on_paper: World) -> None:
    with pytest.raises(Hidden):
        _register(on_paper.account("rep_own"))
    with pytest.raises(Hidden):
        ping_webhook(actor=None, webhook=hook_to(URL), now=NOW)


@pytest.mark.parametrize(
    "url",
    [
        "http://ville.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1:8443/x",
        "https://a:b@c.example",
    ],
)
def test_an_address_that_is_plainly_not_public_is_refused_at_once(organiser: Any, url: str) -> None:
    with pytest.raises(AddressRefused):
        _register(organiser, url=url)


def test_a_program_hears_of_something(organiser: Any) -> None:
    with pytest.raises(DomainError):
        _register(organiser, themes=["nonsense"])


def test_a_new_secret_is_made_once_for_two_at_once(organiser: Any) -> None:
    hook = hook_to(URL)
    same = Webhook.objects.get(pk=hook.pk)
    assert rotate_webhook_secret(actor=organiser, webhook=hook, now=NOW).rotation == 1
    with pytest.raises(WrongState):
        rotate_webhook_secret(actor=organiser, webhook=same, now=NOW)


def test_a_paused_program_is_told_nothing_until_it_is_resumed(organiser: Any, shelf: Shelf) -> None:
    hook = hook_to(URL)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert pause_webhook(actor=organiser, webhook=hook, now=NOW).state == HookState.PAUSED
    assert Delivery.objects.get(channel="webhook").state == DeliveryState.SUPPRESSED
    with pytest.raises(WrongState):
        pause_webhook(actor=organiser, webhook=hook, now=NOW)
    assert fan_out_event(event_id=shown_event(hook, 2).pk, now=NOW) == 0
    assert resume_webhook(actor=organiser, webhook=hook, now=NOW).state == HookState.ACTIVE
    assert fan_out_event(event_id=shown_event(hook, 3).pk, now=NOW) == 1
    with pytest.raises(WrongState):
        resume_webhook(actor=organiser, webhook=hook, now=NOW)


def test_a_deleted_program_leaves_nothing_waiting(organiser: Any, shelf: Shelf) -> None:
    hook = hook_to(URL)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    delete_webhook(actor=organiser, webhook=hook, now=NOW)
    assert not Webhook.objects.exists()
    assert not Delivery.objects.pending().filter(channel="webhook").exists()


def test_a_test_waits_for_the_program_alone(organiser: Any) -> None:
    hook = hook_to(URL, state=HookState.PAUSED)
    event = ping_webhook(actor=organiser, webhook=hook, now=NOW)
    assert [(one.address, one.channel) for one in event.deliveries.all()] == [(str(hook.pk), "webhook")]
    assert event.pk not in Event.objects.waiting().values_list("pk", flat=True)


def _fails(hook: Webhook, times: int, days: float = 0, **outcome: Any) -> Webhook:
    for _time in range(times):
        note_answer(outcome=Outcome(hook.pk, accepted=False, **outcome), now=NOW + timedelta(days=days))
    hook.refresh_from_db()
    return hook


def test_three_days_of_failures_stop_it_and_organisers_are_told_once(on_paper: World) -> None:
    hook = _fails(hook_to(URL), HOOK_FAILURES * 3)
    assert (hook.state, hook.failures) == (HookState.ACTIVE, HOOK_FAILURES * 3)
    assert _fails(hook, 1, HOOK_PATIENCE.days - 0.1).state == HookState.ACTIVE
    assert _fails(hook, 3, HOOK_PATIENCE.days).state == HookState.FAILING
    event = Event.objects.get(kind="webhook.stopped")
    assert fan_out_event(event_id=event.pk, now=NOW) >= 1
    addresses = set(event.deliveries.values_list("address", flat=True))
    assert on_paper.account("organiser").email in addresses
    assert on_paper.account("rep_own").email not in addresses


def test_few_failures_long_ago_do_not_stop_it(on_paper: World) -> None:
    assert _fails(_fails(hook_to(URL), 1), 1, 30).state == HookState.ACTIVE


def test_an_answer_forgets_the_failures_before_it(on_paper: World) -> None:
    hook = _fails(hook_to(URL), HOOK_FAILURES)
    note_answer(outcome=Outcome(hook.pk, accepted=True), now=NOW)
    assert (_fails(hook, 1, 4).state, hook.failures) == (HookState.ACTIVE, 1)


def test_who_wants_no_more_gets_no_more(on_paper: World, shelf: Shelf) -> None:
    hook = hook_to(URL)
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    assert _fails(hook, 1, gone=True).state == HookState.GONE
    assert not Delivery.objects.pending().filter(channel="webhook").exists()
    assert Event.objects.filter(kind="webhook.stopped").count() == 1


def test_an_answer_of_a_program_that_was_deleted_is_forgotten(on_paper: World) -> None:
    note_answer(outcome=Outcome(999_999, accepted=False), now=NOW)
    assert not Event.objects.filter(kind="webhook.stopped").exists()


def _edit(actor: Any, hook: Webhook, **values: Any) -> Webhook:
    words = {"name": hook.name, "url": hook.url, "themes": hook.themes, "seen": seen_mark(webhook=hook), **values}
    return edit_webhook(actor=actor, webhook=hook, now=NOW, **words)


def test_another_name_or_theme_keeps_secret_state_and_what_waits(organiser: Any, shelf: Shelf) -> None:
    hook = _register(organiser, themes=["cases"])
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    pause_webhook(actor=organiser, webhook=hook, now=NOW)
    after = _edit(organiser, hook, name="Métropole", themes=["charter", "amendments"])
    assert (after.name, after.themes, after.state) == ("Métropole", ["charter", "amendments"], HookState.PAUSED)
    assert secret_of(after) == secret_of(hook)
    assert not Event.objects.filter(kind=PING).exists()
    line = AuditLine.objects.get(action="webhook.edit")
    assert line.data == {"changed": ["name", "themes"], "themes": ["charter", "amendments"]}


def test_what_waits_leaves_for_the_new_address_at_once_after_a_test(organiser: Any, shelf: Shelf) -> None:
    hook = _register(organiser, themes=["cases", "charter"])
    fan_out_event(event_id=shown_event(hook).pk, now=NOW)
    waiting = Delivery.objects.filter(channel="webhook")
    waiting.update(attempts=3, not_before=NOW + timedelta(days=400), last_error="HTTP 503")
    Webhook.objects.update(failures=3, failing_since=NOW)
    after = _edit(organiser, hook, url="https://neuve.example/hook")
    assert (after.url, after.failures, after.failing_since) == ("https://neuve.example/hook", 0, None)
    assert secret_of(after) == secret_of(hook)
    assert waiting.count() == 2
    assert waiting.filter(event__kind=PING).count() == 1
    assert {(one.state, one.attempts) for one in waiting} == {(DeliveryState.PENDING, 0)}
    assert not waiting.filter(not_before__gt=NOW + timedelta(days=399)).exists()
    line = AuditLine.objects.get(action="webhook.edit")
    assert "neuve" not in str(line.data) + line.label


@pytest.mark.parametrize("url", ["http://ville.example/", "https://127.0.0.1/x", "https://a:b@ville.example/"])
def test_another_address_is_judged_as_at_registration(organiser: Any, url: str) -> None:
    hook = _register(organiser)
    with pytest.raises(AddressRefused):
        _edit(organiser, hook, url=url)
    hook.refresh_from_db()
    assert hook.url == URL


def test_the_slower_of_two_who_edit_is_told_and_nothing_changed_writes_nothing(organiser: Any) -> None:
    hook = _register(organiser)
    seen = seen_mark(webhook=hook)
    assert _edit(organiser, hook).name == hook.name
    assert not AuditLine.objects.filter(action="webhook.edit").exists()
    _edit(organiser, hook, name="Première")
    with pytest.raises(ChangedMeanwhile):
        _edit(organiser, hook, name="Seconde", seen=seen)
    with pytest.raises(DomainError):
        _edit(organiser, Webhook.objects.get(), themes=["nonsense"])
    assert Webhook.objects.get().name == "Première"
