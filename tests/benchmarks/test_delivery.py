"""What it costs to tell ten thousand followers: queries of the fan-out, processor for each mail, memory, speed.

The mail server is a real one, in the process of the test; the worker is a process of its own, whose processor time the
system counts. What a worker spends to start is taken off by a first run that has nothing to send.
"""

import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.notifications.actions import fan_out_event, record_event
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery, Event, Notice
from tests.benchmarks.followers import NOW, children, make_case, make_followers, start_worker
from tests.notifications.sink import SmtpSink, smtp_sink

__all__ = ["smtp_sink"]
pytestmark = pytest.mark.bench

FOLLOWERS = 10_000
FEW = 1_000
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
MOST_QUERIES = 10
BUDGET = 2.0
"""Milliseconds of processor for each mail, end to end."""
MORE_MEMORY = 1.3
"""What a worker may hold after ten times as many mails: Python lets a quarter pile up before it looks for cycles."""


@pytest.fixture
def db(own_database: None) -> None:
    """Commits are real: the worker is another process."""


def tell(page: Any, key: str) -> Event:
    return record_event(kind="case.published", key=key, subject=page, payload={}, now=NOW)


def run_worker(sink: SmtpSink, log: Path) -> tuple[float, float, float]:
    """Seconds of processor and of the clock of one worker that empties the outbox; most memory of any so far (MB)."""
    before, _memory = children()
    started = time.perf_counter()
    assert start_worker(sink, log).wait(900) == 0, log.read_text()
    clock = time.perf_counter() - started
    processor, memory = children()
    return processor - before, clock, memory


def test_ten_thousand_followers_cost_a_few_queries_and_little_processor_each(
    db: None, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    page = make_case()
    Event.objects.all().update(fanned_out_at=NOW)
    log = tmp_path / "log"
    idle, waited, _memory = run_worker(smtp_sink, log)
    make_followers(FEW, ("case", str(page.number)))
    fan_out_event(event_id=tell(page, "few").pk, now=NOW)
    run_worker(smtp_sink, log)
    _processor, light = children()
    make_followers(FOLLOWERS - FEW, ("case", str(page.number)), first=FEW)
    event = tell(page, "all")
    with CaptureQueriesContext(connection) as counted:
        started = time.perf_counter()
        added = fan_out_event(event_id=event.pk, now=NOW)
        fanned = time.perf_counter() - started
    queries = len([query for query in counted if query["sql"].split()[0] not in TRANSACTION])
    assert added == FOLLOWERS
    processor, clock, heavy = run_worker(smtp_sink, log)
    sent = Delivery.objects.filter(event=event, state=DeliveryState.SENT).count()
    each = 1000 * (processor - idle) / FOLLOWERS
    print(
        f"\nfan-out of {added}: {queries} queries, {fanned:.2f} s, {Notice.objects.filter(event=event).count()} notices"
    )
    print(f"a mail: {each:.2f} ms of processor, {FOLLOWERS / (clock - waited):.0f} mails a second and worker")
    print(f"memory of a worker: {light:.0f} MB after {FEW}, {heavy:.0f} MB after {FOLLOWERS}")
    assert sent == FOLLOWERS
    assert len({message["Message-ID"] for message in smtp_sink.accepted}) == FOLLOWERS + FEW
    assert queries <= MOST_QUERIES
    assert heavy <= MORE_MEMORY * light
    assert each <= BUDGET
