"""Registering a program, its secret, its rest and its end; what its answers lead to."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from coalition.notifications.enums import HOOK_FAILURES, HOOK_PATIENCE, Channel, DeliveryState, HookState, Theme
from coalition.notifications.hook_deliveries import hook_delivery
from coalition.notifications.models import Delivery, Event, Webhook
from coalition.notifications.webhooks.carrier import Outcome
from coalition.notifications.webhooks.guard import NotAllowed, is_public, read_place
from coalition.notifications.webhooks.parcels import PING

MOST = 50
"""Programs an installation may register."""


class AddressRefused(DomainError):
    """Nothing will be sent to such an address."""


def _check_address(url: str) -> None:
    """Refuse what can be told from the address alone; where a name leads is looked at each time we connect."""
    words = _("Donnez une adresse publique qui commence par https://, sans nom ni mot de passe.")
    try:
        host = read_place(url).host
    except NotAllowed as error:
        raise AddressRefused(words, field="url") from error
    if (":" in host or host.replace(".", "").isdigit()) and not is_public(host):
        raise AddressRefused(words, field="url")


@transaction.atomic
def register_webhook(*, actor: Any, name: str, url: str, themes: Sequence[str], now: datetime) -> Webhook:
    """Let a program at `url` hear of public changes of these themes (values of Theme), from now on.

    Rule: organisers. Raises AddressRefused, and DomainError without a theme or beyond MOST programs.
    """
    require(actor, "webhook.manage")
    _check_address(url)
    chosen = _chosen(themes)
    if Webhook.objects.count() >= MOST:
        raise DomainError(_("Il y a déjà cinquante logiciels avertis : supprimez-en un d’abord."))
    hook = Webhook.objects.create(name=name, url=url, themes=chosen, created_at=now, created_by=actor)
    record(actor=actor, action="webhook.register", obj=hook, now=now, themes=chosen)
    return hook


class ChangedMeanwhile(DomainError):
    """Somebody saved other words since the form was read."""


def seen_mark(*, webhook: Webhook) -> str:
    """What a form keeps of the words it was filled with, to be told when they are no longer those of the row."""
    words = json.dumps([webhook.name, webhook.url, webhook.themes])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@transaction.atomic
def edit_webhook(
    *, actor: Any, webhook: Webhook, seen: str, name: str, url: str, themes: Sequence[str], now: datetime
) -> Webhook:
    """Give a program another name, address or themes; its secret and its state stay.

    Rule: organisers; `seen` is the `seen_mark` the form was filled with. Another address is judged as at registration
    and gets a test at once; its failures are forgotten, and what waits leaves for it now, as a first attempt. Themes
    count for what happens from now on. Nothing changed, nothing written. Raises ChangedMeanwhile for the slower of two,
    AddressRefused, and DomainError without a theme.
    """
    require(actor, "webhook.manage", webhook)
    chosen = _chosen(themes)
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if seen_mark(webhook=held) != seen:
        words = _("Quelqu’un a modifié ce logiciel entre-temps. Comparez avec ce qui est enregistré, puis recommencez.")
        raise ChangedMeanwhile(words)
    values: dict[str, Any] = {"name": name, "url": url, "themes": chosen}
    changed = [field for field, value in values.items() if getattr(held, field) != value]
    if not changed:
        return held
    if "url" in changed:
        _check_address(url)
        values |= {"failures": 0, "failing_since": None}
    Webhook.objects.filter(pk=held.pk).update(**values)
    held.refresh_from_db()
    record(actor=actor, action="webhook.edit", obj=held, now=now, changed=changed, themes=chosen)
    if "url" in changed:
        _send_on(held)
        _ping(held, actor, now)
    return held


def _chosen(themes: Sequence[str]) -> list[str]:
    """Known themes in their order. DomainError without one."""
    chosen = [theme.value for theme in Theme if theme in themes]
    if not chosen:
        raise DomainError(_("Choisissez au moins un sujet."), field="themes")
    return chosen


def _send_on(webhook: Webhook) -> None:
    """What waits for the program is due now, as if it had never been tried; what a worker holds stays with it."""
    waiting = Delivery.objects.pending().filter(channel=Channel.WEBHOOK, address=str(webhook.pk))
    waiting.exclude(leased_until__gte=Now()).update(attempts=0, not_before=Now(), last_error="")


@transaction.atomic
def rotate_webhook_secret(*, actor: Any, webhook: Webhook, now: datetime) -> Webhook:
    """Give the program another secret; the one before signs beside it for a day. Rule: organisers. WrongState for the
    slower of two at once.
    """
    require(actor, "webhook.manage", webhook)
    mine = Webhook.objects.filter(pk=webhook.pk, rotation=webhook.rotation)
    if not mine.update(rotation=F("rotation") + 1, rotated_at=now):
        raise WrongState
    webhook.refresh_from_db()
    record(actor=actor, action="webhook.rotate", obj=webhook, now=now, rotation=webhook.rotation)
    return webhook


@transaction.atomic
def pause_webhook(*, actor: Any, webhook: Webhook, now: datetime) -> Webhook:
    """Tell a running program nothing more until it is resumed; what happens meanwhile is not made up for.

    Rule: organisers. WrongState when it is not running.
    """
    require(actor, "webhook.manage", webhook)
    if not Webhook.objects.filter(pk=webhook.pk, state=HookState.ACTIVE).update(state=HookState.PAUSED):
        raise WrongState
    _hold_back(webhook)
    webhook.refresh_from_db()
    record(actor=actor, action="webhook.pause", obj=webhook, now=now)
    return webhook


@transaction.atomic
def resume_webhook(*, actor: Any, webhook: Webhook, now: datetime) -> Webhook:
    """Put a program that was paused or stopped back in service, its failures forgotten.

    Rule: organisers. WrongState when it is running.
    """
    require(actor, "webhook.manage", webhook)
    changes: dict[str, Any] = {"state": HookState.ACTIVE, "failing_since": None, "failures": 0}
    if not Webhook.objects.filter(pk=webhook.pk).exclude(state=HookState.ACTIVE).update(**changes):
        raise WrongState
    webhook.refresh_from_db()
    record(actor=actor, action="webhook.resume", obj=webhook, now=now)
    return webhook


@transaction.atomic
def delete_webhook(*, actor: Any, webhook: Webhook, now: datetime) -> None:
    """Forget a program: its secret serves no more and nothing that waits leaves. Rule: organisers."""
    require(actor, "webhook.manage", webhook)
    _hold_back(webhook)
    record(actor=actor, action="webhook.delete", obj=webhook, now=now)
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def ping_webhook(*, actor: Any, webhook: Webhook, now: datetime) -> Event:
    """Put a test on its way to the program, paused or not, as everything else goes. Rule: organisers."""
    require(actor, "webhook.manage", webhook)
    event = _ping(webhook, actor, now)
    record(actor=actor, action="webhook.ping", obj=webhook, now=now)
    return event


def _ping(webhook: Webhook, actor: Any, now: datetime) -> Event:
    event = record_event(kind=PING, key=f"{PING}:{uuid4()}", subject=webhook, payload={}, now=now, actor=actor)
    Event.objects.filter(pk=event.pk).update(fanned_out_at=now)
    hook_delivery(event, webhook).save()
    return event


def _hold_back(webhook: Webhook) -> int:
    """What waits for the program does not leave; how many."""
    waiting = Delivery.objects.pending().filter(channel=Channel.WEBHOOK, address=str(webhook.pk))
    return waiting.update(state=DeliveryState.SUPPRESSED, leased_until=None, lease_token=None)


@transaction.atomic
def note_answer(*, outcome: Outcome, now: datetime) -> None:
    """Keep what a program answered, for the worker; a program that was deleted meanwhile is none.

    Accepted: its failures are forgotten. 410: it is told nothing more. HOOK_FAILURES failures in a row, the first of
    them HOOK_PATIENCE ago: it is stopped. Organisers are told of both ends, once each.
    """
    hook = Webhook.objects.select_for_update().filter(pk=outcome.hook_id).first()
    if hook is None:
        return
    if outcome.accepted:
        hook.failures, hook.failing_since = 0, None
    else:
        hook.failures, hook.failing_since = hook.failures + 1, hook.failing_since or now
    state = _state_after(hook, outcome, now)
    stopped, hook.state = state != hook.state, state
    hook.save(update_fields=["failures", "failing_since", "state"])
    if stopped:
        _hold_back(hook)
        record(actor=None, action="webhook.stop", obj=hook, now=now, state=str(state))
        key = f"webhook.stopped:{hook.pk}:{now:%Y%m%dT%H%M%S%f}"
        record_event(kind="webhook.stopped", key=key, subject=hook, payload={}, now=now)


def _state_after(hook: Webhook, outcome: Outcome, now: datetime) -> HookState:
    """Only a running program is stopped."""
    state = HookState(hook.state)
    if state is not HookState.ACTIVE or outcome.accepted or hook.failing_since is None:
        return state
    if outcome.gone:
        return HookState.GONE
    tired = hook.failures >= HOOK_FAILURES and now - hook.failing_since >= HOOK_PATIENCE
    return HookState.FAILING if tired else state
