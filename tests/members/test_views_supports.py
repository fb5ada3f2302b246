"""Supporting in a minute, by mail, without an account; nothing by a GET, nothing told of who is known."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.enums import SupportState
from members.models import Coalition, Organisation, Support, User
from members.notifications import SUPPORT_PURPOSE, withdrawal_secret
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
FORM, LIST = "/fr/organisations/soutiens/soutenir/", "/fr/organisations/soutiens/"
ANSWERS = {"name": "Moussa Fall", "email": "moussa@example.org", "city": "Thiès", "message": "", "language": "fr"}


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def link(support: Support, days: float = 7) -> str:
    secret = issue_token(
        purpose=SUPPORT_PURPOSE,
        subject=support,
        address=support.email,
        lifetime=timedelta(days=days),
        now=timezone.now(),
    )
    return f"/fr/organisations/soutiens/confirmer/{secret}/"


def person(coalition: Coalition, name: str = "Moussa Fall", **more: Any) -> Support:
    given = {"kind": "person", "city": "Thiès", "created_at": NOW, "confirmed_at": NOW, "state": "active", **more}
    email = given.pop("email", f"{name.split()[0].lower()}@example.org")
    return Support.objects.create(coalition=coalition, name=name, email=email, **given)


def test_the_list_is_one_page_for_everybody_without_cookie(client: Client, coalition: Coalition) -> None:
    person(coalition, name_is_public=True)
    person(coalition, "Ndèye Secrète", name_is_public=False)
    person(coalition, "Awa Attend", name_is_public=True, state="awaiting", confirmed_at=None)
    page = client.get(LIST)
    text = page.content.decode()
    assert "Moussa Fall" in text and "Thiès" in text
    assert "Ndèye" not in text and "Awa" not in text
    assert "Et 1 personne" in text
    assert not page.cookies and "csrfmiddlewaretoken" not in text
    assert "Moussa Fall" in client.get("/fr/coalition/11/").content.decode()
    assert client.get("/api/v1/supporters/").json()["count"] == 1
    assert "Ndèye" not in client.get("/api/v1/supporters.csv").content.decode()


def test_an_empty_list_says_what_to_do(client: Client, coalition: Coalition) -> None:
    assert FORM in client.get(LIST).content.decode()


def test_the_list_costs_the_same_for_two_and_for_forty(
    client: Client, coalition: Coalition, make_organisation: Make, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        kept = {"name_is_public": True, "state": "active", "created_at": NOW, "confirmed_at": NOW}
        city = make_organisation()
        Support.objects.create(coalition=coalition, kind="organisation", organisation=city, **kept)
        person(coalition, f"P{number} Fall", name_is_public=True)
    with django_assert_max_num_queries(10):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("known", [False, True])
def test_asking_answers_the_same_whether_the_address_is_known_or_not(
    client: Client, coalition: Coalition, known: bool
) -> None:
    if known:
        person(coalition)
    answer = client.post(FORM, ANSWERS)
    assert (answer.status_code, answer["Location"]) == (303, "/fr/organisations/soutiens/courriel-parti/")
    page = client.get(answer["Location"])
    assert page.status_code == 200 and "moussa" not in page.content.decode()
    assert Event.objects.count() == 1


def test_what_is_missing_comes_back_with_the_answers(client: Client, coalition: Coalition) -> None:
    page = client.post(FORM, {**ANSWERS, "email": "nulle part"})
    assert page.status_code == 200
    assert "Moussa Fall" in page.content.decode() and 'role="alert"' in page.content.decode()
    assert not Support.objects.exists()


def test_a_program_that_fills_in_the_trap_is_thanked_and_forgotten(client: Client, coalition: Coalition) -> None:
    assert client.post(FORM, {**ANSWERS, "nickname": "bot"}).status_code == 303
    assert not Support.objects.exists()


def test_one_network_asks_twenty_times_an_hour(client: Client, coalition: Coalition) -> None:
    statuses = [client.post(FORM, {**ANSWERS, "email": f"p{n}@example.org"}).status_code for n in range(21)]
    assert statuses == [303] * 20 + [429]
    assert Support.objects.count() == 20


def test_the_link_shows_by_get_and_confirms_by_post_with_the_words_corrected(
    client: Client, coalition: Coalition
) -> None:
    client.post(FORM, {**ANSWERS, "name_is_public": "on"})
    support = Support.objects.get()
    url = link(support)
    for _again in range(3):
        assert "Moussa Fall" in client.get(url).content.decode()
        client.head(url)
    support.refresh_from_db()
    assert support.state == SupportState.AWAITING
    assert "nom" in client.post(url, {"name": ""}).content.decode()
    done = client.post(url, {"name": "Moussa F.", "city": "Thiès", "message": "Oui.", "name_is_public": "on"})
    assert done.status_code == 200
    assert "Moussa F." in client.get(LIST).content.decode()
    assert client.post(url, {"name": "X"}).status_code == 409
    assert client.get(url).status_code == 200


def test_old_and_forged_links_say_so(client: Client, coalition: Coalition) -> None:
    support = person(coalition, state="awaiting", confirmed_at=None)
    assert client.get(link(support, days=-1)).status_code == 410
    for method in (client.get, client.post):
        assert method("/fr/organisations/soutiens/confirmer/xyz/").status_code == 404
    for page in (client.get("/fr/organisations/soutiens/retirer/xyz/"),):
        assert page.status_code == 404


def test_the_withdrawal_link_asks_by_get_and_always_works_by_post(client: Client, coalition: Coalition) -> None:
    support = person(coalition, name_is_public=True)
    url = f"/fr/organisations/soutiens/retirer/{withdrawal_secret(support)}/"
    client.get(url)
    support.refresh_from_db()
    assert support.state == SupportState.ACTIVE
    for _again in range(2):
        assert client.post(url).status_code == 200
    support.refresh_from_db()
    assert (support.state, support.email) == (SupportState.WITHDRAWN, "")


def test_a_mail_programme_withdraws_it_in_one_click_without_cookie_nor_form(coalition: Coalition) -> None:
    support = person(coalition)
    programme = Client(enforce_csrf_checks=True)
    url = reverse("support_one_click", args=[withdrawal_secret(support)])
    page = programme.get(url)
    assert (page.status_code, page["Location"]) == (303, url.removesuffix("un-geste/"))
    assert programme.post(url, {"act": "strange"}).status_code == 400
    for _again in range(2):
        assert programme.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 204
    support.refresh_from_db()
    assert (support.state, support.email) == (SupportState.WITHDRAWN, "")
    Support.objects.all().delete()
    assert programme.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert programme.post(reverse("support_one_click", args=["xyz"])).status_code == 404


def test_an_organisation_supports_in_two_clicks_and_withdraws_from_its_profile(
    client: Client, coalition: Coalition, city: Organisation, chief: User
) -> None:
    client.force_login(chief)
    page = client.get(FORM).content.decode()
    assert "Soutenir au nom de Ville de Saint-Louis" in page
    answer = client.post("/fr/organisations/soutiens/au-nom-de/", {"organisation": city.pk}, follow=True)
    assert "paraît dans cette liste" in answer.content.decode()
    assert "Ville de Saint-Louis" in client.get(LIST).content.decode()
    assert "au nom de Ville de Saint-Louis" not in client.get(FORM).content.decode()
    support = Support.objects.get()
    ending = f"/fr/organisations/soutiens/{support.pk}/retrait/"
    assert ending in client.get("/fr/compte/").content.decode()
    assert ending in client.get(city.get_absolute_url()).content.decode()
    assert client.post(ending).status_code == 303
    assert not Support.objects.active().exists()


def test_somebody_signed_in_sees_their_own_support_on_their_account(
    client: Client, coalition: Coalition, make_account: Make
) -> None:
    account = make_account(email="moussa@example.org")
    support = person(coalition)
    client.force_login(account)
    assert f"/soutiens/{support.pk}/retrait/" in client.get("/fr/compte/").content.decode()
