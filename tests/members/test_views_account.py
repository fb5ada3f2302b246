"""One's own account: profile, organisations, what waits, security."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coalition.core import profiles
from coalition.core.profiles import ProfileItem, ProfileSection, register_account_section
from members.models import User
from tests.members.conftest import fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
URL = "/fr/compte/"


def test_an_anonymous_reader_is_sent_to_log_in(client: Client) -> None:
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/compte/login/")
    assert client.post(URL, {"name": "x"}).status_code == 302


def test_it_shows_organisations_and_acts_that_wait(
    client: Client, make_organisation: Make, make_representative: Make, sign: Make
) -> None:
    organisation = make_organisation(name="Ville de Lomé", country="TG")
    chief = make_representative(organisation)
    act = sign(chief, organisation)
    client.force_login(chief)
    page = client.get(URL).content.decode()
    assert "Ville de Lomé" in page
    assert act.get_absolute_url() in page


def test_a_new_language_is_used_at_once(client: Client, make_account: Make) -> None:
    account = make_account()
    client.force_login(account)
    response = client.post(URL, {"name": "Awa Diop", "language": "en", "time_zone": "Africa/Dakar"})
    assert response.status_code == 303
    assert response["Location"].startswith("/en/")
    kept = fresh(account)
    assert (kept.name, kept.language, kept.time_zone) == ("Awa Diop", "en", "Africa/Dakar")


@pytest.mark.parametrize(
    "wrong", [{"name": "a\x00"}, {"language": "xx"}, {"time_zone": "Mars/X"}, {"name": "x" * 200}, {"language": "\x00"}]
)
def test_bad_input_comes_back_with_a_sentence(client: Client, make_account: Make, wrong: dict[str, str]) -> None:
    account: User = make_account()
    client.force_login(account)
    response = client.post(URL, {"name": "Autre", "language": "fr", "time_zone": "UTC", **wrong})
    assert response.status_code == 200
    assert "à revoir" in response.content.decode()
    assert fresh(account).name == account.name


def test_an_organiser_without_second_factor_is_told(client: Client, make_organiser: Make) -> None:
    client.force_login(make_organiser(second_factor=False))
    assert "Activez la double authentification" in client.get(URL).content.decode()
    client.force_login(make_organiser())
    assert "Activez la double authentification" not in client.get(URL).content.decode()


def test_other_apps_add_what_waits(client: Client, make_account: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "_of_account", [])
    register_account_section(lambda account: ProfileSection("Vos brouillons", [ProfileItem(title="Un cas à finir")]))
    client.force_login(make_account())
    assert "Un cas à finir" in client.get(URL).content.decode()
