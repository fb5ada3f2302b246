"""Writing, sending, deciding: what an author, an organiser and the public can observe afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import PageLogEntry, Workflow

from cases.actions import (
    EditConflict,
    InvalidCase,
    NoCaseIndex,
    create_case,
    delete_case,
    ensure_case_index,
    ensure_review_workflow,
    publish_case,
    return_case,
    save_case,
    submit_case,
    take_back_case,
    translate_case,
    unpublish_case,
)
from cases.enums import ReviewState
from cases.models import CasePage, CatalogueEntry
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Delivery, Event
from tests.cases.conftest import NOW, Make, World


def listed() -> set[str]:
    return set(CatalogueEntry.objects.values_list("title", flat=True))


def test_a_draft_needs_only_a_title_and_nobody_else_sees_it(world: World) -> None:
    page = create_case(
        actor=world.editor, organisation=world.city, language="fr", content={"title": "Une idée"}, now=NOW
    )
    assert not page.live
    assert page.review_state == ReviewState.DRAFT
    assert page.latest_words().title == "Une idée"
    assert listed() == set()
    assert AuditLine.objects.filter(action="case.create", object_id=page.pk, actor=world.editor).exists()


def test_the_log_names_the_organisation_and_the_line_behind_each_act(world: World, submitted: Make) -> None:
    page = submitted()
    publish_case(actor=world.organiser, page=page, now=NOW)
    line = world.editor.affiliations.active().get(organisation=world.city)
    logged = {one.action: one.data for one in AuditLine.objects.filter(action__startswith="case.")}
    assert (logged["case.submit"]["organisation"], logged["case.submit"]["affiliation"]) == (world.city.pk, line.pk)
    assert logged["case.publish"]["organisation"] == world.city.pk
    assert "affiliation" not in logged["case.publish"]


def test_only_an_editor_of_the_organisation_creates_for_it(world: World) -> None:
    for account in (world.member, world.representative, world.stranger):
        with pytest.raises(Refused):
            create_case(actor=account, organisation=world.city, language="fr", content={"title": "Non"}, now=NOW)
    assert CasePage.objects.count() == 0


def test_an_editor_cannot_publish_by_creating(world: World) -> None:
    words = {"title": "Tout de suite", "summary": "Sans relecture."}
    with pytest.raises(Refused):
        create_case(actor=world.editor, organisation=world.city, language="fr", content=words, publish=True, now=NOW)
    assert listed() == set()


def test_words_that_cannot_be_kept_are_refused_and_leave_nothing(world: World) -> None:
    bad = [
        {"title": ""},
        {"title": "x" * 256},
        {"title": "t", "context": "x" * 20_001},
        {"title": "t", "city": "a\x00"},
    ]
    for content in bad:
        with pytest.raises(InvalidCase):
            create_case(actor=None, organisation=world.city, language="fr", content=content, now=NOW)
    assert CasePage.objects.count() == 0


def test_a_language_without_a_list_takes_no_case(world: World) -> None:
    world.english.unpublish()
    with pytest.raises(NoCaseIndex):
        create_case(actor=None, organisation=world.city, language="en", content={"title": "Nowhere"}, now=NOW)


def test_numbers_are_never_given_twice_even_after_a_deletion(draft: Make) -> None:
    first = draft("Un")
    delete_case(actor=None, page=first, now=NOW)
    second = draft("Deux")
    assert second.number > first.number


def test_saving_writes_a_revision_the_public_does_not_see(world: World, published: Make) -> None:
    page = published("Avant")
    draft_words = save_case(
        actor=world.editor, page=page, content={"title": "Après"}, based_on=page.latest_revision_id, now=NOW
    )
    assert draft_words.title == "Après"
    assert listed() == {"Avant"}
    assert CasePage.objects.get(pk=page.pk).title == "Avant"


def test_saving_the_same_words_again_writes_nothing(world: World, draft: Make) -> None:
    page = draft("Pareil")
    revision = page.latest_revision_id
    save_case(actor=world.editor, page=page, content={"title": "Pareil"}, based_on=revision, now=NOW)
    assert CasePage.objects.get(pk=page.pk).latest_revision_id == revision


def test_the_second_of_two_editors_is_told_and_overwrites_nobody(world: World, draft: Make) -> None:
    page = draft("Départ")
    start = page.latest_revision_id
    save_case(actor=world.editor, page=page, content={"title": "Le premier"}, based_on=start, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        save_case(actor=world.editor, page=page, content={"title": "Le second"}, based_on=start, now=NOW)
    assert conflict.value.theirs.title == "Le premier"
    assert CasePage.objects.get(pk=page.pk).latest_words().title == "Le premier"


def test_a_case_without_summary_is_not_sent(world: World, draft: Make) -> None:
    page = draft(summary="")
    with pytest.raises(InvalidCase) as refusal:
        submit_case(actor=world.editor, page=page, now=NOW)
    assert "summary" in refusal.value.errors
    assert page.review_state == ReviewState.DRAFT


def test_what_is_sent_stands_still_until_it_is_taken_back(world: World, submitted: Make) -> None:
    page = submitted()
    assert page.review_state == ReviewState.SUBMITTED
    revision = page.latest_revision_id
    with pytest.raises(WrongState):
        save_case(actor=world.editor, page=page, content={"title": "Encore"}, based_on=revision, now=NOW)
    with pytest.raises(WrongState):
        submit_case(actor=world.editor, page=page, now=NOW)
    take_back_case(actor=world.editor, page=page, now=NOW)
    save_case(actor=world.editor, page=page, content={"title": "Encore"}, based_on=revision, now=NOW)
    with pytest.raises(WrongState):
        take_back_case(actor=world.editor, page=page, now=NOW)


def test_an_organiser_publishes_and_the_workflow_says_approved(world: World, submitted: Make) -> None:
    page = submitted("Public")
    live = publish_case(actor=world.organiser, page=page, based_on=page.latest_revision_id, now=NOW)
    assert live.live
    assert listed() == {"Public"}
    assert CasePage.objects.get(pk=page.pk).review_state == ReviewState.PUBLISHED
    assert [state.status for state in page.workflow_states] == ["approved"]
    with pytest.raises(WrongState):
        publish_case(actor=world.organiser, page=page, now=NOW)


def test_an_editor_does_not_publish(world: World, submitted: Make) -> None:
    page = submitted()
    with pytest.raises(Refused):
        publish_case(actor=world.editor, page=page, now=NOW)
    assert listed() == set()


def test_what_is_published_is_what_was_read(world: World, submitted: Make) -> None:
    page = submitted("Lu")
    read = page.latest_revision_id
    take_back_case(actor=world.editor, page=page, now=NOW)
    save_case(actor=world.editor, page=page, content={"title": "Changé"}, based_on=read, now=NOW)
    submit_case(actor=world.editor, page=page, now=NOW)
    with pytest.raises(EditConflict):
        publish_case(actor=world.organiser, page=page, based_on=read, now=NOW)
    assert listed() == set()


def test_a_case_sent_back_says_why_and_can_be_sent_again(world: World, submitted: Make) -> None:
    page = submitted()
    with pytest.raises(DomainError):
        return_case(actor=world.organiser, page=page, reason="   ", now=NOW)
    return_case(actor=world.organiser, page=page, reason="Il manque la source.", now=NOW)
    assert page.review_state == ReviewState.RETURNED
    assert Event.objects.get(kind="case.returned").payload == {"reason": "Il manque la source."}
    submit_case(actor=world.editor, page=page, now=NOW + timedelta(hours=1))
    assert page.review_state == ReviewState.SUBMITTED
    assert Event.objects.filter(kind="case.submitted").count() == 2


def test_unpublishing_takes_a_reason_and_makes_it_a_draft(world: World, published: Make) -> None:
    page = published("Visible")
    with pytest.raises(Refused):
        unpublish_case(actor=world.editor, page=page, reason="Non", now=NOW)
    unpublish_case(actor=world.organiser, page=page, reason="À la demande de la ville.", now=NOW)
    assert listed() == set()
    assert not CasePage.objects.get(pk=page.pk).live
    assert Event.objects.filter(kind="case.unpublished").exists()


def test_an_editor_deletes_a_draft_but_not_a_published_case(world: World, draft: Make, published: Make) -> None:
    delete_case(actor=world.editor, page=draft("Brouillon"), now=NOW)
    public = published("Public")
    with pytest.raises(Refused):
        delete_case(actor=world.editor, page=public, now=NOW)
    with pytest.raises(Hidden):
        delete_case(actor=world.stranger, page=draft("Autre"), now=NOW)
    delete_case(actor=world.organiser, page=public, now=NOW)
    assert listed() == set()


def test_a_translation_keeps_the_number_and_is_found_again(world: World, published: Make) -> None:
    page = published("Prendre son tour")
    first = translate_case(actor=world.editor, page=page, language="en", now=NOW)
    again = translate_case(actor=world.editor, page=page, language="en", now=NOW)
    assert first.pk == again.pk
    assert (first.number, first.language, first.live) == (page.number, "en", False)
    with pytest.raises(Refused):
        translate_case(actor=world.member, page=page, language="en", now=NOW)
    with pytest.raises(NoCaseIndex):
        translate_case(actor=world.editor, page=page, language="pt", now=NOW)


def test_nothing_is_mailed_by_wagtail_itself(world: World, submitted: Make) -> None:
    page = submitted()
    return_case(actor=world.organiser, page=page, reason="À revoir.", now=NOW)
    assert Delivery.objects.count() == 0  # our own mails are written by the worker, from the events
    assert set(Event.objects.values_list("kind", flat=True)) == {"case.submitted", "case.returned"}


def test_the_moment_of_publication_is_the_callers(world: World, draft: Make) -> None:
    long_ago = NOW - timedelta(days=400)
    publish_case(actor=None, page=draft("Ancien"), now=long_ago, announce=False)
    entry = CatalogueEntry.objects.get()
    assert (entry.published_at, entry.updated_at) == (long_ago, long_ago)
    assert not Event.objects.exists()


def test_lists_and_review_are_made_once(world: World) -> None:
    home = world.french.get_parent()
    assert ensure_case_index(home=home, now=NOW).pk == world.french.pk
    assert ensure_review_workflow().pk == ensure_review_workflow().pk
    assert Workflow.objects.filter(name="Relecture des cas").count() == 1
    assert world.french.get_workflow().name == "Relecture des cas"


def test_wagtails_history_knows_a_case_created_public(published: Make, world: World) -> None:
    page = create_case(
        actor=None,
        organisation=world.city,
        language="fr",
        content={"title": "Direct", "summary": "Public d’emblée."},
        publish=True,
        now=NOW,
    )
    assert listed() == {"Direct"}
    stored: Any = CasePage.objects.get(pk=page.pk)
    assert stored.live_revision_id == stored.latest_revision_id is not None
    assert not stored.has_unpublished_changes
    actions = set(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))
    assert actions == {"wagtail.create", "wagtail.publish"}
