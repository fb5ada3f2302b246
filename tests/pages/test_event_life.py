"""The pages that call an event off, tell of it, take it back."""

from typing import Any

from django.utils import timezone

from coalition.pages.actions import report_event
from coalition.pages.models import Event
from tests.pages.events import past, published
from tests.world import World


def _at(event: Event, act: str) -> str:
    return f"/fr/rendez-vous/{event.slug}/{act}/"


def test_called_off_only_with_a_reason_and_what_was_typed_stays(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    client.force_login(on_paper.account("cityed_own"))
    assert client.post(_at(event, "annuler"), {"reason": "  "}).status_code == 422
    answer = client.post(_at(event, "annuler"), {"reason": "Rai\u202eson"})
    assert answer.status_code == 422 and "caractères invisibles" in answer.content.decode()
    assert client.post(_at(event, "annuler"), {"reason": "Salle prise."}).status_code == 303
    assert "Salle prise." in client.get(event.get_absolute_url()).content.decode()
    assert client.get(_at(event, "annuler")).status_code == 409
    assert client.get(_at(event, "modifier")).status_code == 409


def test_told_of_and_of_two_texts_at_once_both_are_shown(on_paper: World, client: Any) -> None:
    event = past(on_paper)
    client.force_login(on_paper.account("rep_own"))
    seen = event.version
    report_event(
        actor=on_paper.account("cityed_own"), event=event, report="Le premier.", based_on=seen, now=timezone.now()
    )
    answer = client.post(_at(event, "compte-rendu"), {"report": "Le second.", "based_on": seen})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Le premier." in page and "Le second.</textarea>" in page
    again = Event.objects.get().version
    assert client.post(_at(event, "compte-rendu"), {"report": "Les deux.", "based_on": again}).status_code == 303
    assert Event.objects.get().report == "Les deux."


def test_before_it_begins_there_is_nothing_to_tell(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    client.force_login(on_paper.account("rep_own"))
    answer = client.post(_at(event, "compte-rendu"), {"report": "Déjà.", "based_on": event.version})
    assert answer.status_code == 422 and "Attendez qu’il ait commencé" in answer.content.decode()
    assert "compte-rendu" not in client.get(event.get_absolute_url()).content.decode()


def test_an_organiser_takes_it_back_after_a_page_that_says_what_follows(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    client.force_login(on_paper.account("organiser"))
    assert "quittera la liste" in client.get(_at(event, "reprendre")).content.decode()
    assert client.post(_at(event, "reprendre")).status_code == 303
    client.logout()
    assert client.get(event.get_absolute_url()).status_code == 404
