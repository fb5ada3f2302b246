"""A case as a page of Wagtail: numbers, copies, revisions, who sees which."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cases.enums import EDITABLE, PHASES, REVIEW_MOVES, ReviewState, Stage
from cases.models import CasePage
from cases.models.pages import next_number
from cases.querysets.pages import writable_organisations
from coalition.core.templatetags.design import sign
from tests.cases.conftest import Make, World, make_account


def test_numbers_grow(db: None) -> None:
    assert next_number() < next_number()


def test_a_copy_made_in_the_admin_gets_a_number_of_its_own_and_keeps_it_when_published(
    world: World, draft: Make
) -> None:
    page = draft("Original")
    copy = page.copy(update_attrs={"slug": "copie", "title": "Copie"}, copy_revisions=True)
    assert copy.number != page.number
    copy.get_latest_revision().publish()
    assert CasePage.objects.get(pk=copy.pk).number == copy.number
    assert CasePage.objects.get(pk=page.pk).number == page.number


def test_the_database_keeps_numbers_and_sources_single_in_a_language(world: World, draft: Make) -> None:
    first, second = draft("Un"), draft("Deux")
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePage.objects.filter(pk=second.pk).update(number=first.number)
    CasePage.objects.filter(pk=first.pk).update(external_id="source:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePage.objects.filter(pk=second.pk).update(external_id="source:1")


def test_a_case_does_not_end_before_it_began(draft: Make) -> None:
    page = draft(started_on="2025-02-01")
    page.started_on, page.ended_on = page.latest_words().started_on, page.latest_words().started_on.replace(year=2024)
    with pytest.raises(ValidationError):
        page.clean()


def test_each_sees_what_concerns_them(world: World, draft: Make, published: Make, submitted: Make) -> None:
    drafted, public, sent = draft("Brouillon"), published("Public"), submitted("Envoyé")
    seen = {
        account: set(CasePage.objects.visible_to(account))
        for account in (world.editor, world.member, world.stranger, world.organiser)
    }
    assert seen[world.editor] == seen[world.organiser] == {drafted, public, sent}
    assert seen[world.member] == seen[world.stranger] == {public}
    assert set(CasePage.objects.visible_to(AnonymousUser())) == {public}
    assert set(CasePage.objects.drafts_of(world.editor)) == {drafted, sent}
    assert set(CasePage.objects.drafts_of(world.representative)) == set()
    assert list(CasePage.objects.in_review()) == [sent]
    assert set(CasePage.objects.in_language("en")) == set()


def test_one_writes_for_the_organisations_one_edits_for(world: World) -> None:
    assert set(writable_organisations(world.editor)) == {world.city}
    assert set(writable_organisations(world.representative)) == set()
    assert set(writable_organisations(world.organiser)) == {world.city, world.other_city}
    assert set(writable_organisations(AnonymousUser())) == set()


def test_organisers_edit_a_case_in_the_admin(world: World, published: Make) -> None:
    page = published("Dans l’administration")
    admin = make_account("root@example.org")
    admin.is_superuser = admin.is_staff = True
    admin.save()
    assert page.permissions_for_user(world.organiser).can_publish()
    assert not page.permissions_for_user(world.editor).can_edit()


def test_the_preview_of_the_admin_shows_the_public_template(client: Client, published: Make) -> None:
    page = published("Un aperçu")
    answer = page.make_preview_request()
    assert "Un aperçu" in answer.rendered_content if hasattr(answer, "rendered_content") else answer.content.decode()


def test_states_and_stages_are_complete() -> None:
    assert set(REVIEW_MOVES) == set(ReviewState)
    assert {target for targets in REVIEW_MOVES.values() for target in targets} <= set(ReviewState)
    assert ReviewState.SUBMITTED not in EDITABLE
    assert set(PHASES) | {Stage.STOPPED} == set(Stage)
    assert {sign(stage) for stage in Stage} == {"project", "pilot", "eval", "done", "stop"}
