"""The pages of an alert, from the list of cases to the button of a mail programme."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import ask_alert, confirm_alerts, follow_search
from cases.enums import SearchState
from cases.models import SavedSearch
from cases.notifications.alerts import ALERT_LIFETIME, ALERT_PURPOSE, search_secret
from cases.search import Selection, asking
from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.models import User
from tests.cases.conftest import NOW, Make, World

SignIn = Callable[[User], Client]
NEW = "/fr/cas/alertes/nouvelle/?stage=pilot&q=bus"
FORM = {"email": "awa@example.org", "frequency": "daily", "nickname": ""}


def text(answer: object) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")  # type: ignore[attr-defined]


def asked(selection: Selection | None = None) -> SavedSearch:
    ask_alert(
        selection=selection or Selection(facets=asking(stage=["pilot"])),
        address="awa@example.org",
        language="fr",
        frequency="daily",
        now=timezone.now(),
    )
    return SavedSearch.objects.latest("pk")


def link(search: SavedSearch) -> str:
    secret = issue_token(
        purpose=ALERT_PURPOSE, subject=search, address=search.address, lifetime=ALERT_LIFETIME, now=timezone.now()
    )
    return reverse("case_alert_confirm", args=[secret])


def running() -> SavedSearch:
    search = asked()
    secret = link(search).split("/")[-2]
    confirm_alerts(token=secret, now=NOW)
    return SavedSearch.objects.get(pk=search.pk)


def test_the_list_offers_to_watch_what_was_just_searched_and_says_it_in_words(
    world: World, published: Make, client: Client
) -> None:
    published("Le bus de nuit", stage="pilot")
    shown = text(client.get("/fr/cas/?stage=pilot&q=bus"))
    assert "M’avertir des nouveaux cas de cette recherche" in shown
    assert "/fr/cas/alertes/nouvelle/?q=bus&amp;stage=pilot" in shown
    page = text(client.get(NEW))
    assert "« bus »" in page and "pilote" in page.lower() and "Où vous écrire" in page


def test_the_answer_is_the_same_for_every_address_and_the_trap_catches_programs(world: World, client: Client) -> None:
    running()
    answers = [client.post(NEW, FORM), client.post(NEW, {**FORM, "email": "inconnu@example.org"})]
    answers.append(client.post(NEW, {**FORM, "email": "robot@example.org", "nickname": "x"}))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(303, "/fr/cas/alertes/envoyee/")}
    assert not SavedSearch.objects.filter(address="robot@example.org").exists()
    assert client.get("/fr/cas/alertes/envoyee/").status_code == 200


def test_a_mistyped_address_is_asked_again_with_what_was_typed(world: World, client: Client) -> None:
    page = text(client.post(NEW, {**FORM, "email": "awa"}))
    assert "Une réponse est à revoir" in page and 'value="awa"' in page and "« bus »" in page


def test_many_requests_from_one_network_are_slowed_down(world: World, client: Client) -> None:
    cache.clear()
    statuses = [client.post(NEW, {**FORM, "email": f"a{n}@example.org"}).status_code for n in range(21)]
    assert set(statuses[:20]) == {303} and statuses[20] == 429
    cache.clear()


def test_opening_the_mailed_link_confirms_nothing_and_its_button_does_once(world: World, client: Client) -> None:
    search = asked()
    address = link(search)
    page = text(client.get(address))
    assert "Voici ce qui sera suivi" in page and "chaque jour" in page
    assert SavedSearch.objects.get().state == SearchState.PENDING
    assert "Votre alerte est lancée" in text(client.post(address))
    assert SavedSearch.objects.get().state == SearchState.ACTIVE
    again = client.post(address)
    assert again.status_code == 409 and "Ce lien a déjà servi" in text(again)
    assert client.get(reverse("case_alert_confirm", args=["faux"])).status_code == 404


def test_managing_from_a_mail_shows_what_the_mailbox_follows_and_changes_the_rhythm(
    world: World, client: Client
) -> None:
    search = running()
    address = reverse("case_alert_manage", args=[search_secret(search)])
    assert "Chaque jour" in text(client.get(address))
    assert client.post(address, {"frequency": "weekly"}).status_code == 303
    assert SavedSearch.objects.get().frequency == "weekly"
    client.post(address, {"frequency": "hourly"})
    assert SavedSearch.objects.get().frequency == "weekly"
    assert client.get(reverse("case_alert_manage", args=["1~faux"])).status_code == 404


def test_stopping_works_for_ever_and_never_by_opening_a_link(world: World, client: Client) -> None:
    search = running()
    address = reverse("case_alert_stop", args=[search_secret(search)])
    assert "Arrêter cette alerte" in text(client.get(address))
    assert SavedSearch.objects.get().state == SearchState.ACTIVE
    for _again in range(2):
        assert "Cette alerte est arrêtée" in text(client.post(address))
    assert SavedSearch.objects.get().state == SearchState.ENDED
    SavedSearch.objects.all().delete()
    assert "Cette alerte est arrêtée" in text(client.post(address))
    assert "Aucune alerte n’est en cours" in text(
        client.get(reverse("case_alert_manage", args=[search_secret(search)]))
    )


def test_a_mail_programme_stops_it_in_one_click_without_cookie_nor_form(world: World) -> None:
    search = running()
    programme = Client(enforce_csrf_checks=True)
    address = reverse("case_alert_one_click", args=[search_secret(search)])
    assert programme.get(address).status_code == 303 and programme.post(address).status_code == 400
    assert SavedSearch.objects.get().state == SearchState.ACTIVE
    for _again in range(2):
        assert programme.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert SavedSearch.objects.get().state == SearchState.ENDED


def test_an_account_follows_at_once_and_keeps_its_alerts_on_one_page(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.member)
    assert world.member.email in text(browser.get(NEW))
    answer = browser.post("/fr/cas/alertes/suivre/?stage=pilot", {"frequency": "daily"})
    assert (answer.status_code, answer["Location"]) == (303, "/fr/cas/alertes/")
    search = SavedSearch.objects.get()
    assert search.state == SearchState.ACTIVE and not Event.objects.filter(kind="search.confirm").exists()
    assert "Chaque jour" in text(browser.get("/fr/cas/alertes/"))
    assert "Vos alertes" in text(browser.get("/fr/compte/"))
    browser.post(reverse("case_alert_pace", args=[search.pk]), {"frequency": "weekly"})
    assert SavedSearch.objects.get().frequency == "weekly"
    assert signed_in(world.stranger).post(reverse("case_alert_end", args=[search.pk])).status_code == 404
    browser.post(reverse("case_alert_end", args=[search.pk]))
    assert "Aucune alerte n’est en cours" in text(browser.get("/fr/cas/alertes/"))


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_of_alerts_costs_the_same_for_one_and_for_many(
    world: World, signed_in: SignIn, count: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for n in range(count):
        follow_search(actor=world.member, selection=Selection(q=f"mot{n}"), language="fr", frequency="daily", now=NOW)
    browser = signed_in(world.member)
    browser.get("/fr/cas/alertes/")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        browser.get("/fr/cas/alertes/")
