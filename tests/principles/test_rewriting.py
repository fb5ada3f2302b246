from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.notifications.models import Event
from principles.actions import (
    EnglishMissing,
    FrenchMissing,
    NothingChanged,
    UnreadableText,
    accept_amendment,
    resolve_rebase,
    revise_amendment,
    set_phases,
    take_position,
    write_leg,
)
from principles.models import Amendment, Charter
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_organisation, make_speaker


def revise(world: World, amendment: Amendment, **fields: Any) -> Amendment:
    answers = {"text_fr": amendment.text_fr, "text_en": amendment.text_en, "note": "Plus clair."}
    seen = {"seen_wording": amendment.wording, "actor": world.member, "now": NOW}
    return revise_amendment(amendment=amendment, **{**answers, **seen, **fields})


def test_a_revision_is_numbered_kept_beside_the_first_and_asks_those_who_spoke(world: World) -> None:
    amendment, other = world.opened(), make_organisation()
    speaker = make_speaker(other)
    take_position(actor=speaker, amendment=amendment, organisation=other, choice="agree", now=NOW)
    revised = revise(world, amendment, text_fr="Les données arrivent chaque semaine.", text_en="Data comes every week.")
    assert (revised.wording, revised.reworded) == (2, 2)
    assert [row.text_fr for row in revised.wordings.all()] == [
        amendment.text_fr,
        "Les données arrivent chaque semaine.",
    ]
    position = revised.positions.get()
    assert (position.choice, position.wording) == ("agree", 1)
    assert Event.objects.filter(kind="amendment.revised").count() == 1
    confirmed = take_position(actor=speaker, amendment=revised, organisation=other, choice="agree", now=NOW)
    assert confirmed.wording == 2


def test_changing_one_language_alone_leaves_the_other_behind_unless_it_is_said_to_be_right(world: World) -> None:
    first = revise(world, world.opened(), text_fr="Chaque semaine.")
    assert (first.stale_leg, first.missing_legs) == ("en", ("en",))
    with pytest.raises(EnglishMissing):
        accept_amendment(actor=world.organiser, amendment=first, motive=MOTIVE, now=NOW)
    again = revise(world, first, text_en="Every week.")
    assert again.stale_leg == ""
    kept = revise(world, world.opened("guichet"), text_fr="Un mot corrigé.", still_says="en")
    assert kept.missing_legs == ()


def test_a_revision_of_what_somebody_reworded_meanwhile_is_told_so(world: World) -> None:
    amendment = world.opened()
    revise(world, amendment, text_fr="A.", text_en="A.")
    with pytest.raises(WrongState):
        revise(world, amendment, text_fr="B.", text_en="B.")
    assert Amendment.objects.get(pk=amendment.pk).text_fr == "A."


def test_the_same_words_are_no_revision_and_a_stranger_gives_none(world: World) -> None:
    amendment = world.opened()
    with pytest.raises(NothingChanged):
        revise(world, amendment)
    with pytest.raises(Refused):
        revise(world, amendment, actor=make_account("Rose"), text_fr="X.")


def test_another_organisation_writes_the_missing_language_and_is_credited(world: World) -> None:
    amendment, other = world.opened(text_en=""), make_organisation("Ville de Gand")
    speaker = make_speaker(other)
    told = {"amendment": amendment, "organisation": other, "language": "en", "now": NOW}
    written = write_leg(actor=speaker, text="Data comes every month.", **told)
    row = written.wordings.get(cause="leg")
    assert (written.text_en, row.organisation, row.author) == ("Data comes every month.", other, speaker)
    assert written.missing_legs == () and written.reworded == 0
    with pytest.raises(WrongState):
        write_leg(actor=speaker, text="Again.", **told)


def test_an_amendment_may_come_in_english_alone_and_waits_for_its_french(world: World) -> None:
    amendment = world.opened(text_fr="")
    assert amendment.missing_legs == ("fr",)
    with pytest.raises(FrenchMissing):
        accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    write_leg(
        actor=world.member, amendment=amendment, organisation=world.city, language="fr", text="Chaque mois.", now=NOW
    )
    assert accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW).version.number == 2


def test_an_article_to_add_waits_for_its_title_and_text_in_both_languages(world: World) -> None:
    new = world.opened("", kind="insert", article_title_fr="Neuf", text_fr="Un texte.", text_en="")
    assert new.missing_legs == ("en",)
    leg = {"amendment": new, "organisation": world.city, "language": "en", "now": NOW}
    with pytest.raises(UnreadableText):
        write_leg(actor=world.member, text="A text.", **leg)
    write_leg(actor=world.member, text="A text.", article_title="New", **leg)
    version = accept_amendment(actor=world.organiser, amendment=new, motive=MOTIVE, now=NOW).version
    assert version.articles.get(key="neuf").title_en == "New"


@pytest.fixture
def stuck(world: World) -> Amendment:
    """An amendment to a sentence another one changed first."""
    second = world.opened(text_fr="Tout autre texte.", text_en="Another text.")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    return Amendment.objects.whole().get(pk=second.pk)


def resolve(world: World, amendment: Amendment, **fields: Any) -> Amendment:
    seen = {"seen_version": 2, "seen_wording": amendment.wording, "actor": world.member, "now": NOW}
    return resolve_rebase(amendment=amendment, **{**seen, "text_fr": "Les deux.", "text_en": "Both.", **fields})


def test_its_author_brings_it_to_the_new_version_and_it_can_be_adopted(world: World, stuck: Amendment) -> None:
    resolved = resolve(world, stuck)
    assert (resolved.needs_rebase, resolved.base_version.number, resolved.text_fr) == (False, 2, "Les deux.")
    assert resolved.wordings.get(cause="resolution").number == resolved.reworded
    decision = accept_amendment(actor=world.organiser, amendment=resolved, motive=MOTIVE, now=NOW)
    assert decision.version.articles.get(key="donnees").text_en == "Both."


def test_a_resolution_against_another_version_is_told_so(world: World, stuck: Amendment) -> None:
    with pytest.raises(WrongState):
        resolve(world, stuck, seen_version=1)
    with pytest.raises(NothingChanged):
        resolve(world, stuck, text_fr=stuck.current_article.text_fr, text_en="")  # type: ignore[union-attr]
    assert Amendment.objects.get(pk=stuck.pk).needs_rebase


def test_what_goes_together_needs_no_resolution(world: World) -> None:
    with pytest.raises(WrongState):
        resolve(world, world.opened(), seen_version=1)


def test_the_amended_text_of_a_removed_article_is_proposed_as_an_article_again(world: World) -> None:
    edit = world.opened("guichet")
    gone = world.opened("guichet", kind="remove")
    accept_amendment(actor=world.organiser, amendment=gone, motive=MOTIVE, now=NOW)
    resolved = resolve(world, Amendment.objects.get(pk=edit.pk))
    assert (resolved.kind, resolved.after_key, resolved.article_title_en) == (
        "insert",
        "decider",
        "Keep a human counter",
    )
    version = accept_amendment(actor=world.organiser, amendment=resolved, motive=MOTIVE, now=NOW).version
    assert [one.key for one in version.articles.all()] == ["decider", "guichet", "donnees"]


def test_nothing_is_reworded_once_the_charter_is_settled(world: World) -> None:
    amendment = world.opened()
    charter = Charter.objects.get(pk=world.charter.pk)
    dates = {"amendments_from": None, "deliberation_from": None, "adopted_from": NOW}
    set_phases(actor=world.organiser, charter=charter, now=NOW, **dates)
    with pytest.raises(Exception, match="arrêtée"):
        revise(world, amendment, text_fr="X.")
