import pytest

from coalition.notifications import ways_out as module
from coalition.notifications.kinds import Kind, Recipient, get_kind
from coalition.notifications.models import Event
from coalition.notifications.ways_out import register_way_out, ways_out
from tests.notifications.board import Board
from tests.notifications.posted import POSTED
from tests.notifications.told import TOLD

AWA = Recipient("awa@lecture.example", "fr", "Awa", 12)
BOX = Recipient("service@ville.example", "fr", "Ville", None)
EVENT = Event(payload={"about": ["1"]})


def test_every_mail_of_what_may_be_tuned_leads_to_the_choices(posted: Board) -> None:
    for kind in (POSTED, get_kind("following.news"), get_kind("following.digest")):
        assert ways_out(kind, EVENT, AWA)["preferences_url"].endswith("/compte/notifications/")


def test_what_cannot_be_turned_off_does_not_say_it_can() -> None:
    assert ways_out(TOLD, EVENT, AWA) == {}


def test_an_address_without_account_leaves_the_way_its_app_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ways", [])

    def way(_kind: Kind, recipient: Recipient) -> dict[str, str]:
        return {"stop_url": f"/arreter/{recipient.name}/"}

    register_way_out(way)
    register_way_out(way)
    assert ways_out(TOLD, EVENT, BOX) == {"stop_url": "/arreter/Ville/"}
