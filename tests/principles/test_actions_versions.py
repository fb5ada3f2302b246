"""Organisers prepare a version, and publish it if nobody published another meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.models import AuditLine
from members.models import Coalition
from principles.actions import (
    MotiveMissing,
    NothingChanged,
    UnreadableText,
    accept_amendment,
    delete_draft_version,
    draft_version,
    edit_draft_version,
    publish_draft_version,
    rebase_draft_version,
    restore_version,
)
from principles.models import ArticleText, Charter, CharterText, DraftVersion
from tests.principles.conftest import MOTIVE, NOW, TEXT, World, make_organiser

LATER = NOW + timedelta(hours=1)


def changed(text: CharterText = TEXT, key: str = "guichet", **fields: str) -> CharterText:
    fields = fields or {"text_fr": "Une personne répond.", "text_en": "A person answers."}
    articles = tuple(replace(one, **fields) if one.key == key else one for one in text.articles)
    return replace(text, articles=articles)


def drafted(world: World, text: CharterText | None = None) -> DraftVersion:
    return draft_version(actor=world.organiser, coalition=world.coalition, text=text or changed(), now=NOW)


def adopted(world: World, key: str = "donnees", **fields: str) -> None:
    accept_amendment(actor=world.organiser, amendment=world.opened(key, **fields), motive=MOTIVE, now=LATER)
    world.charter.refresh_from_db()


def test_a_draft_becomes_the_next_version_with_its_public_reason(world: World) -> None:
    version = publish_draft_version(actor=world.organiser, draft=drafted(world), motive=MOTIVE, now=LATER)
    assert (version.number, version.previous) == (2, world.first)
    assert version.articles.get(key="guichet").text_fr == "Une personne répond."
    assert (version.draft.motive, version.draft.created_by) == (MOTIVE, world.organiser)
    world.charter.refresh_from_db()
    assert world.charter.current_version == version


def test_the_first_version_of_a_coalition_can_be_prepared_and_nobody_sees_its_charter_before(db: None) -> None:
    organiser = make_organiser()
    coalition = Coalition.objects.create(number=77, slug="neuve", title_fr="N", title_en="N", opened_on=NOW.date())
    draft = draft_version(actor=organiser, coalition=coalition, text=TEXT, now=NOW)
    assert Charter.objects.main() is None
    version = publish_draft_version(actor=organiser, draft=draft, motive=MOTIVE, now=NOW)
    assert (version.number, version.previous) == (1, None)
    assert Charter.objects.main() == version.charter


def test_only_organisers_prepare_edit_publish_restore_or_delete(world: World) -> None:
    draft, who = drafted(world), world.member
    with pytest.raises(Refused):
        draft_version(actor=who, coalition=world.coalition, text=TEXT, now=NOW)
    with pytest.raises(Refused):
        edit_draft_version(actor=who, draft=draft, revision=1, text=TEXT, now=NOW)
    with pytest.raises(Refused):
        publish_draft_version(actor=who, draft=draft, motive=MOTIVE, now=NOW)
    with pytest.raises(Refused):
        restore_version(actor=who, version=world.first, now=NOW)
    with pytest.raises(Refused):
        rebase_draft_version(actor=who, draft=draft, revision=1, now=NOW)
    with pytest.raises(Refused):
        delete_draft_version(actor=who, draft=draft, now=NOW)
    assert DraftVersion.objects.get().text() == draft.text()


def test_a_draft_written_on_an_older_version_is_not_published(world: World) -> None:
    draft = drafted(world)
    adopted(world)
    with pytest.raises(WrongState):
        publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER)
    assert world.charter.versions.count() == 2


def test_taken_up_again_it_keeps_its_own_changes_and_takes_in_what_was_adopted(world: World) -> None:
    draft = drafted(world)
    adopted(world)
    draft, conflicts = rebase_draft_version(actor=world.organiser, draft=draft, revision=1, now=LATER)
    assert not conflicts and not draft.is_outdated
    texts = {one.key: one.text_fr for one in draft.text().articles}
    assert texts["guichet"] == "Une personne répond."
    assert texts["donnees"] == "Les données sont remises à la collectivité chaque mois."
    assert publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER).number == 3


def test_an_article_changed_on_both_sides_keeps_the_draft_and_is_named(world: World) -> None:
    draft = drafted(world, changed(key="donnees", text_fr="Les données restent fermées.", text_en="Data stays closed."))
    adopted(world)
    draft, conflicts = rebase_draft_version(actor=world.organiser, draft=draft, revision=1, now=LATER)
    assert conflicts == ("Tenir les données en commun",)
    assert {one.key: one.text_fr for one in draft.text().articles}["donnees"] == "Les données restent fermées."


def test_an_article_taken_out_here_and_changed_there_is_named(world: World) -> None:
    draft = drafted(world, replace(TEXT, articles=TEXT.articles[:2]))
    adopted(world)
    draft, conflicts = rebase_draft_version(actor=world.organiser, draft=draft, revision=1, now=LATER)
    assert conflicts == ("Tenir les données en commun",)
    assert [one.key for one in draft.text().articles] == ["decider", "guichet"]


def test_restoring_prepares_a_version_equal_to_the_old_one(world: World) -> None:
    adopted(world)
    draft = restore_version(actor=world.organiser, version=world.first, now=LATER)
    version = publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER)
    assert version.number == 3
    assert version.text() == world.first.text()
    assert version.sha256 != world.first.sha256
    with pytest.raises(NothingChanged):
        restore_version(actor=world.organiser, version=version, now=LATER)


def test_of_two_organisers_who_edit_at_once_the_second_is_told(world: World) -> None:
    draft = drafted(world)
    edit_draft_version(actor=world.organiser, draft=draft, revision=1, text=changed(text_fr="A", text_en="A"), now=NOW)
    with pytest.raises(WrongState):
        edit_draft_version(actor=world.organiser, draft=draft, revision=1, text=TEXT, now=NOW)
    assert DraftVersion.objects.get().text().articles[1].text_fr == "A"


def test_a_version_is_published_once_and_then_neither_edited_nor_deleted(world: World) -> None:
    draft = drafted(world)
    publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER)
    with pytest.raises(WrongState):
        publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER)
    with pytest.raises(WrongState):
        edit_draft_version(actor=world.organiser, draft=draft, revision=1, text=TEXT, now=LATER)
    with pytest.raises(WrongState):
        delete_draft_version(actor=world.organiser, draft=draft, now=LATER)


def test_a_missing_leg_waits_in_the_draft_and_stops_the_publication(world: World) -> None:
    draft = drafted(world, changed(text_fr="Une personne répond.", text_en=""))
    with pytest.raises(UnreadableText):
        publish_draft_version(actor=world.organiser, draft=draft, motive=MOTIVE, now=LATER)
    with pytest.raises(MotiveMissing):
        publish_draft_version(actor=world.organiser, draft=drafted(world), motive="Bref", now=LATER)
    with pytest.raises(NothingChanged):
        publish_draft_version(actor=world.organiser, draft=drafted(world, TEXT), motive=MOTIVE, now=LATER)


@pytest.mark.parametrize(
    "article",
    [
        ArticleText("Clé", "T", "T", "x", "x"),
        ArticleText("", "T", "T", "x", "x"),
        ArticleText("cle", "T" * 161, "T", "x", "x"),
        ArticleText("cle", "T", "T", "x" * 20_001, "x"),
        ArticleText("cle", "T", "T", "x\u202ey", "x"),
    ],
)
def test_what_no_version_could_hold_is_refused_at_once(world: World, article: ArticleText) -> None:
    with pytest.raises(UnreadableText):
        drafted(world, replace(TEXT, articles=(article,)))
    with pytest.raises(UnreadableText):
        drafted(world, replace(TEXT, articles=tuple(replace(TEXT.articles[0], key=f"k{n}") for n in range(151))))


def test_each_step_is_in_the_log(world: World) -> None:
    draft = drafted(world)
    delete_draft_version(actor=world.organiser, draft=draft, now=LATER)
    assert not DraftVersion.objects.exists()
    known = AuditLine.objects.filter(action__startswith="charter.").values_list("action", flat=True)
    assert {"charter.draft", "charter.delete_draft"} <= set(known)
