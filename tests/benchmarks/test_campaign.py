"""The long campaign: ten thousand told while twenty workers are killed and every service fails once; and the age of
mails while a thousand contributions a minute come in.

What is judged is what must never happen (a mail lost, a double under another Message-ID) and how soon mails leave.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.discussion.models import Comment
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery
from tests.faults.campaign import NEVER, Ground, ground
from tests.faults.test_campaign import AFTER_RETURN, run
from tests.notifications.told import compose_mail
from tests.principles.conftest import make_speaker, make_world

pytestmark = pytest.mark.bench

RECIPIENTS = 10_000
KILLS = 20
REQUESTS = 100
PEOPLE = 50
"""Who comment, so that none of them comments too often."""
MORE_MILLISECONDS = 50.0
"""What a contribution may wait longer while the broker is away (95th percentile)."""
A_MINUTE = 1_000
MINUTES = 5
SOON = timedelta(seconds=10)


def test_ten_thousand_are_told_once_whatever_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), ground(tmp_path, monkeypatch) as field:
        found = run(field, RECIPIENTS, KILLS)
    print(f"\n{RECIPIENTS} told, {KILLS} workers killed: { {**found, 'failed': len(found['failed'])} }")
    assert (found["rows"], found["lost"], found["unmarked"], found["two ids"]) == (RECIPIENTS, 0, 0, 0)
    assert found["doubles"] <= KILLS + 1
    assert len(found["failed"]) == RECIPIENTS // NEVER
    assert found["after"] <= AFTER_RETURN


def _slow(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _browser(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _contribute(browsers: Iterator[Client], address: str, count: int) -> list[float]:
    """Comment so many times, each account in turn; milliseconds of each."""
    times = []
    for number, client in enumerate(islice(browsers, count)):
        started = time.perf_counter()
        answer = client.post(address, {"body": f"Et chez vous ? {time.monotonic()} {number}", "organisation": "seul"})
        times.append(1000 * (time.perf_counter() - started))
        assert answer.status_code == 303, answer.status_code
    return times


def test_contributions_are_taken_while_the_broker_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any, settings: Any
) -> None:
    with django_db_blocker.unblock(), ground(tmp_path, monkeypatch) as field:
        settings.REDIS_URL = settings.CELERY_BROKER_URL = field.broker.url
        world = make_world()
        browsers = cycle([_browser(make_speaker(world.city)) for _account in range(PEOPLE)])
        address = reverse("comment_new", args=["article", f"{world.charter.slug}.guichet"])
        _contribute(browsers, address, PEOPLE)
        usual = _contribute(browsers, address, REQUESTS)
        field.broker.stop()
        away = _contribute(browsers, address, REQUESTS)
        said = Comment.objects.count()
    print(f"\n95th percentile of a comment: {_slow(usual):.0f} ms, broker away {_slow(away):.0f} ms")
    assert said == PEOPLE + 2 * REQUESTS
    assert _slow(away) - _slow(usual) <= MORE_MILLISECONDS


def _write_for(minutes: float, field: Ground) -> int:
    """One mail after the other, A_MINUTE of them each minute; how many."""
    started, written = time.monotonic(), 0
    while (passed := time.monotonic() - started) < 60 * minutes:
        if written < passed * A_MINUTE / 60:
            compose_mail(f"p{written * NEVER + 1}@ville{written % 50}.example")
            written += 1
        else:
            time.sleep(0.005)
    return written


def test_mails_leave_within_ten_seconds_at_a_thousand_contributions_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "coalition.notifications.backends.OutboxBackend"
    with django_db_blocker.unblock(), ground(tmp_path, monkeypatch) as field:
        for _worker in range(2):
            field.start_worker()
        time.sleep(15)
        written = _write_for(MINUTES, field)
        deadline = timezone.now() + timedelta(seconds=60)
        while Delivery.objects.pending().exists() and timezone.now() < deadline:
            time.sleep(1)
        sent = Delivery.objects.filter(state=DeliveryState.SENT)
        soon = sent.filter(sent_at__lte=F("event__created_at") + SOON).count()
        first = sent.filter(attempts=1)
        first_soon = first.filter(sent_at__lte=F("event__created_at") + SOON).count()
        figures = (sent.count(), soon, first.count(), first_soon)
    share = figures[1] / written
    print(f"\n{written} written in {MINUTES} minutes; sent {figures[0]}, within 10 s {figures[1]} ({share:.2%})")
    print(f"of {figures[2]} the server took at once: {figures[3]} within 10 s ({figures[3] / figures[2]:.2%})")
    assert figures[3] >= 0.99 * figures[2]
