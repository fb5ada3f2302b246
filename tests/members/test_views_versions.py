"""What a representative reads and answers when the charter changes, and when a year has passed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from members.actions import ask_due_renewals, confirm_version
from members.models import Cosponsorship, Organisation, User
from tests.members.conftest import NOW
from tests.members.editions import Editions, sha256_of

Official = Callable[..., Cosponsorship]


@pytest.fixture
def act(official: Official, chief: User, city: Organisation) -> Cosponsorship:
    return official(chief, city, reservations={"ouverture": "Pas tout."})


@pytest.fixture
def hers(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


def _url(act: Cosponsorship, what: str = "version") -> str:
    return f"/fr/organisations/co-porteurs/{act.pk}/{what}/"


def _text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_only_the_articles_that_changed_are_shown_in_words(
    act: Cosponsorship, hers: Client, editions: Editions
) -> None:
    editions.version = "2"
    page = _text(hers, _url(act))
    assert "1 article a changé" in page
    assert "<del>" in page
    assert "Chaque mois." in page
    assert "Pas tout." in page
    assert page.index("Partager") < page.index("Ouvrir") < page.index("Faire une réserve sur un article")


def test_she_confirms_in_three_pages_with_a_reservation(act: Cosponsorship, hers: Client, editions: Editions) -> None:
    editions.version = "2"
    said = {"seen": sha256_of("2"), "answer": "reserve", "reservation_partage": "Tous les trois mois."}
    review = hers.post(_url(act), {**said, "step": "review"})
    act.refresh_from_db()
    assert act.document_version == "1"
    assert "Tous les trois mois." in review.content.decode()
    done = hers.post(_url(act), {**said, "step": "sign"})
    assert (done.status_code, done["Location"]) == (303, act.get_absolute_url())
    act.refresh_from_db()
    assert act.document_version == "2"
    receipt = _text(hers, act.get_absolute_url())
    assert "Tous les trois mois." in receipt


def test_a_version_adopted_between_the_review_and_the_button_is_shown_with_what_was_written(
    act: Cosponsorship, hers: Client, editions: Editions
) -> None:
    editions.version = "3"
    said = {"seen": sha256_of("2"), "answer": "reserve", "reservation_partage": "Tous les trois mois.", "step": "sign"}
    page = hers.post(_url(act), said).content.decode()
    assert "Une version plus récente vient d’être adoptée" in page
    assert "Tous les trois mois." in page
    assert "Un guichet humain." in page
    assert sha256_of("3") in page
    act.refresh_from_db()
    assert act.document_version == "1"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Dites si votre organisation confirme"),
        ({"answer": "confirm", "reservation_partage": "Non."}, "Vous avez écrit une réserve"),
        ({"answer": "reserve", "lift_ouverture": "on"}, "Écrivez votre réserve"),
        ({"answer": "reserve", "reservation_partage": "x" * 1001}, "1000"),
    ],
)
def test_an_answer_that_contradicts_itself_comes_back_with_what_was_written(
    act: Cosponsorship, hers: Client, editions: Editions, said: dict[str, str], sentence: str
) -> None:
    editions.version = "2"
    page = hers.post(_url(act), {"seen": sha256_of("2"), "step": "review", **said})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert sentence in page.content.decode()
    act.refresh_from_db()
    assert act.document_version == "1"


def test_leaving_leads_to_the_withdrawal(act: Cosponsorship, hers: Client, editions: Editions) -> None:
    editions.version = "2"
    gone = hers.post(_url(act), {"seen": sha256_of("2"), "answer": "leave", "step": "review"})
    assert gone["Location"].endswith("/retrait/")


def test_a_reservation_on_an_article_that_is_gone_is_said_so_and_can_be_lifted(
    official: Official, chief: User, city: Organisation, hers: Client, editions: Editions
) -> None:
    act = official(chief, city, reservations={"preuve": "Sans mesure."})
    editions.version = "2"
    confirm_version(cosponsorship=act, actor=chief, seen_sha256=sha256_of("2"), now=NOW)
    editions.version = "3"
    page = _text(hers, _url(act))
    assert "Retiré de la charte" in page
    assert "Sans mesure." in page
    hers.post(_url(act), {"seen": sha256_of("3"), "answer": "confirm", "lift_preuve": "on", "step": "sign"})
    assert act.reservations.get().lifted_at is not None
    assert "réserve levée le" in _text(hers, act.get_absolute_url())


def test_with_nothing_to_confirm_she_is_led_back_to_the_act(act: Cosponsorship, hers: Client) -> None:
    answer = hers.get(_url(act))
    assert (answer.status_code, answer["Location"]) == (303, act.get_absolute_url())


def test_what_waits_is_said_on_the_account_the_organisation_and_the_act(
    act: Cosponsorship, hers: Client, editions: Editions, city: Organisation
) -> None:
    editions.version = "2"
    for url in ("/fr/compte/", city.get_absolute_url(), act.get_absolute_url()):
        page = _text(hers, url)
        assert "À confirmer" in page, url
        assert _url(act) in page, url
    public = _text(Client(), city.get_absolute_url())
    assert "À confirmer" in public
    assert _url(act) not in public


def test_a_year_later_one_button_renews(act: Cosponsorship, hers: Client) -> None:
    ask_due_renewals(now=NOW + timedelta(days=366))
    assert _url(act, "renouveler") in _text(hers, "/fr/compte/")
    page = _text(hers, _url(act, "renouveler"))
    assert "reste co-porteuse" in page
    assert hers.post(_url(act, "renouveler")).status_code == 303
    act.refresh_from_db()
    assert act.state == "official"
    assert hers.post(_url(act, "renouveler")).status_code == 409
