import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from principles.actions import hide_amendment
from principles.models import Amendment, Charter
from tests.access.visitor import Visitor
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def forget_pages() -> None:
    caches["pages"].clear()


def _private(page: str) -> str:
    found = re.search(r"https?://[^/\s<]+(/fr/agenda/\w+\.ics)", page)
    assert found is not None
    return found[1]


def _titles(answer: Any) -> list[str]:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_an_address_is_made_read_without_login_renewed_and_deleted(on_paper: World) -> None:
    own, stranger = Visitor(on_paper, "rep_own"), Client()
    page = reverse("agenda")
    assert "Créer mon adresse" in own.get(page).content.decode()
    own.post(page, {"act": "make"})
    first = _private(own.get(page).content.decode())
    answer = stranger.get(first)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    own.post(page, {"act": "renew"})
    second = _private(own.get(page).content.decode())
    assert (stranger.get(first).status_code, stranger.get(second).status_code) == (404, 200)
    own.post(page, {"act": "delete"})
    assert stranger.get(second).status_code == 404
    assert own.post(page, {"act": "nonsense"}).status_code == 404


def test_who_has_it_already_is_told_so(on_paper: World) -> None:
    own, stranger = Visitor(on_paper, "rep_own"), Client()
    own.post(reverse("agenda"), {"act": "make"})
    private = _private(own.get(reverse("agenda")).content.decode())
    for address in (private, reverse("agenda_public")):
        etag = stranger.get(address)["ETag"]
        assert stranger.get(address, headers={"if-none-match": etag}).status_code == 304


def test_the_public_calendar_has_the_phases_and_the_ends_of_positions(on_paper: World, client: Client) -> None:
    Charter.objects.update(decision_days=20, deliberation_from=NOW.replace(year=2027), adopted_from=None)
    organiser = on_paper.account("organiser")
    amendment = Amendment.objects.public().filter(state="open", hidden_at=None).exclude(author=organiser)[0]
    titles = _titles(client.get(reverse("agenda_public")))
    assert "Charte\u00a0: la délibération commence" in titles
    assert any(amendment.title in title for title in titles)
    with translation.override("en"):
        english = reverse("agenda_public")
    assert len(_titles(client.get(english))) == len(titles)
    hide_amendment(actor=organiser, amendment=amendment, reason="Ces mots visent une personne.", now=NOW)
    assert not any(amendment.title in title for title in _titles(client.get(reverse("agenda_public"))))


def test_no_hidden_word_is_in_the_public_calendar(on_paper: World, client: Client) -> None:
    Charter.objects.update(decision_days=20, adopted_from=None)
    told = client.get(reverse("agenda_public")).content.decode().replace("\r\n ", "").lower()
    assert "begin:vevent" in told
    assert not [word for word in on_paper.canaries if word in told]


@pytest.mark.parametrize("role", ["registered", "rep_own", "member_own", "cityed_own", "organiser"])
def test_no_word_its_owner_may_not_read_is_in_a_private_one(on_paper: World, role: str) -> None:
    Charter.objects.update(decision_days=20, adopted_from=None, deliberation_from=NOW.replace(year=2027))
    own = Visitor(on_paper, role)
    own.post(reverse("agenda"), {"act": "make"})
    private = _private(own.get(reverse("agenda")).content.decode())
    told = Client().get(private).content.decode().replace("\r\n ", "").lower()
    assert "begin:vcalendar" in told
    assert not [word for word, readers in on_paper.canaries.items() if role not in readers and word in told]
