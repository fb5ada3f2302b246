"""An organiser reads, publishes, sends back, withdraws."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from cases.enums import ReviewState
from cases.models import CasePage, CatalogueEntry
from members.models import User
from tests.cases.conftest import Make, World

SignIn = Callable[[User], Client]


def test_a_reason_is_needed_to_send_back_and_its_authors_read_it(
    world: World, submitted: Make, signed_in: SignIn
) -> None:
    page, organiser = submitted(), signed_in(world.organiser)
    address = reverse("case_return", args=[page.pk])
    empty = organiser.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert 'href="#id_reason"' in empty.content.decode()
    assert organiser.post(address, {"reason": "a\x00"}).status_code == 422
    assert page.review_state == ReviewState.SUBMITTED
    organiser.post(address, {"reason": "Il manque la source."})
    assert "Il manque la source." in signed_in(world.editor).get(reverse("case_edit", args=[page.pk])).content.decode()
    assert organiser.post(address, {"reason": "Encore."}).status_code == 409


def test_publishing_what_one_did_not_read_is_a_conflict(world: World, submitted: Make, signed_in: SignIn) -> None:
    page, organiser = submitted(), signed_in(world.organiser)
    for based_on in (page.latest_revision_id + 1, "", "abc", "\x00"):
        answer = organiser.post(reverse("case_publish", args=[page.pk]), {"based_on": based_on})
        assert answer.status_code == 409
    assert CatalogueEntry.objects.count() == 0


def test_an_incomplete_draft_is_not_published_and_the_page_says_why(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page, organiser = draft(summary=""), signed_in(world.organiser)
    assert organiser.get(reverse("case_review", args=[page.pk])).status_code == 200
    answer = organiser.post(reverse("case_publish", args=[page.pk]), {"based_on": page.latest_revision_id})
    assert answer.status_code == 422
    assert "ne peut pas être publié" in answer.content.decode()
    assert CatalogueEntry.objects.count() == 0


def test_withdrawing_asks_for_a_reason_first(world: World, published: Make, signed_in: SignIn) -> None:
    page, organiser = published(), signed_in(world.organiser)
    address = reverse("case_unpublish", args=[page.pk])
    assert organiser.get(address).status_code == 200
    assert "#id_reason" in organiser.post(address, {"reason": ""}).content.decode()
    assert CasePage.objects.get().live
    organiser.post(address, {"reason": "La ville l’a demandé."})
    assert not CasePage.objects.get().live
    assert organiser.post(address, {"reason": "Encore."}).status_code == 409


def test_editors_find_no_desk_of_the_organisers(world: World, submitted: Make, signed_in: SignIn) -> None:
    page, editor = submitted(), signed_in(world.editor)
    assert editor.get(reverse("case_review", args=[page.pk])).status_code == 403
    assert editor.post(reverse("case_publish", args=[page.pk])).status_code == 403
    assert editor.post(reverse("case_return", args=[page.pk])).status_code == 403
    assert Client().post(reverse("case_publish", args=[page.pk])).status_code in (302, 403)


def test_decisions_are_posts(world: World, submitted: Make, signed_in: SignIn) -> None:
    page, organiser = submitted(), signed_in(world.organiser)
    for name in ("case_publish", "case_return", "case_take_back", "case_translate"):
        assert organiser.get(reverse(name, args=[page.pk])).status_code == 405
    assert organiser.post(reverse("case_review", args=[page.pk])).status_code == 405
