"""What events hold about people: who wrote them, told to that person, and gone with their account."""

from typing import Any

from django.utils import timezone

from coalition.core.mydata import collect
from coalition.core.retention import erase_rows
from coalition.pages.models import Event
from members.models import User
from tests.pages.events import published
from tests.world import World


def test_who_wrote_an_event_finds_it_in_their_data_and_nobody_else_does(on_paper: World) -> None:
    published(on_paper, title="Chez nous")
    found = collect(on_paper.account("cityed_own"), [])["pages.Event"]
    assert [row["title"] for row in found] == ["Chez nous"]
    assert collect(on_paper.account("rep_own"), [])["pages.Event"] == []


def test_the_event_stays_with_its_organisation_when_the_account_is_erased(on_paper: World, client: Any) -> None:
    event = published(on_paper, title="Chez nous")
    writer = on_paper.account("cityed_own")
    name = writer.name
    erase_rows(writer, [writer.email], timezone.now())
    assert Event.objects.get(pk=event.pk).title == "Chez nous"
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Ville Propre" in page and name not in page
    assert User.objects.get(pk=writer.pk).name == ""
