"""The question, its answers, the banner readers see, and the organisers' list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions import archive_case, ask_due_cases, publish_case
from cases.models import CasePage, CatalogueEntry
from cases.notifications.freshness import CHECK_PURPOSE
from coalition.core.tokens import issue_token
from members.models import Affiliation, User
from tests.cases.conftest import Make, World

SignIn = Callable[[User], Client]


def text(answer: Any) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def old(draft: Make, title: str = "Le bus de nuit", *, asked: bool = True) -> CasePage:
    """Published a year ago; its editors asked four months ago."""
    now = timezone.now()
    page = publish_case(actor=None, page=draft(title), now=now - timedelta(days=365), announce=False)
    if asked:
        ask_due_cases(now=now - timedelta(days=120))
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def mailed(page: CasePage, address: str) -> str:
    lifetime = settings.CASE_CONFIRM_EVERY
    secret = issue_token(purpose=CHECK_PURPOSE, subject=page, address=address, lifetime=lifetime, now=timezone.now())
    return reverse("case_still_true_link", args=[secret])


def test_readers_of_page_list_and_api_are_told_since_when_nobody_confirmed_it(
    world: World, draft: Make, client: Client
) -> None:
    page = old(draft)
    sentence = "Personne n’a confirmé ce cas depuis"
    assert sentence in text(client.get(page.url)) and sentence in text(client.get("/fr/cas/"))
    row = client.get(reverse("api_case", args=[page.number])).json()
    assert (row["stale"], row["archived"]) == (True, False) and row["checked_at"].startswith(
        f"{CatalogueEntry.objects.get().checked_at:%Y-%m-%d}"
    )
    assert client.get(reverse("api_cases")).json()["results"][0]["stale"] is True


def test_a_case_that_was_not_asked_about_carries_no_banner(world: World, draft: Make, client: Client) -> None:
    page = old(draft, asked=False)
    assert "Personne n’a confirmé" not in text(client.get(page.url))


def test_the_mailed_link_shows_the_case_and_one_button_confirms_it_without_login(
    world: World, draft: Make, client: Client
) -> None:
    page = old(draft)
    address = mailed(page, world.editor.email)
    shown = text(client.get(address))
    for words in ("Le bus de nuit", "Oui, c’est toujours vrai", "Cela a changé : mettre à jour", "C’est arrêté"):
        assert words in shown
    assert f"{reverse('case_edit', args=[page.pk])}?depth=five#id_stage" in shown
    assert CatalogueEntry.objects.get().stale
    assert "Merci, c’est noté" in text(client.post(address))
    assert not CatalogueEntry.objects.get().stale
    assert client.post(address).status_code == 409
    assert client.get(reverse("case_still_true_link", args=["faux"])).status_code == 404


def test_the_link_of_somebody_who_left_opens_nothing(world: World, draft: Make, client: Client) -> None:
    address = mailed(old(draft), world.editor.email)
    Affiliation.objects.filter(account=world.editor).update(ended_on=timezone.now().date())
    assert client.get(address).status_code == 410 and client.post(address).status_code == 410
    assert CatalogueEntry.objects.get().stale


def test_an_editor_confirms_from_the_account_and_the_banner_goes(world: World, draft: Make, signed_in: SignIn) -> None:
    page, editor = old(draft), signed_in(world.editor)
    address = reverse("case_still_true", args=[page.pk])
    assert address in text(editor.get(page.url))
    assert "Ce que lisent les autres villes" in text(editor.get(address))
    assert editor.post(address).status_code == 303
    assert "Personne n’a confirmé" not in text(editor.get(page.url))


def test_the_organiser_finds_whom_to_give_a_case_nobody_holds(world: World, draft: Make, signed_in: SignIn) -> None:
    page, organiser = old(draft), signed_in(world.organiser)
    address = reverse("case_owner", args=[page.pk])
    assert organiser.get(address).status_code == 409
    Affiliation.objects.filter(organisation=world.city).update(ended_on=timezone.now().date())
    listed = text(organiser.get(reverse("case_orphans")))
    assert "Le bus de nuit" in listed and f"Cas nº {page.number}" in listed and world.city.name in listed
    assert address in listed and address in text(organiser.get(reverse("desk")))
    assert world.other_city.name in text(organiser.get(address, {"q": "lome"}))
    refused = organiser.post(address, {"organisation": world.city.pk})
    assert refused.status_code == 200 and page.organisation == world.city
    assert organiser.post(address, {"organisation": world.other_city.pk}).status_code == 303
    assert CasePage.objects.get(pk=page.pk).organisation == world.other_city


def test_a_case_kept_as_a_note_says_so_to_its_readers(world: World, draft: Make, client: Client) -> None:
    page = old(draft)
    Affiliation.objects.filter(organisation=world.city).update(ended_on=timezone.now().date())
    archive_case(actor=world.organiser, page=page, now=timezone.now())
    assert "plus personne ne tient ce cas depuis" in text(client.get(page.url))
    row = client.get(reverse("api_case", args=[page.number])).json()
    assert (row["stale"], row["archived"]) == (False, True)
