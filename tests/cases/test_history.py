"""Revisions: every one for those who write, the public ones for everybody, and going back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions import EditConflict, publish_case, restore_case, save_case, unpublish_case
from cases.models import CasePage, Terms
from cases.models.history import changes_between, public_revisions, text_of
from coalition.core.access import Hidden, WrongState
from members.models import User
from tests.cases.conftest import NOW, Make, World

SignIn = Callable[[User], Client]


def fresh(page: CasePage) -> CasePage:
    return CasePage.objects.select_related("organisation", "locale", "latest_revision").get(pk=page.pk)


def say(page: CasePage, **words: object) -> CasePage:
    saved = save_case(actor=None, page=page, content=words, based_on=fresh(page).latest_revision_id, now=NOW)
    return fresh(saved)


def test_an_older_revision_comes_back_as_the_newest_and_none_is_lost(world: World, draft: Make) -> None:
    page = draft("Premier", partners=[{"name": "Les premiers"}])
    first = page.latest_revision_id
    page = say(page, title="Second", partners=[])
    restored = restore_case(actor=world.editor, page=page, revision_id=first, based_on=page.latest_revision_id, now=NOW)
    assert (restored.title, restored.partners.all()[0].name) == ("Premier", "Les premiers")
    assert fresh(page).revisions.count() == 3


def test_going_back_respects_the_door_the_state_and_other_hands(world: World, draft: Make, submitted: Make) -> None:
    page = draft("Premier")
    first, page = page.latest_revision_id, say(page, title="Second")
    with pytest.raises(EditConflict):
        restore_case(actor=world.editor, page=page, revision_id=first, based_on=first, now=NOW)
    with pytest.raises(Hidden):
        restore_case(actor=world.stranger, page=page, revision_id=first, based_on=first, now=NOW)
    other = draft("Autre")
    with pytest.raises(Hidden):
        restore_case(
            actor=world.editor, page=page, revision_id=other.latest_revision_id,
            based_on=page.latest_revision_id, now=NOW,
        )  # fmt: skip
    sent = submitted()
    with pytest.raises(WrongState):
        restore_case(
            actor=world.editor, page=sent, revision_id=sent.latest_revision_id,
            based_on=sent.latest_revision_id, now=NOW,
        )  # fmt: skip


def test_writers_read_what_changed_word_by_word_and_go_back_from_there(
    world: World, draft: Make, signed_in: SignIn
) -> None:
    page = draft("Départ", tried="Nous avons posé deux bornes.")
    first = page.latest_revision_id
    page = say(page, tried="Nous avons posé trois bornes.", priorities=["economy"])
    editor = signed_in(world.editor)
    listed = editor.get(reverse("case_history", args=[page.pk])).content.decode()
    compare = reverse("case_compare", args=[page.pk, first, page.latest_revision_id])
    assert compare in listed
    text = editor.get(compare).content.decode()
    assert "deux</del>" in text and "trois</ins>" in text and "Développer l’économie" in text
    address = reverse("case_restore", args=[page.pk, first])
    assert editor.post(address, {"based_on": first}).status_code == 409
    assert editor.post(address, {"based_on": page.latest_revision_id}).status_code == 302
    assert fresh(page).latest_words().tried == "Nous avons posé deux bornes."


def test_a_revision_of_another_case_is_not_compared(world: World, draft: Make, signed_in: SignIn) -> None:
    one, two = draft("Un"), draft("Deux")
    address = reverse("case_compare", args=[one.pk, one.latest_revision_id, two.latest_revision_id])
    assert signed_in(world.editor).get(address).status_code == 404


def test_readers_compare_published_versions_and_no_draft_between(client: Client, world: World, published: Make) -> None:
    page = published("Version un")
    first = page.latest_revision_id
    secret = say(page, title="Brouillon secret").latest_revision_id
    page = say(page, title="Version deux")
    publish_case(actor=None, page=page, now=NOW + timedelta(days=1), announce=False)
    say(page, title="Encore secret")
    listed = client.get(reverse("case_versions", args=[page.number])).content.decode()
    assert "Version un" in listed and "Version deux" in listed and "secret" not in listed
    changes = reverse("case_version_changes", args=[page.number, first, page.latest_revision_id])
    assert "un</del>" in client.get(changes).content.decode()
    hidden = reverse("case_version_changes", args=[page.number, first, secret])
    assert client.get(hidden).status_code == 404


def test_what_was_withdrawn_stays_withdrawn_when_the_case_comes_back(
    client: Client, world: World, published: Make
) -> None:
    page = published("Avec un nom")
    unpublish_case(actor=None, page=page, reason="Une personne est nommée.", now=NOW)
    assert public_revisions(fresh(page)) == []
    page = say(page, title="Sans nom")
    publish_case(actor=None, page=page, now=NOW, announce=False)
    assert [revision.content["title"] for revision in public_revisions(fresh(page))] == ["Sans nom"]
    assert "Avec un nom" not in client.get(reverse("case_versions", args=[page.number])).content.decode()


def test_the_versions_of_a_draft_do_not_exist(client: Client, draft: Make) -> None:
    assert client.get(reverse("case_versions", args=[draft().number])).status_code == 404


def test_every_kind_of_word_is_said_in_words(world: World, draft: Make) -> None:
    terms = Terms.load()
    assert text_of("ongoing", True, terms) == "oui"
    assert text_of("stage", "stopped", terms) == "Arrêté"
    assert text_of("country", "TG", terms) == "Togo"
    assert text_of("evidence", [{
        "kind": "dataset", "title": "Relevés", "url": "https://example.org/", "published_on": None,
        "archive_url": "", "archived_on": None, "licence": "ODbL", "format": "CSV",
    }], terms) == "Jeu de données · Relevés · https://example.org/ · ODbL · CSV"  # fmt: skip
    page = draft("Un")
    assert changes_between(page, page, terms) == []
