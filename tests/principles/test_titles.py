"""An amendment that changes an article may change its title too: written, followed, decided like its text."""

from typing import Any

import pytest

from coalition.core.access import WrongState
from principles.actions import (
    EnglishMissing,
    NothingChanged,
    UnreadableText,
    accept_amendment,
    edit_draft,
    resolve_rebase,
    revise_amendment,
    write_leg,
)
from principles.history.origins import origins_in
from principles.models import Amendment, Version
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World

FR, EN = "Partager les données", "Share the data"
SAME = {"text_fr": ARTICLES[2].text_fr, "text_en": ARTICLES[2].text_en}


def rename(world: World, **more: Any) -> Amendment:
    return world.opened(**{**SAME, "article_title_fr": FR, "article_title_en": EN, **more})


def accept(world: World, amendment: Amendment, **more: Any) -> Version:
    decision = accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW, **more)
    assert decision.version is not None
    return decision.version


def again(amendment: Amendment) -> Amendment:
    return Amendment.objects.whole().get(pk=amendment.pk)


def test_a_title_alone_can_be_amended_and_the_text_stays(world: World) -> None:
    article = accept(world, rename(world)).articles.get(key="donnees")
    assert (article.title_fr, article.title_en) == (FR, EN)
    assert (article.text_fr, article.text_en) == (SAME["text_fr"], SAME["text_en"])


def test_a_title_left_empty_or_as_it_is_stays(world: World) -> None:
    kept = world.opened(article_title_fr=ARTICLES[2].title_fr)
    assert not kept.renames and kept.missing_legs == ()
    assert accept(world, kept).articles.get(key="donnees").title_fr == ARTICLES[2].title_fr


def test_neither_another_title_nor_another_text_is_nothing(world: World) -> None:
    with pytest.raises(NothingChanged):
        world.draft(**SAME, article_title_fr=ARTICLES[2].title_fr, article_title_en="")


def test_a_title_too_long_is_refused_beside_its_field(world: World) -> None:
    with pytest.raises(UnreadableText) as refused:
        world.draft(article_title_fr="x" * 161)
    assert refused.value.field == "article_title_fr"


def test_a_draft_gets_another_title(world: World) -> None:
    draft = world.draft()
    said = {"organisation": world.city, "title": "T", "motive": MOTIVE, "text_fr": draft.text_fr}
    changed = edit_draft(
        actor=world.member, amendment=draft, base_version=world.first, article_title_fr=FR, now=NOW, **said
    )
    assert changed.article_title_fr == FR


def test_the_other_language_of_a_new_title_is_waited_for_and_written_by_anybody(world: World) -> None:
    amendment = rename(world, article_title_en="")
    assert amendment.missing_legs == ("en",)
    with pytest.raises(EnglishMissing):
        accept(world, amendment)
    leg: dict[str, Any] = {"actor": world.member, "organisation": world.city, "language": "en", "now": NOW}
    with pytest.raises(UnreadableText):
        write_leg(amendment=amendment, text=SAME["text_en"], **leg)
    whole = write_leg(amendment=amendment, text=SAME["text_en"], article_title=EN, **leg)
    assert whole.missing_legs == ()
    assert accept(world, whole).articles.get(key="donnees").title_en == EN


def test_the_other_language_may_say_that_its_title_stays(world: World) -> None:
    leg: dict[str, Any] = {"actor": world.member, "organisation": world.city, "language": "en", "now": NOW}
    said = {"text": SAME["text_en"], "article_title": ARTICLES[2].title_en}
    assert write_leg(amendment=rename(world, article_title_en=""), **said, **leg).missing_legs == ()


def test_a_correction_of_the_translated_title_alone_is_whole(world: World) -> None:
    assert rename(world, article_title_fr="").missing_legs == ()


def test_a_revision_of_one_title_leaves_the_other_language_behind(world: World) -> None:
    revised = revise_amendment(
        actor=world.member, amendment=rename(world), note="Plus court.", seen_wording=1, now=NOW,
        article_title_fr="Partager", article_title_en=EN, **SAME,
    )  # fmt: skip
    assert (revised.article_title_fr, revised.article_title_en, revised.stale_leg) == ("Partager", EN, "en")
    assert revised.wordings.get(number=2).article_title_fr == "Partager"


