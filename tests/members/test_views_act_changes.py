"""A public act is reworded in the open: proposed by the organisation, answered by an organiser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.enums import CosponsorshipState
from members.models import Cosponsorship, CosponsorshipChange, Organisation, User
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
WORDS = {"commitments": ["propose_services"], "sentence_propose_services": "Un guichet par radio.", "statement": ""}


@pytest.fixture
def public(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    act = sign(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.OFFICIAL, decided_at=NOW)
    act.refresh_from_db()
    return act


def test_what_is_public_changes_only_with_the_answer(
    client: Client, public: Cosponsorship, chief: User, organiser: User
) -> None:
    page = public.get_absolute_url()
    client.force_login(chief)
    form = client.get(f"{page}mots/").content.decode()
    assert "Nous ferons document_cases." in form
    assert client.post(f"{page}mots/", WORDS).status_code == 303
    assert "Modification proposée" in client.get(page).content.decode()
    client.logout()
    assert "radio" not in client.get(page).content.decode()
    client.force_login(organiser)
    assert "Un guichet par radio." in client.get(page).content.decode()
    url = f"{page}mots/{CosponsorshipChange.objects.get().pk}/reponse/"
    assert "Dites pourquoi" in client.post(url, {"decision": "no"}).content.decode()
    assert client.post(url, {"decision": "yes"}).status_code == 303
    assert client.post(url, {"decision": "yes"}).status_code == 409
    client.logout()
    assert "Un guichet par radio." in client.get(page).content.decode()


def test_a_refusal_tells_the_organisation_why(
    client: Client, public: Cosponsorship, chief: User, organiser: User
) -> None:
    page = public.get_absolute_url()
    client.force_login(chief)
    client.post(f"{page}mots/", WORDS)
    client.force_login(organiser)
    url = f"{page}mots/{CosponsorshipChange.objects.get().pk}/reponse/"
    assert client.post(url, {"decision": "no", "motive": "Trop vague."}).status_code == 303
    client.force_login(chief)
    told = client.get(page).content.decode()
    assert "Trop vague." in told
    assert "radio" not in told


def test_words_that_change_nothing_or_say_nothing_come_back(client: Client, public: Cosponsorship, chief: User) -> None:
    client.force_login(chief)
    url = f"{public.get_absolute_url()}mots/"
    same = {
        "commitments": public.commitments,
        "sentence_document_cases": public.sentences["document_cases"],
        "statement": public.statement,
    }
    assert "Rien n’a changé" in client.post(url, same).content.decode()
    assert "Dites en une phrase" in client.post(url, WORDS | {"sentence_propose_services": ""}).content.decode()
    assert not CosponsorshipChange.objects.exists()


def test_a_change_of_another_act_is_no_door(
    client: Client, public: Cosponsorship, chief: User, organiser: User
) -> None:
    client.force_login(organiser)
    assert client.post(f"{public.get_absolute_url()}mots/999999/reponse/", {"decision": "yes"}).status_code == 404
