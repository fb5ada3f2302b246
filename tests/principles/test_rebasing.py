from typing import Any

import pytest

from coalition.core.access import WrongState
from coalition.notifications.models import Event
from principles.actions import accept_amendment, publish_first_version, rebase_due, rebasing
from principles.models import Amendment, ArticleText, Charter, CharterText, Wording
from tests.principles.conftest import MOTIVE, NOW, World

TWO = "Les données sont ouvertes. Le bilan est public."
TWO_EN = "Data is open. The report is public."


def adopt(world: World, amendment: Amendment, **options: Any) -> Any:
    return accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW, **options)


def now_says(amendment: Amendment) -> Amendment:
    return Amendment.objects.whole().get(pk=amendment.pk)


def keys(world: World) -> list[str]:
    charter = Charter.objects.get(pk=world.charter.pk)
    return [one.key for one in charter.in_force.articles.all()]


@pytest.fixture
def long(world: World) -> World:
    """The article has two sentences in each language."""
    adopt(world, world.opened(text_fr=TWO, text_en=TWO_EN))
    return world


def test_amendments_of_two_sentences_go_together_and_both_are_adopted(long: World) -> None:
    first = long.opened(text_fr=TWO.replace("ouvertes", "libres"), text_en=TWO_EN.replace("open", "free"))
    second = long.opened(text_fr=TWO.replace("public", "lu à voix haute"), text_en=TWO_EN.replace("public", "read out"))
    adopt(long, first)
    moved = now_says(second)
    assert moved.text_fr == "Les données sont libres. Le bilan est lu à voix haute."
    assert moved.text_en == "Data is free. The report is read out."
    assert (moved.base_version.number, moved.needs_rebase) == (3, False)
    assert [row.cause for row in moved.wordings.all()] == ["proposed", "rebase"]
    assert adopt(long, moved).version.articles.get(key="donnees").text_fr == moved.text_fr


def test_amendments_of_one_sentence_wait_for_their_author_who_is_told(long: World) -> None:
    first, second = (
        long.opened(text_fr="Un autre texte.", text_en="X."),
        long.opened(text_fr="Tout autre.", text_en="Y."),
    )
    adopt(long, first)
    stuck = now_says(second)
    assert (stuck.state, stuck.needs_rebase, stuck.text_fr) == ("open", True, "Tout autre.")
    assert Event.objects.filter(kind="amendment.needs_rebase", object_id=str(stuck.pk)).count() == 1
    with pytest.raises(WrongState):
        adopt(long, stuck)


def test_an_amendment_elsewhere_follows_without_a_new_wording(long: World) -> None:
    elsewhere = long.opened("guichet")
    adopt(long, long.opened())
    assert now_says(elsewhere).base_version == Charter.objects.get(pk=long.charter.pk).current_version
    assert Wording.objects.filter(amendment=elsewhere).count() == 1


def test_what_the_charter_already_says_waits_for_its_author_instead_of_being_dropped(long: World) -> None:
    first, same = long.opened(), long.opened()
    adopt(long, first)
    assert now_says(same).needs_rebase and now_says(same).state == "open"


def test_two_articles_added_at_one_place_are_both_there_in_the_order_of_adoption(world: World) -> None:
    added = {"kind": "insert", "after_key": "decider", "text_fr": "Un texte.", "text_en": "A text."}
    first = world.opened("", article_title_fr="Premier", article_title_en="First", **added)
    second = world.opened("", article_title_fr="Second", article_title_en="Second", **added)
    adopt(world, first)
    assert now_says(second).after_key == "premier"
    adopt(world, second)
    assert keys(world) == ["decider", "premier", "second", "guichet", "donnees"]


def test_an_article_keeps_its_place_when_the_one_before_it_goes(world: World) -> None:
    added = {"text_fr": "Un texte.", "text_en": "A text.", "article_title_fr": "Neuf", "article_title_en": "New"}
    new = world.opened("", kind="insert", after_key="guichet", **added)
    adopt(world, world.opened("guichet", kind="remove", text_fr="", text_en=""))
    assert now_says(new).after_key == "decider"
    adopt(world, new)
    assert keys(world) == ["decider", "neuf", "donnees"]


def test_changing_or_moving_an_article_that_was_removed_asks_its_author(world: World) -> None:
    edit = world.opened("guichet")
    move = world.opened("guichet", kind="move", after_key="donnees")
    again = world.opened("guichet", kind="remove")
    adopt(world, world.opened("guichet", kind="remove"))
    assert [now_says(one).needs_rebase for one in (edit, move, again)] == [True, True, True]


def test_removing_an_article_that_has_other_words_asks_its_author_and_moving_it_does_not(world: World) -> None:
    gone, moved = world.opened(kind="remove"), world.opened(kind="move", after_key="")
    adopt(world, world.opened())
    assert now_says(gone).needs_rebase and not now_says(moved).needs_rebase
    adopt(world, moved)
    assert keys(world) == ["donnees", "decider", "guichet"]


def test_the_only_article_is_not_removed(world: World) -> None:
    adopt(world, world.opened("guichet", kind="remove"))
    last = [world.opened("decider", kind="remove"), world.opened("donnees", kind="remove")]
    adopt(world, last[0])
    with pytest.raises(Exception, match="seul article"):
        adopt(world, last[1])


def test_what_a_large_acceptance_leaves_over_is_rebased_by_the_worker_and_before_a_decision(
    long: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebasing, "REBASED_AT_ONCE", 1)
    monkeypatch.setitem(rebasing.rebase_pending.__kwdefaults__, "limit", 1)
    changed = TWO.replace("public", "lu"), TWO_EN.replace("public", "read")
    others = [long.opened(text_fr=changed[0] + f" Encore {n}.", text_en=changed[1] + f" More {n}.") for n in "123"]
    adopt(long, long.opened(text_fr=TWO.replace("ouvertes", "libres"), text_en=TWO_EN.replace("open", "free")))
    assert [now_says(one).is_behind for one in others] == [False, True, True]
    assert "libres" in adopt(long, others[2]).version.articles.get(key="donnees").text_fr
    monkeypatch.setitem(rebasing.rebase_pending.__kwdefaults__, "limit", 200)
    rebase_due(now=NOW)
    assert not any(now_says(one).is_behind and not now_says(one).needs_rebase for one in others[:2])


def test_colliding_amendments_are_shown_to_each_other_and_others_are_not(long: World) -> None:
    first = long.opened(text_fr=TWO.replace("ouvertes", "libres"), text_en="")
    rival = long.opened(text_fr=TWO.replace("ouvertes", "fermées"), text_en="")
    elsewhere = long.opened(text_fr=TWO.replace("public", "lu"), text_en="")
    assert list(Amendment.objects.colliding_with(first)) == [rival]
    assert list(Amendment.objects.colliding_with(elsewhere)) == []
    removal = long.opened(kind="remove")
    assert set(Amendment.objects.colliding_with(removal)) == {first, rival, elsewhere}
    assert removal in Amendment.objects.colliding_with(elsewhere)


def test_a_founded_charter_has_nothing_to_rebase(world: World) -> None:
    one = ArticleText("seul", "Seul", "Alone", "Un texte.", "A text.")
    text = CharterText("Autre", "Other", "", "", (one,))
    publish_first_version(actor=world.organiser, coalition=world.coalition, slug="autre", text=text, now=NOW)
    assert rebase_due(now=NOW) == 0
