"""Workers killed, database crashed, broker away, mail server refusing: nobody is forgotten, or told twice."""

import random
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection

from coalition.notifications.actions import record_event
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery, Event
from tests.benchmarks.followers import NOW, make_case, make_followers
from tests.faults.campaign import NEVER, Ground, ground, wait_until_settled

pytestmark = [pytest.mark.fault, pytest.mark.bench]

AFTER_RETURN = 30.0
"""Seconds in which everything leaves once all services are back, but what the server asked to bring back later."""


def _pending() -> int:
    """What nobody has answered for yet: neither sent, nor refused, nor put off by the mail server."""
    try:
        waiting = Event.objects.waiting().count()
        return waiting + Delivery.objects.pending().filter(last_error="").count()
    except (OperationalError, InterfaceError):
        connection.close()
        return 1


def _bring_forward() -> None:
    """What the server put off is due now: the campaign does not wait ten minutes for it."""
    Delivery.objects.pending().filter(attempts__gt=0).update(not_before=NOW)


def _silence_broker(field: Ground, dice: random.Random) -> None:
    """Killed, emptied (it keeps nothing on disk) and started again."""
    field.broker.stop()
    time.sleep(dice.uniform(1, 3))
    field.broker.start()


def _wait_for_mails(field: Ground, more: int) -> None:
    """Until the server took so many more: workers are killed while they send, not while they start."""
    before, patience = len(field.ledger.taken), time.monotonic() + 20
    while len(field.ledger.taken) < before + more and time.monotonic() < patience:
        time.sleep(0.002)


def run(field: Ground, recipients: int, kills: int) -> dict[str, Any]:
    """Tell `recipients` followers of one case while workers die and services crash; the figures."""
    page = make_case()
    make_followers(recipients, ("case", str(page.number)))
    Event.objects.all().delete()
    dice = random.Random(11)
    for _worker in range(2):
        field.start_worker()
    record_event(kind="case.published", key="campaign", subject=page, payload={}, now=NOW)
    started = time.monotonic()
    for number in range(kills):
        _wait_for_mails(field, dice.randrange(recipients // (3 * kills)) + 1)
        if number == kills // 3:
            field.crash_database()
        if number == 2 * kills // 3:
            _silence_broker(field, dice)
        field.replace_worker()
    broken = time.monotonic() - started
    left = _pending()
    after = wait_until_settled(_pending, 10 * AFTER_RETURN)
    while Delivery.objects.pending().exists() or Event.objects.waiting().exists():
        _bring_forward()
        time.sleep(0.5)
    return {"broken": broken, "left": left, "after": after, **_compare(field, recipients)}


def _compare(field: Ground, recipients: int) -> dict[str, Any]:
    rows = list(Delivery.objects.values_list("address", "state", "message_id", "attempts"))
    sent = {(address, name) for address, state, name, _attempts in rows if state == DeliveryState.SENT}
    taken = set(field.ledger.taken)
    failed = {address for address, state, _name, _attempts in rows if state == DeliveryState.FAILED}
    return {
        "rows": len(rows),
        "sent": len(sent),
        "lost": len(sent - taken) + recipients - len(rows),
        "unmarked": len(taken - sent),
        "doubles": len(field.ledger.doubles()),
        "two ids": len(taken) - len({address for address, _name in taken}),
        "failed": failed,
        "refusals": dict(field.ledger.refused),
    }


@pytest.mark.parametrize(("recipients", "kills"), [(1_000, 6)])
def test_nobody_is_lost_and_doubles_have_one_message_id(
    recipients: int, kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), ground(tmp_path, monkeypatch) as field:
        found = run(field, recipients, kills)
    print(  # noqa: T201 - the figures of `make faults`
        f"\n{recipients} told, {kills} workers killed: {found}"
    )
    assert found["rows"] == recipients
    assert found["lost"] == 0 and found["unmarked"] == 0
    assert found["two ids"] == 0
    assert found["doubles"] <= kills + 1
    assert len(found["failed"]) == len([n for n in range(recipients) if n % NEVER == 0])
    assert found["sent"] == recipients - len(found["failed"])
