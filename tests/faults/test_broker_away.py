"""The broker goes away: nothing written waits for it, and the mail leaves once it is back."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coalition.embedded.valkey import Valkey
from coalition.notifications.enums import DeliveryState
from coalition.notifications.models import Delivery
from tests.notifications.sink import SmtpSink
from tests.notifications.told import compose_mail
from tests.notifications.worker import celery_worker, process, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.usefixtures("committed")]

OUTAGE_SECONDS = 8
PATIENCE_SECONDS = 30


@pytest.fixture
def own_valkey(broker: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Valkey]:
    """A broker of this test alone, which it may kill."""
    with TemporaryDirectory(prefix="vk") as folder:
        valkey = Valkey(Path(folder), Path(folder), None)
        valkey.start()
        monkeypatch.setenv("REDIS_URL", valkey.url)
        yield valkey
        valkey.stop()


def is_sent(delivery: Delivery) -> bool:
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENT).exists()


def write_during_outage() -> list[Delivery]:
    """Write mail while the broker is away: not one write waits for it."""
    started = time.monotonic()
    written = [compose_mail(f"p{number}@example.org") for number in range(20)]
    assert time.monotonic() - started < 5
    time.sleep(OUTAGE_SECONDS)
    return written


def test_killed_and_started_again_the_broker_rings_again(
    own_valkey: Valkey, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    with process(celery_worker(tmp_path), smtp_sink, tmp_path / "log"):
        first = compose_mail("ada@example.org")
        wait_until(lambda: is_sent(first))
        own_valkey.stop()
        written = write_during_outage()
        own_valkey.start()
        wait_until(lambda: all(is_sent(delivery) for delivery in written), PATIENCE_SECONDS)
    assert len(smtp_sink.to()) == len(set(smtp_sink.to())) == 21


def test_a_broker_that_falls_silent_and_speaks_again_rings_again(
    own_valkey: Valkey, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    assert own_valkey.child is not None
    pid = own_valkey.child.process.pid
    with process(celery_worker(tmp_path), smtp_sink, tmp_path / "log"):
        first = compose_mail("ada@example.org")
        wait_until(lambda: is_sent(first))
        os.kill(pid, signal.SIGSTOP)
        try:
            written = write_during_outage()
        finally:
            os.kill(pid, signal.SIGCONT)
        wait_until(lambda: all(is_sent(delivery) for delivery in written), PATIENCE_SECONDS)
    assert len(smtp_sink.to()) == len(set(smtp_sink.to())) == 21
