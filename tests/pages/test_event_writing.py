"""The pages where events are written: everything bad is said beside its question, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from coalition.pages.actions import edit_event
from coalition.pages.forms import EventForm
from coalition.pages.models import Event
from coalition.pages.views.event_writing import writable_organisations
from tests.pages.events import draft, past, published, words
from tests.world import World

NEW = "/fr/rendez-vous/nouveau/"
POSTED = {
    "title": "Atelier des comptages",
    "kind": "workshop",
    "summary": "Trois villes montrent leurs comptages.",
    "language": "fr",
    "starts_on": "2030-02-12",
    "starts_time": "14:00",
    "ends_time": "16:30",
    "time_zone": "Europe/Paris",
    "venue": "Salle des fêtes",
    "country": "FR",
    "city": "Rennes",
    "description": "Venez.",
}


def _write(world: World, client: Any, role: str = "cityed_own", address: str = NEW, **said: Any) -> Any:
    client.force_login(world.account(role))
    return client.post(address, {"organisation": world.organisations["own"].pk, **POSTED, **said})


def test_written_read_again_published(on_paper: World, client: Any) -> None:
    answer = _write(on_paper, client, spoken=["fr", "sgn"])
    event = Event.objects.get()
    assert answer.status_code == 303 and answer["Location"] == f"/fr/rendez-vous/{event.slug}/publier/"
    assert event.starts_at.isoformat() == "2030-02-12T13:00:00+00:00" and event.geoname_id
    page = client.get(answer["Location"]).content.decode()
    assert "Salle des fêtes, Rennes, France" in page and "Publier au nom de Ville Propre" in page
    done = client.post(answer["Location"], {"based_on": event.version})
    assert done.status_code == 303
    assert Event.objects.get().state == "published"
    assert client.post(answer["Location"], {"based_on": event.version}).status_code == 409


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"starts_on": "2030-02-31"}, "Cette date n’existe pas."),
        ({"starts_on": "31/02/2030"}, "Cette date n’existe pas."),
        ({"starts_on": "9999-12-31"}, "Cette année est trop lointaine."),
        ({"starts_on": "0001-01-01"}, "Cette année est trop lointaine."),
        ({"starts_time": "25:00"}, "Cette heure n’existe pas."),
        ({"ends_time": "13:00"}, "La fin vient avant le début."),
        ({"ends_on": "2030-02-11"}, "La fin vient avant le début."),
        ({"time_zone": "Europe/Atlantis"}, "Ce fuseau horaire n’existe pas."),
        ({"starts_on": "2030-03-31", "starts_time": "02:30", "ends_time": "05:00"}, "sautent cette heure"),
        ({"online_url": "javascript:alert(1)"}, "Un lien commence par https://"),
        ({"online_url": "https://"}, "Ce lien n’est pas une adresse."),
        ({"registration_url": "http://example.org"}, "Un lien commence par https://"),
        ({"city": "", "venue": ""}, "Dites où"),
        ({"city": ""}, "Dites dans quelle ville"),
        ({"country": ""}, "Dites dans quel pays"),
        ({"kind": "party"}, "Sélectionnez un choix valide"),
        ({"title": ""}, 'href="#id_title"'),
    ],
    ids=str,
)
def test_bad_input_is_said_in_the_form_and_what_was_typed_stays(
    on_paper: World, client: Any, said: dict[str, str], sentence: str
) -> None:
    answer = _write(on_paper, client, **said)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert "Venez.</textarea>" in page and 'role="alert"' in page
    assert not Event.objects.exists()


def test_a_sign_no_text_holds_never_breaks_the_page(on_paper: World, client: Any) -> None:
    assert _write(on_paper, client, title="A\x00B").status_code in (400, 422)
    assert not Event.objects.exists()


def test_an_online_event_needs_no_town(on_paper: World, client: Any) -> None:
    said = {"online_url": "https://visio.example.org/a", "city": "", "venue": "", "country": ""}
    assert _write(on_paper, client, **said).status_code == 303
    assert Event.objects.get().city == ""


def test_it_may_last_beyond_midnight(on_paper: World, client: Any) -> None:
    assert _write(on_paper, client, ends_on="2030-02-13", ends_time="01:00").status_code == 303
    assert Event.objects.get().ends_at.isoformat() == "2030-02-13T00:00:00+00:00"


def test_the_organisation_of_others_and_a_coalition_are_refused_at_the_door(on_paper: World, client: Any) -> None:
    assert _write(on_paper, client, organisation=on_paper.organisations["other"].pk).status_code == 403
    assert _write(on_paper, client, coalition=on_paper.coalition.pk).status_code == 403
    assert not Event.objects.exists()


def test_an_organiser_writes_for_the_coalition_and_must_say_who_holds_it(on_paper: World, client: Any) -> None:
    answer = _write(on_paper, client, "organiser", organisation="", coalition="")
    assert answer.status_code == 422 and "Dites qui tient ce rendez-vous." in answer.content.decode()
    assert _write(on_paper, client, "organiser", organisation="", coalition=on_paper.coalition.pk).status_code == 303
    assert Event.objects.get().coalition == on_paper.coalition


def test_two_who_write_at_once_see_both_texts_and_the_second_goes_on(on_paper: World, client: Any) -> None:
    event = draft(on_paper)
    edit_event(
        actor=on_paper.account("rep_own"), event=event, words=words(title="Premier"), based_on=1, now=timezone.now()
    )
    address = f"/fr/rendez-vous/{event.slug}/modifier/"
    answer = _write(on_paper, client, address=address, title="Second", based_on=1)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Premier" in page and 'value="Second"' in page and 'name="based_on" value="2"' in page
    assert _write(on_paper, client, address=address, title="Second", based_on=2).status_code == 303
    assert Event.objects.get().title == "Second"


def test_the_form_of_a_published_one_shows_the_hours_of_its_place(on_paper: World, client: Any) -> None:
    event = published(on_paper)
    client.force_login(on_paper.account("cityed_own"))
    page = client.get(f"/fr/rendez-vous/{event.slug}/modifier/").content.decode()
    assert f'value="{event.starts_at:%Y-%m-%d}"' in page and f'value="{event.starts_at:%H:%M}"' in page
    assert 'name="organisation"' not in page


def test_what_was_changed_since_it_was_read_again_is_not_published(on_paper: World, client: Any) -> None:
    event = draft(on_paper)
    client.force_login(on_paper.account("cityed_own"))
    answer = client.post(f"/fr/rendez-vous/{event.slug}/publier/", {"based_on": "7"})
    assert answer.status_code == 409 and "Ce n’est pas publié" in answer.content.decode()
    assert Event.objects.get().state == "draft"


def test_ones_own_events_stand_together_drafts_first(on_paper: World, client: Any) -> None:
    draft(on_paper, title="À finir")
    published(on_paper, title="Bientôt")
    past(on_paper, title="Passé hier")
    client.force_login(on_paper.account("rep_own"))
    page = client.get("/fr/rendez-vous/a-vous/").content.decode()
    places = [page.index(f">{title}</a>") for title in ("À finir", "Bientôt", "Passé hier")]
    assert places == sorted(places)
    client.force_login(on_paper.account("rep_other"))
    assert "À finir" not in client.get("/fr/rendez-vous/a-vous/").content.decode()


def test_who_writes_for_whom(on_paper: World) -> None:
    assert [one.name for one in writable_organisations(on_paper.account("cityed_own"))] == ["Ville Propre"]
    assert on_paper.organisations["other"] in writable_organisations(on_paper.account("organiser"))
    assert not writable_organisations(on_paper.account("member_own"))


def test_the_form_alone_knows_its_hours(on_paper: World) -> None:
    form = EventForm({**POSTED, "time_zone": "America/New_York"}, held=True)
    assert form.is_valid(), form.errors
    assert form.words().ends_at - form.words().starts_at == timedelta(hours=2, minutes=30)
