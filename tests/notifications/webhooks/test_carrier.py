import time

import pytest
from pytest_django import Settings

from coalition.notifications.transport import PermanentFailure, TemporaryFailure
from coalition.notifications.webhooks import carrier as carrier_module
from coalition.notifications.webhooks.carrier import Carrier, Outcome
from coalition.notifications.webhooks.parcels import Parcel
from tests.notifications.receiver import Receiver, silent_port


def _parcel(url: str) -> Parcel:
    return Parcel(3, url, {"Content-Type": "application/json", "webhook-id": "evt_1"}, b'{"id":"evt_1"}')


def test_a_parcel_arrives_whole_with_its_headers(receiver: Receiver) -> None:
    carrier = Carrier()
    carrier.send(_parcel(receiver.url))
    path, headers, body = receiver.got[0]
    assert (path, body) == ("/changes?from=site", b'{"id":"evt_1"}')
    assert (headers["webhook-id"], headers["host"]) == ("evt_1", f"127.0.0.1:{receiver.port}")
    assert carrier.outcome == Outcome(3, accepted=True)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_any_other_answer_means_later_and_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.statuses = [status]
    carrier = Carrier()
    with pytest.raises(TemporaryFailure, match=str(status)):
        carrier.send(_parcel(receiver.url))
    assert carrier.outcome == Outcome(3, accepted=False)
    assert len(receiver.got) == 1


def test_gone_means_never_again(receiver: Receiver) -> None:
    receiver.statuses = [410]
    carrier = Carrier()
    with pytest.raises(PermanentFailure):
        carrier.send(_parcel(receiver.url))
    assert carrier.outcome == Outcome(3, accepted=False, gone=True)


def test_an_address_inside_is_never_asked(receiver: Receiver, settings: Settings) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = False
    for url in (receiver.url, receiver.url.replace("http:", "https:")):
        with pytest.raises(PermanentFailure):
            Carrier().send(_parcel(url))
    assert not receiver.got


def test_who_says_nothing_in_time_is_left(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    monkeypatch.setattr(carrier_module, "HOOK_TIMEOUT_SECONDS", 0.3)
    line, port = silent_port()
    start = time.monotonic()
    with line, pytest.raises(TemporaryFailure):
        Carrier().send(_parcel(f"http://127.0.0.1:{port}/"))
    assert time.monotonic() - start < 3


def test_nobody_there_means_later(settings: Settings) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    line, port = silent_port()
    line.close()
    with pytest.raises(TemporaryFailure):
        Carrier().send(_parcel(f"http://127.0.0.1:{port}/"))
