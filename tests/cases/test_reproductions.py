"""« Nous l’avons refait » : linked once, seen when both cases are public, told once, taken away with a motive."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import (
    ImpossibleLink,
    link_reproduction,
    publish_case,
    remove_reproduction,
    start_reproduction,
    unpublish_case,
)
from cases.models import CasePage, CatalogueEntry, Reproduction
from cases.models.reproductions import leads_back, near
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.notifications.models import Event
from members.models import User
from tests.cases.conftest import NOW, Make, World
from tests.cases.test_pictures import fresh, with_picture

SignIn = Callable[[User], Client]


def link(original: CasePage, redo: CasePage, *, actor: Any = None, **words: str) -> Reproduction:
    said = {"what_changed": "Sans ordinateur.", "what_came_out": "La file a fondu.", "outcome": "better", **words}
    return link_reproduction(actor=actor, original=original, redo=redo, language="fr", now=NOW, **said)


def count(page: CasePage) -> int:
    return CatalogueEntry.objects.get(number=page.number).reproductions


def redone() -> int:
    return Event.objects.filter(kind="case.redone").count()


def test_a_link_to_a_draft_is_nowhere_until_it_is_published(
    client: Client, world: World, published: Make, draft: Make
) -> None:
    original = published("À l’origine", latitude=48.1, longitude=-1.6)
    redo = draft("Ailleurs", organisation=world.other_city, city="Lomé", country="TG", latitude=6.1, longitude=1.2)
    link(original, redo, actor=world.stranger, what_changed="zorglublink")
    pages = (original.url, "/fr/cas/", reverse("api_case", args=[original.number]), reverse("api_reproductions"))
    for address in pages:
        assert "zorglublink" not in client.get(address).content.decode()
    assert count(original) == 0 and redone() == 0
    assert [entry.number for entry in near(original.number)] == [original.number]
    assert client.get(original.url).context["lineage"] is None
    assert "m-w" not in client.get("/fr/cas/").content.decode()
    live = publish_case(actor=None, page=fresh(redo), now=NOW)
    assert count(original) == 1 and redone() == 1
    for address in (original.url, live.url, reverse("api_case", args=[live.number]), reverse("api_reproductions")):
        assert "zorglublink" in client.get(address).content.decode()
    assert 'class="m-w"' in client.get("/fr/cas/").content.decode()
    assert 'class="m-a"' in client.get(live.url).content.decode()
    unpublish_case(actor=None, page=live, reason="À revoir.", now=NOW)
    assert count(original) == 0
    assert "zorglublink" not in client.get(original.url).content.decode()


def test_withdrawing_the_original_hides_the_link_and_publishing_it_again_counts_anew(
    client: Client, published: Make
) -> None:
    original, redo = published("Un"), published("Deux")
    link(original, redo)
    unpublish_case(actor=None, page=original, reason="À revoir.", now=NOW)
    assert "Sans ordinateur" not in client.get(redo.url).content.decode()
    publish_case(actor=None, page=fresh(original), now=NOW)
    assert count(original) == 1 and redone() == 1


def test_the_drawing_and_the_list_say_the_same(client: Client, published: Make) -> None:
    first, second, third = (published(city, city=city) for city in ("Lomé", "Cotonou", "Rennes"))
    link(first, second, what_changed="Par téléphone.")
    link(second, third, outcome="stopped", what_came_out="")
    text = client.get(second.url).content.decode()
    assert "3 cas liés. Cotonou a refait Lomé. Rennes a refait Cotonou." in text
    assert "Par téléphone." in text and "Arrêté en route" in text
    drawing = client.get(first.url).context["lineage"]["drawing"]
    assert [node["label"] for node in drawing["nodes"]] == ["Lomé", "Cotonou", "Rennes"]
    assert [node["style"] for node in drawing["nodes"]] == ["t-of", "t-n", "t-n"]
    assert len({node["x"] for node in drawing["nodes"]}) == 3 and len(drawing["lines"]) == 2
    assert first.url not in re.findall(r'"isBasedOn".*', text)
    assert f'"@id": "http://testserver/fr/cas/{first.number}/"' in text


def test_a_neighbourhood_is_bounded_and_costs_the_same(
    client: Client, published: Make, django_assert_max_num_queries: Any
) -> None:
    original = published("Origine")
    for rank in range(3):
        link(original, published(f"Cas {rank}"))
    # eleven: the rarity of marks, kept ten minutes elsewhere, is judged anew here at each reading
    with django_assert_max_num_queries(11) as few:
        client.get(original.url)
    for rank in range(22):
        link(original, published(f"Autre {rank}"))
    with django_assert_max_num_queries(11) as many:
        page = client.get(original.url)
    assert len(few) == len(many)
    assert len(page.context["lineage"]["drawing"]["nodes"]) == 20
    assert count(original) == 25


def test_a_case_neither_redoes_itself_nor_closes_a_circle(published: Make) -> None:
    first, second, third = published("Un"), published("Deux"), published("Trois")
    with pytest.raises(ImpossibleLink):
        link(first, first)
    link(first, second)
    link(second, third)
    assert leads_back(original=third.number, redo=first.number)
    with pytest.raises(ImpossibleLink):
        link(third, first)
    link(first, second, what_changed="Autrement dit.")
    assert Reproduction.objects.filter(original=first.number).get().what_changed == "Autrement dit."


def test_only_who_writes_the_case_links_it_and_only_to_a_public_one(world: World, published: Make, draft: Make) -> None:
    original, redo = published("Un", organisation=world.other_city), published("Deux")
    for account, refusal in ((world.stranger, Refused), (world.representative, Refused)):
        with pytest.raises(refusal):
            link(original, redo, actor=account)
    with pytest.raises(Hidden):
        link(draft("Brouillon", organisation=world.other_city), redo, actor=world.editor)
    with pytest.raises(DomainError):
        link(original, redo, actor=world.editor, what_changed="  ")
    link(original, redo, actor=world.editor)


def test_a_link_is_taken_away_once_with_a_motive_and_does_not_come_back(
    client: Client, world: World, published: Make, signed_in: SignIn
) -> None:
    original, redo = published("Un", organisation=world.other_city), published("Deux")
    made = link(original, redo)
    address = reverse("case_unlink", args=[made.pk])
    assert client.get(address).status_code == 302
    assert signed_in(world.stranger).post(address, {"reason": "Non."}).status_code == 403
    organiser = signed_in(world.organiser)
    assert "Sans ordinateur" in organiser.get(address).content.decode()
    assert organiser.post(address, {"reason": ""}).status_code == 200
    assert organiser.post(address, {"reason": "Un autre projet."})["Location"] == f"/fr/cas/{original.number}/"
    assert count(original) == 0
    told = Event.objects.get(kind="case.unlinked")
    assert told.payload["reason"] == "Un autre projet."
    with pytest.raises(WrongState):
        remove_reproduction(actor=world.organiser, link=made, motive="Encore.", now=NOW)
    with pytest.raises(ImpossibleLink):
        link(original, redo)


def test_an_editor_starts_a_new_case_from_one_and_finds_it_prefilled(
    client: Client, world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Un tour", redo="Commencer petit.", instruments=[], partners=[{"name": "Mission locale"}])
    with_picture(page, world.editor)
    original = publish_case(actor=None, page=fresh(page), now=NOW)
    editor = signed_in(world.stranger)
    address = reverse("case_redo", args=[original.number])
    assert client.get(address).status_code == 302
    assert "Un nouveau cas" in editor.get(address).content.decode()
    words = {"redo": "new", "organisation": world.other_city.pk, "outcome": "early"}
    assert editor.post(address, words).status_code == 422
    answer = editor.post(address, {**words, "what_changed": "À Lomé."})
    assert answer.status_code == 303 and answer["Location"].endswith("?depth=five")
    started = CasePage.objects.get(organisation=world.other_city).latest_words()
    assert started.title == "Refaire\u00a0: Un tour" and started.tried == "Commencer petit."
    assert not started.partners.all() and not started.pictures.all() and not started.live
    shown = editor.get(answer["Location"]).content.decode()
    assert "Commencer petit." in shown


def test_a_link_is_made_from_the_page_of_the_case(
    world: World, published: Make, draft: Make, signed_in: SignIn
) -> None:
    original, redo = published("Un", organisation=world.other_city), published("Deux")
    hidden = draft("Trois", organisation=world.other_city)
    address = reverse("case_redo", args=[original.number])
    words = {"what_changed": "Le lieu.", "what_came_out": "", "outcome": "early"}
    editor = signed_in(world.editor)
    assert editor.post(address, {**words, "redo": hidden.pk}).status_code == 404
    assert signed_in(world.stranger).post(address, {**words, "redo": redo.pk}).status_code == 403
    assert editor.post(address, {**words, "redo": redo.pk}, follow=True).status_code == 200
    assert Reproduction.objects.shown().get().redo == redo.number
    assert editor.get(reverse("case_redo", args=[hidden.number])).status_code == 404


def test_a_start_needs_a_public_case(world: World, draft: Make) -> None:
    with pytest.raises(Hidden):
        start_reproduction(
            actor=world.stranger, original=draft(), organisation=world.other_city, language="fr", now=NOW
        )
