"""The board, a challenge, its forms: what each reader meets, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.challenges.actions import answer_response, close_challenge
from coalition.challenges.models import Challenge, Response
from members.models import User
from tests.challenges.conftest import Make, World, make_account

Sent = Callable[..., Response]
SignIn = Callable[[User], Client]
FORM = {
    "title": "Savoir quand l’eau coule",
    "language": "fr",
    "problem": "On attend deux heures.",
    "country": "FR",
    "city": "Rennes",
    "sought": ["solution", "data"],
    "instrument": "open",
    "closes_on": "2099-01-31",
    "closes_time": "18:00",
    "time_zone": "Africa/Lome",
}
ANSWER = {"language": "fr", "offer": "Un **serveur** vocal.", "contact_role": "Responsable", "may_be_named": "on"}
FAR = timezone.now() + timedelta(days=90)


@pytest.fixture
def far(published: Make) -> Make:
    """A public challenge whose deadline is far from the clock of the machine."""
    return lambda title="Savoir quand l’eau coule", **more: published(title, **{"closes_at": FAR, **more})


def text(answer: Any) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_an_empty_board_says_what_to_do(world: World, client: Client) -> None:
    page = text(client.get("/fr/defis/"))
    assert "Les défis des villes paraîtront ici" in page
    assert "/fr/defis/ecrire/" in page


def test_the_board_shows_open_challenges_first_the_soonest_before_and_counts_each_facet(
    world: World, client: Client, far: Make, draft: Make
) -> None:
    far("Sans fin", closes_at=None, sought=["data"])
    far("Tard", closes_at=FAR + timedelta(days=1))
    far("Tôt", closes_at=FAR - timedelta(days=1), themes=["services"])
    draft("Zorglub caché")
    closed = far("Fini")
    close_challenge(actor=world.editor, challenge=closed, outcome="Décidé.", now=timezone.now())
    page = text(client.get("/fr/defis/"))
    places = [page.index(f">{title}</a>") for title in ("Tôt", "Tard", "Sans fin", "Fini")]
    assert places == sorted(places)
    assert "4 défis sur 4" in page
    assert "Zorglub" not in page
    assert "1 défi sur 4" in text(client.get("/fr/defis/?sought=data"))
    for query, title in (
        ("q=tot", "Tôt"), ("theme=services", "Tôt"), ("phase=closed", "Fini"), ("sought=data", "Sans fin")
    ):  # fmt: skip
        found = text(client.get(f"/fr/defis/?{query}"))
        assert found.count("<h3") == 1
        assert f">{title}</a>" in found
    assert "Aucun défi ne répond à tout cela" in text(client.get("/fr/defis/?q=introuvable"))
    assert client.get("/fr/defis/?phase=x&country=zz&city=:&page=zzz&q=%2525").status_code == 200


def test_the_board_costs_the_same_at_any_size(world: World, client: Client, far: Make) -> None:
    far("Un")
    few = queries(client, "/fr/defis/?sought=solution")
    for number in range(24):
        far(f"Défi {number}")
    assert queries(client, "/fr/defis/?sought=solution") == few <= 10


def test_a_challenge_says_its_deadline_by_the_clock_of_the_city_and_how_to_answer(
    world: World, client: Client, far: Make
) -> None:
    challenge = far(time_zone="Africa/Lome", problem="On attend **deux heures**.", coalition=None)
    page = text(client.get(challenge.get_absolute_url()))
    assert "(heure de Lomé, UTC+0)" in page
    assert "<strong>deux heures</strong>" in page
    assert "Répondre au nom de votre organisation" in page
    assert '"@type": "Demand"' in page
    assert queries(client, challenge.get_absolute_url()) <= 10
    english = text(client.get(f"/en/{'challenges'}/{challenge.slug}/", follow=True))
    assert 'lang="fr"' in english


def test_a_draft_is_nowhere_for_others_and_marked_for_its_writers(
    world: World, client: Client, draft: Make, signed_in: SignIn
) -> None:
    address = draft().get_absolute_url()
    assert client.get(address).status_code == 404
    assert signed_in(world.stranger).get(address).status_code == 404
    assert signed_in(world.member).get(address).status_code == 404
    page = text(signed_in(world.editor).get(address))
    assert "Relire et publier" in page
    assert "noindex" in page


def test_the_number_of_responses_is_public_only_once_concluded_and_only_those_who_agreed_are_named(
    world: World, client: Client, far: Make, sent: Sent
) -> None:
    challenge = far()
    response = sent(challenge, may_be_named=True)
    page = text(client.get(challenge.get_absolute_url()))
    assert "réponse reçue" not in page
    assert "Lomé" not in page
    now = timezone.now()
    answer_response(actor=world.editor, response=response, retained=True, reason="", based_on=1, now=now)
    close_challenge(actor=world.editor, challenge=challenge, outcome="Nous **essayons**.", now=now)
    page = text(client.get(challenge.get_absolute_url()))
    assert "réponse reçue" in page
    assert "<strong>essayons</strong>" in page
    assert ">Lomé</a>" in page
    Response.objects.update(may_be_named=False)
    assert ">Lomé</a>" not in text(client.get(challenge.get_absolute_url()))


def test_a_challenge_is_written_read_again_and_published(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.editor)
    assert browser.get("/fr/defis/ecrire/").url == "/fr/defis/ecrire/rennes/"  # type: ignore[attr-defined]
    assert browser.get("/fr/defis/ecrire/rennes/").status_code == 200
    answer = browser.post("/fr/defis/ecrire/rennes/", {**FORM, "then": "publish"})
    assert (answer.status_code, answer["Location"]) == (303, "/fr/defis/savoir-quand-l-eau-coule/publier/")
    review = text(browser.get(answer["Location"]))
    assert "samedi 31 janvier 2099, 18 h 00 (heure de Lomé, UTC+0)" in review
    assert browser.post(answer["Location"]).status_code == 303
    assert Challenge.objects.public().get().sought == ["solution", "data"]


def test_a_draft_that_lacks_something_is_not_published_and_the_page_says_what(
    world: World, signed_in: SignIn, draft: Make
) -> None:
    answer = signed_in(world.editor).post(f"/fr/defis/{draft(problem='').slug}/publier/")
    assert answer.status_code == 422
    assert "Dites le problème" in text(answer)


def test_bad_input_comes_back_with_its_sentence_and_what_was_typed(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.editor)
    for wrong, sentence in (
        ({"title": ""}, "à revoir"),
        ({"notice_url": "http://ville.example/"}, "commence par https://"),
        ({"closes_on": "hier"}, "date"),
        ({"themes": ["nowhere"]}, "nowhere"),
        ({"country": ""}, "à revoir"),
    ):
        answer = browser.post("/fr/defis/ecrire/rennes/", {**FORM, **wrong})
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert "On attend deux heures." in text(answer)
    assert not Challenge.objects.exists()


def test_two_writers_at_once_see_both_texts_and_the_second_may_keep_theirs(
    world: World, signed_in: SignIn, draft: Make
) -> None:
    challenge, browser = draft(), signed_in(world.editor)
    address = f"/fr/defis/{challenge.slug}/modifier/"
    assert browser.post(address, {**FORM, "title": "Le premier", "based_on": 1}).status_code == 303
    second = browser.post(address, {**FORM, "title": "Le second", "based_on": 1})
    assert second.status_code == 409
    assert "Le premier" in text(second)
    assert 'value="Le second"' in text(second)
    assert 'name="based_on" value="2"' in text(second)
    assert browser.post(address, {**FORM, "title": "Le second", "based_on": 2}).status_code == 303
    assert Challenge.objects.get().title == "Le second"


def test_a_response_is_written_read_again_and_sent(world: World, signed_in: SignIn, far: Make) -> None:
    address, browser = f"{far().get_absolute_url()}repondre/", signed_in(world.stranger)
    assert "Au nom de" in text(browser.get(address))
    said = {**ANSWER, "organisation": world.other_city.pk}
    review = text(browser.post(address, {**said, "step": "review"}))
    assert "<strong>serveur</strong>" in review
    assert 'name="may_be_named" value="on"' in review
    assert not Response.objects.exists()
    back = text(browser.post(address, {**said, "step": "edit"}))
    assert "Un **serveur** vocal.</textarea>" in back
    answer = browser.post(address, {**said, "step": "send"})
    response = Response.objects.get()
    assert answer["Location"] == f"/fr/defis/reponses/{response.pk}/"
    assert response.may_be_named
    assert "Envoyée" in text(browser.get(answer["Location"]))
    assert "a déjà répondu" in text(browser.get(address))
    twice = browser.post(address, {**said, "step": "send"})
    assert twice.status_code == 422
    assert "a déjà répondu, ou ne peut pas répondre" in text(twice)


def test_what_comes_after_the_deadline_is_shown_back(world: World, signed_in: SignIn, far: Make) -> None:
    challenge, browser = far(), signed_in(world.stranger)
    Challenge.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    address = f"{challenge.get_absolute_url()}repondre/"
    assert "On ne répond plus depuis" in text(browser.get(address))
    for step in ("review", "send"):
        late = browser.post(address, {**ANSWER, "organisation": world.other_city.pk, "step": step})
        assert late.status_code == 422
        assert "Votre texte n’a pas été envoyé" in text(late)
        assert "Un **serveur** vocal.</textarea>" in text(late)
    close_challenge(actor=world.editor, challenge=challenge, outcome="Décidé.", now=timezone.now())
    late = browser.post(address, {**ANSWER, "organisation": world.other_city.pk, "step": "send"})
    assert late.status_code == 409
    assert "Un **serveur** vocal.</textarea>" in text(late)
    assert not Response.objects.exists()


def test_a_response_exists_for_both_sides_and_organisers_only(
    world: World, client: Client, signed_in: SignIn, far: Make, sent: Sent
) -> None:
    challenge = far()
    response = sent(challenge, "Zorglub **vocal**.")
    here, listed = response.get_absolute_url(), f"{challenge.get_absolute_url()}reponses/"
    for account in (world.editor, world.representative, world.organiser):
        assert "Zorglub" in text(signed_in(account).get(here))
        assert "Zorglub" in text(signed_in(account).get(listed))
        assert "Zorglub" in text(signed_in(account).get(listed[:-1] + ".csv"))
    assert "Zorglub" in text(signed_in(world.stranger).get(here))
    for browser in (signed_in(world.member), signed_in(make_account("nobody@example.org")), client):
        assert browser.get(here).status_code == 404
        assert browser.get(listed).status_code == 404
        assert browser.get(listed[:-1] + ".csv").status_code == 404
    assert signed_in(world.stranger).get(listed).status_code == 404


def test_the_authority_decides_from_the_page_and_is_held_to_what_it_read(
    world: World, signed_in: SignIn, far: Make, sent: Sent
) -> None:
    response, browser = sent(far()), signed_in(world.editor)
    act = f"{response.get_absolute_url()}decider/"
    assert "Envoyer la décision" in text(browser.get(response.get_absolute_url()))
    silent = browser.post(act, {"decision": "declined", "based_on": 1})
    assert silent.status_code == 422
    assert "Dites pourquoi" in text(silent)
    Response.objects.update(version=2)
    stale = browser.post(act, {"decision": "declined", "reason": "Trop cher.", "based_on": 1})
    assert stale.status_code == 409
    assert "Trop cher." in text(stale)
    assert 'name="based_on" value="2"' in text(stale)
    done = browser.post(act, {"decision": "declined", "reason": "Trop cher.", "based_on": 2})
    assert done.status_code == 303
    assert "Trop cher." in text(signed_in(world.stranger).get(response.get_absolute_url()))


def test_a_responder_writes_again_is_named_or_not_and_withdraws(
    world: World, signed_in: SignIn, far: Make, sent: Sent
) -> None:
    response, browser = sent(far()), signed_in(world.stranger)
    here = response.get_absolute_url()
    assert "Un serveur vocal." in text(browser.get(f"{here}modifier/"))
    assert browser.post(f"{here}modifier/", {**ANSWER, "offer": "Mieux.", "based_on": 1}).status_code == 303
    both = browser.post(f"{here}modifier/", {**ANSWER, "offer": "Autre.", "based_on": 1})
    assert both.status_code == 409
    assert "Mieux." in text(both)
    assert "Autre.</textarea>" in text(both)
    browser.post(f"{here}nommer/", {"may_be_named": "no"})
    assert not Response.objects.get().may_be_named
    assert "Retirer la réponse de Lomé" in text(browser.get(f"{here}retirer/"))
    assert browser.post(f"{here}retirer/").status_code == 303
    assert Response.objects.get().state == "withdrawn"


def test_concluding_reopening_and_taking_back_ask_for_their_words(world: World, signed_in: SignIn, far: Make) -> None:
    challenge, browser = far(), signed_in(world.editor)
    here = challenge.get_absolute_url()
    assert browser.get(f"{here}rouvrir/").status_code == 409
    assert browser.post(f"{here}conclure/", {"outcome": ""}).status_code == 422
    Challenge.objects.update(closes_at=timezone.now() - timedelta(days=1))
    assert "La décision est attendue" in text(browser.get(here))
    past = browser.post(f"{here}rouvrir/", {"closes_on": "2020-01-01", "time_zone": "Europe/Paris"})
    assert past.status_code == 422
    assert "déjà passée" in text(past)
    assert browser.post(f"{here}rouvrir/", {"closes_on": "", "time_zone": "Europe/Paris"}).status_code == 303
    assert browser.get(f"{here}retirer/").status_code == 403
    organiser = signed_in(world.organiser)
    assert organiser.post(f"{here}retirer/", {"reason": ""}).status_code == 422
    assert organiser.post(f"{here}retirer/", {"reason": "Nomme une personne."}).status_code == 303
    assert "Nomme une personne." in text(browser.get(here))
    assert browser.post(f"{here}publier/").status_code == 303
    assert browser.post(f"{here}conclure/", {"outcome": "Décidé."}).status_code == 303
    assert "Décidé." in text(browser.get(here))


def test_who_cannot_state_a_challenge_is_told_how_one_can(world: World, client: Client, signed_in: SignIn) -> None:
    assert "Connectez-vous" in text(client.get("/fr/defis/ecrire/"))
    assert "trouver votre organisation" in text(signed_in(world.member).get("/fr/defis/ecrire/"))
    assert signed_in(world.member).get("/fr/defis/ecrire/rennes/").status_code == 403


def test_the_board_is_taken_away_as_a_table_and_a_feed_without_drafts_nor_responses(
    world: World, client: Client, far: Make, draft: Make, sent: Sent
) -> None:
    far("=1+1")
    sent(far("L’eau"), "Zorglub vocal.")
    draft("Zorglub")
    table = text(client.get("/fr/defis/defis.csv"))
    assert "'=1+1" in table
    assert "l-eau" in table
    feed = client.get("/fr/defis/defis.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "L’eau" in text(feed)
    assert client.get("/fr/defis/defis.atom", headers={"if-none-match": feed["ETag"]}).status_code == 304
    assert "Zorglub" not in table + text(feed)


def test_desks_show_what_waits_to_those_who_write_and_the_profile_what_is_public(
    world: World, client: Client, signed_in: SignIn, far: Make, draft: Make, sent: Sent
) -> None:
    draft("Un brouillon")
    sent(far())
    desk = text(signed_in(world.editor).get("/fr/compte/"))
    assert "Vos défis" in desk
    assert "1 réponse à lire" in desk
    assert "Un brouillon" in desk
    assert "Vos réponses" in text(signed_in(world.stranger).get("/fr/compte/"))
    profile = text(client.get("/fr/organisations/rennes/"))
    assert "Ses défis" in profile
    assert "Un brouillon" not in profile
    assert "Vos défis" not in text(signed_in(world.member).get("/fr/compte/"))
