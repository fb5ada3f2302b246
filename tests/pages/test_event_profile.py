"""Events on the page of an organisation, on one's account, on the front page and on that of the coalition."""

from typing import Any

from django.utils import timezone

from coalition.core.merging import registered_keys
from coalition.pages.actions import create_event, publish_event
from coalition.pages.views.event_profile import organisation_events, own_events
from members.actions.merging import merge_organisations
from tests.pages.events import draft, published, words
from tests.world import World


def test_an_organisations_page_shows_its_public_events_and_its_writers_the_way_to_theirs(
    on_paper: World, client: Any
) -> None:
    published(on_paper, title="Chez nous")
    draft(on_paper, title="Brouillon")
    own = on_paper.organisations["own"]
    section = organisation_events(own, None)
    assert section is not None and [item.title for item in section.items] == ["Chez nous"]
    mine = organisation_events(own, on_paper.account("cityed_own"))
    assert mine is not None and mine.more_url == "/fr/rendez-vous/a-vous/"
    assert "Chez nous" in client.get(own.get_absolute_url()).content.decode()


def test_its_writers_are_invited_to_write_the_first(on_paper: World) -> None:
    own = on_paper.organisations["own"]
    section, public = (organisation_events(own, who) for who in (on_paper.account("rep_own"), None))
    assert section is not None and section.items[0].url == f"/fr/rendez-vous/nouveau/?organisation={own.pk}"
    assert public is not None and not public.items


def test_ones_account_holds_what_one_writes_and_nothing_for_who_writes_nothing(on_paper: World) -> None:
    draft(on_paper, title="À finir")
    section = own_events(on_paper.account("rep_own"))
    assert section is not None and [(item.title, item.word) for item in section.items] == [("À finir", "Brouillon")]
    assert own_events(on_paper.account("registered")) is None


def test_the_front_page_and_the_coalitions_show_what_comes_next(on_paper: World, client: Any) -> None:
    organiser = on_paper.account("organiser")
    event = create_event(
        actor=organiser, organisation=None, coalition=on_paper.coalition, words=words(title="Tous"), now=timezone.now()
    )
    publish_event(actor=organiser, event=event, based_on=1, now=timezone.now())
    published(on_paper, title="Chez nous")
    home = client.get("/fr/").content.decode()
    assert ">Tous</a>" in home and ">Chez nous</a>" in home
    page = client.get("/fr/coalition/11/").content.decode()
    assert ">Tous</a>" in page and ">Chez nous</a>" not in page
    assert "/fr/rendez-vous/?coalition=11" in page


def test_the_journal_and_its_feed_tell_of_what_was_announced_and_called_off(on_paper: World, client: Any) -> None:
    event = published(on_paper, title="Chez nous")
    assert "Chez nous" in client.get("/fr/journal/").content.decode()
    assert f"event/{event.slug}" in client.get("/fr/fil/").content.decode()
    draft(on_paper, title="Brouillon")
    assert "Brouillon" not in client.get("/fr/fil/").content.decode()


def test_the_map_of_the_site_holds_public_ones(on_paper: World, client: Any) -> None:
    event, hidden = published(on_paper), draft(on_paper)
    page = client.get("/sitemap.xml").content.decode()
    assert f"/fr/rendez-vous/{event.slug}/" in page and f"/{hidden.slug}/" not in page
    assert "/fr/cas/" in page


def test_the_events_of_an_organisation_follow_it_into_another(on_paper: World, client: Any) -> None:
    assert "pages.Event.organisation" in registered_keys("members.Organisation")
    event = published(on_paper)
    kept, gone = on_paper.organisations["other"], on_paper.organisations["own"]
    merge_organisations(kept=kept, gone=gone, taken=(), actor=on_paper.account("organiser"), now=timezone.now())
    event.refresh_from_db()
    assert event.organisation_id == kept.pk
    assert client.get(event.get_absolute_url()).status_code == 200
