from typing import Any

from coalition.pages.querysets.desk import desk_queues
from tests.world import World


def test_the_desk_holds_what_waits_for_an_organiser_and_nothing_else(on_paper: World) -> None:
    queues = {queue["key"]: [entry["title"] for entry in queue["entries"]] for queue in desk_queues()}
    assert queues["cases"] == ["zorglubsubmittedcase"]
    assert "Dire ouvert" in queues["amendments"] and "Dire accord" not in queues["amendments"]
    assert len(queues["cosponsorships"]) == len([a for a in on_paper.acts.values() if a.state == "submitted"])
    assert on_paper.organisations["pending"].name in queues["organisations"]


def test_each_line_opens_for_an_organiser(on_paper: World, client: Any) -> None:
    client.force_login(on_paper.account("organiser"))
    urls = [entry["url"] for queue in desk_queues() for entry in queue["entries"]]
    assert urls
    for url in urls:
        assert client.get(url).status_code == 200, url