def test_a_title_follows_the_text_that_changed_meanwhile(world: World) -> None:
    amendment = rename(world, text_fr="Les données sont ouvertes à tous à leur demande.", text_en="")
    accept(world, world.opened())
    stuck = again(amendment)
    title_only = rename(world, **_today(world))
    accept(world, world.opened(text_fr="Autre chose encore.", text_en="Another thing again."))
    followed = again(title_only)
    assert stuck.needs_rebase and not followed.needs_rebase
    assert (followed.article_title_fr, followed.text_fr) == (FR, "Autre chose encore.")
    assert followed.base_version.number == 3


def _today(world: World) -> dict[str, str]:
    world.charter.refresh_from_db()
    article = world.charter.in_force.articles.get(key="donnees")
    return {"text_fr": article.text_fr, "text_en": article.text_en}


def test_a_text_follows_the_title_that_changed_meanwhile(world: World) -> None:
    amendment = world.opened()
    accept(world, rename(world))
    followed = again(amendment)
    assert not followed.needs_rebase and followed.base_version.number == 2
    article = accept(world, followed).articles.get(key="donnees")
    assert (article.title_fr, article.text_fr) == (FR, amendment.text_fr)


def test_two_new_titles_of_one_article_meet_and_the_second_waits_for_its_author(world: World) -> None:
    first, second = rename(world), rename(world, article_title_fr="Ouvrir les données", article_title_en="Open data")
    assert list(Amendment.objects.colliding_with(second)) == [first]
    assert world.opened() not in Amendment.objects.colliding_with(first)
    accept(world, first)
    stuck = again(second)
    assert stuck.needs_rebase and stuck.article_title_fr == "Ouvrir les données"
    with pytest.raises(WrongState):
        accept(world, stuck)
    seen: dict[str, Any] = {"seen_version": 2, "seen_wording": stuck.wording, "now": NOW, **SAME}
    settled = resolve_rebase(actor=world.member, amendment=stuck, **seen)
    assert (settled.article_title_fr, settled.needs_rebase) == ("Ouvrir les données", False)
    assert accept(world, settled).articles.get(key="donnees").title_en == "Open data"


def test_a_title_the_charter_has_already_is_given_up(world: World) -> None:
    twin = rename(world, text_fr="Les données sont remises.", text_en="Data is handed over.")
    same = rename(world)
    accept(world, rename(world))
    assert again(twin).article_title_fr == "" and not again(twin).needs_rebase
    assert again(same).needs_rebase


def test_a_resolution_may_give_the_title_up(world: World) -> None:
    first, second = rename(world), rename(world, text_fr="Autre.", text_en="Other.", article_title_fr="Ouvrir")
    accept(world, first)
    seen: dict[str, Any] = {"seen_version": 2, "seen_wording": 1, "now": NOW, "text_fr": "Autre.", "text_en": "Other."}
    settled = resolve_rebase(actor=world.member, amendment=second, article_title_fr="", article_title_en="", **seen)
    assert not settled.renames
    assert accept(world, settled).articles.get(key="donnees").title_fr == FR


def test_an_organiser_adopts_another_title_and_says_so(world: World) -> None:
    version = accept(world, rename(world), modified={"title_fr": "Les données en partage"})
    article = version.articles.get(key="donnees")
    assert (article.title_fr, article.title_en, article.text_fr) == ("Les données en partage", EN, SAME["text_fr"])
    assert version.decision.outcome == "modified"


def test_the_same_words_make_a_plain_adoption(world: World) -> None:
    said = {"title_fr": FR, "title_en": EN, "fr": SAME["text_fr"], "en": SAME["text_en"]}
    assert accept(world, rename(world), modified=said).decision.outcome == "accepted"


def test_the_old_title_in_the_place_of_the_new_one_is_a_refusal(world: World) -> None:
    article = ARTICLES[2]
    with pytest.raises(NothingChanged):
        accept(world, rename(world), modified={"title_fr": article.title_fr, "title_en": article.title_en})


def test_the_origin_of_a_title_is_the_version_that_gave_it(world: World) -> None:
    version = accept(world, rename(world))
    traced = origins_in(version, "fr")
    assert [one.origin.made for one in traced["title:donnees"]] == [2]
    assert [one.origin.made for one in traced["text:donnees"]] == [1]
