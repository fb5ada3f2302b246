"""The desk says what waits, since when and for whom, in a bounded number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.pages.querysets.desk import THEM, US, as_entries, days_of, desk_queues, oldest_first
from members.actions import add_affiliation
from members.enums import Role
from members.models import Affiliation, Cosponsorship, CosponsorshipChange, JoinRequest
from principles.actions import accept_amendment
from tests.world import NOW, World


def _titles(side: str = "") -> dict[str, list[str]]:
    return {queue.key: [wait.title for wait in queue.waits] for queue in desk_queues(side)}


def _join(world: World, organisation: str) -> JoinRequest:
    return JoinRequest.objects.create(
        organisation=world.organisations[organisation], account=world.account("registered"), created_at=NOW
    )


def test_the_desk_holds_what_waits_for_an_organiser_and_nothing_else(on_paper: World) -> None:
    queues = _titles(US)
    assert queues["cases"] == ["zorglubsubmittedcase"]
    assert "Dire ouvert" in queues["amendments"] and "Dire accord" not in queues["amendments"]
    assert len(queues["cosponsorships"]) == len([a for a in on_paper.acts.values() if a.state == "submitted"])
    assert on_paper.organisations["pending"].name in queues["organisations"]
    assert "awaiting" not in queues


def test_what_others_owe_us_waits_apart(on_paper: World) -> None:
    assert _titles(THEM)["awaiting"] == [on_paper.organisations["awaiting"].name]
    Cosponsorship.objects.filter(pk=on_paper.acts["submitted"].pk).update(asked_at=NOW, asked_for="La délibération.")
    Cosponsorship.objects.filter(pk=on_paper.acts["public"].pk).update(state="to_renew", renewal_asked_at=NOW)
    queues = {queue.key: queue for queue in desk_queues(THEM)}
    assert queues["documents"].waits[0].note == "La délibération."
    assert [wait.title for wait in queues["renewals"].waits] == [on_paper.organisations["own"].name]
    assert not _titles(US)["cosponsorships"]


def test_new_words_of_an_act_wait_for_a_reader(on_paper: World) -> None:
    CosponsorshipChange.objects.create(
        cosponsorship=on_paper.acts["public"], commitments=["document_cases"], proposed_at=NOW
    )
    assert _titles(US)["changes"] == [on_paper.organisations["own"].name]


def test_a_request_to_join_is_ours_only_when_nobody_represents_the_organisation(on_paper: World) -> None:
    _join(on_paper, "own")
    assert (_titles()["requests"], len(_titles()["joining"])) == ([], 1)
    Affiliation.objects.active().filter(organisation=on_paper.organisations["own"]).update(ended_on=NOW.date())
    assert (len(_titles()["requests"]), _titles()["joining"]) == (1, [])
    add_affiliation(
        account=on_paper.account("rep_own"), organisation=on_paper.organisations["own"], role=Role.EDITOR, now=NOW
    )
    assert len(_titles()["requests"]) == 1


def test_each_line_tells_its_age_and_who_acts_next(on_paper: World) -> None:
    later = NOW + timedelta(days=12, hours=3)
    [queue] = [queue for queue in desk_queues(US) if queue.key == "cosponsorships"]
    assert days_of(queue.waits[0], later) == 12
    text = as_entries(queue, later)[0]["text"]
    assert "depuis 12 jours" in text and "à l’équipe d’organisation d’agir" in text
    assert "depuis aujourd’hui" in as_entries(queue, NOW)[0]["text"]


def test_in_one_table_the_longest_wait_comes_first(on_paper: World) -> None:
    dates = [wait.date for _queue, wait in oldest_first(desk_queues())]
    assert dates == sorted(dates) and len(dates) > 5


def test_each_line_opens_for_an_organiser(on_paper: World, client: Any) -> None:
    _join(on_paper, "own")
    client.force_login(on_paper.account("organiser"))
    urls = [wait.url for queue in desk_queues() for wait in queue.waits]
    assert urls
    for url in urls:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(("asked", "shown"), [("", 2), ("us", 1), ("them", 1), ("nonsense", 2)])
def test_the_page_is_narrowed_to_us_or_to_them(on_paper: World, client: Any, asked: str, shown: int) -> None:
    client.force_login(on_paper.account("organiser"))
    page = client.get(f"/fr/a-traiter/?for={asked}").content.decode()
    assert ('id="q-cosponsorships"' in page) + ('id="q-awaiting"' in page) == shown


def test_a_queue_shows_its_oldest_and_counts_them_all_at_the_same_cost(
    on_paper: World, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(21):
        desk_queues(limit=1)
    [queue] = [queue for queue in desk_queues(limit=1) if queue.key == "amendments"]
    assert len(queue.waits) == 1 and queue.total > 1
    assert queue.waits[0].date <= timezone.now()


def test_a_newer_version_puts_every_older_signature_among_what_waits_for_others(on_paper: World) -> None:
    assert _titles(THEM)["versions"] == []
    accept_amendment(
        actor=on_paper.account("organiser"),
        amendment=on_paper.amendments["open"],
        motive="Ce motif est lu de tous.",
        now=NOW,
    )
    assert on_paper.organisations["own"].name in _titles(THEM)["versions"]
