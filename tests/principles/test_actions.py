from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.models import User
from principles.actions import (
    ArticleChanged,
    EnglishMissing,
    MotiveMissing,
    NothingChanged,
    UnreadableText,
    accept_amendment,
    delete_drafts_of,
    draft_amendment,
    edit_draft,
    open_amendment,
    publish_first_version,
    refuse_amendment,
    withdraw_amendment,
)
from principles.enums import AmendmentState
from principles.models import MAX_TEXT, Amendment, Charter, Decision, Version
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, TEXT, World, make_account, make_organiser, make_speaker

LATER = NOW + timedelta(hours=1)


def move(name: str, world: World, amendment: Amendment) -> Any:
    """Do one move the way the person entitled to it would."""
    if name == "edit":
        wording = {"title": "Titre", "text_fr": "Autre texte.", "text_en": "", "motive": MOTIVE}
        return edit_draft(
            actor=world.member,
            amendment=amendment,
            base_version=world.first,
            organisation=world.city,
            now=LATER,
            **wording,
        )
    if name == "open":
        return open_amendment(actor=world.member, amendment=amendment, now=LATER)
    if name == "withdraw":
        return withdraw_amendment(actor=world.member, amendment=amendment, now=LATER)
    if name == "modify":
        words = {"fr": "Autrement dit.", "en": "Said otherwise."}
        return accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, modified=words, now=LATER)
    decide = accept_amendment if name == "accept" else refuse_amendment
    return decide(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=LATER)


PATHS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("open",),
    "open": ("open",),
    "accepted": ("open", "accept"),
    "modified": ("open", "modify"),
    "refused": ("open", "refuse"),
    "withdrawn": ("open", "withdraw"),
}


def brought_to(state: str, world: World) -> Amendment:
    amendment = world.draft()
    Charter.objects.update(supporters_needed=state == "submitted")
    for name in PATHS[state]:
        move(name, world, amendment)
        amendment = Amendment.objects.whole().get(pk=amendment.pk)
    return amendment


LEGAL = {("draft", "edit"), ("draft", "open"), ("open", "withdraw"), ("open", "accept"), ("open", "refuse")}
LEGAL |= {("submitted", "withdraw")}


def test_the_log_names_the_organisation_and_the_line_behind_an_amendment(world: World) -> None:
    brought_to("withdrawn", world)
    line = world.member.affiliations.active().get(organisation=world.city)
    for action in ("amendment.draft", "amendment.open", "amendment.withdraw"):
        data = AuditLine.objects.get(action=action).data
        assert (data["organisation"], data["affiliation"]) == (world.city.pk, line.pk)


@pytest.mark.parametrize("state", AmendmentState.values)
@pytest.mark.parametrize("name", ["edit", "open", "withdraw", "accept", "refuse"])
def test_only_the_moves_drawn_in_the_table_are_made(world: World, state: str, name: str) -> None:
    amendment = brought_to(state, world)
    if (state, name) in LEGAL:
        move(name, world, amendment)
        assert Amendment.objects.get(pk=amendment.pk).state != state or name == "edit"
        return
    with pytest.raises((WrongState, Refused, Hidden)):
        move(name, world, amendment)
    assert Amendment.objects.get(pk=amendment.pk).state == state


@pytest.mark.parametrize("name", ["open", "withdraw", "accept", "refuse", "edit"])
def test_a_move_made_on_a_stale_copy_is_told_so(world: World, name: str) -> None:
    stale = world.draft() if name in ("open", "edit") else world.opened()
    move("open" if name in ("open", "edit") else "withdraw", world, stale)
    with pytest.raises((WrongState, Refused)):
        move(name, world, stale)


def test_founding_a_charter_makes_version_one_whole_and_current(world: World) -> None:
    charter = Charter.objects.get(pk=world.charter.pk)
    assert charter.current_version == world.first
    assert (world.first.number, world.first.previous, world.first.adopted_at) == (1, None, NOW)
    assert [article.title_fr for article in world.first.articles.all()] == [article.title_fr for article in ARTICLES]


def test_a_charter_is_founded_once(world: World) -> None:
    with pytest.raises(WrongState):
        publish_first_version(
            actor=world.organiser, coalition=world.coalition, slug=world.charter.slug, text=TEXT, now=NOW
        )


def test_only_an_organiser_founds_a_charter(world: World) -> None:
    with pytest.raises(Refused):
        publish_first_version(actor=world.member, coalition=world.coalition, slug="autre", text=TEXT, now=NOW)
    assert not Charter.objects.filter(slug="autre").exists()


def test_a_draft_tells_nobody_and_has_no_number(world: World) -> None:
    draft = world.draft()
    assert (draft.state, draft.number) == ("draft", None)
    assert not Event.objects.filter(kind__startswith="amendment.").exists()


def test_proposing_gives_the_next_number_and_tells_the_organisers(world: World) -> None:
    first, second = world.opened(), world.opened()
    assert (first.number, second.number) == (1, 2)
    assert Event.objects.filter(kind="amendment.opened").count() == 2
    assert AuditLine.objects.filter(action="amendment.open", object_id=second.pk, actor=world.member).exists()


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"text_fr": ARTICLES[2].text_fr, "text_en": ""}, NothingChanged, "text_fr"),
        ({"text_fr": ARTICLES[2].text_fr + "  \r\n", "text_en": ARTICLES[2].text_en}, NothingChanged, "text_fr"),
        ({"text_fr": "", "text_en": ""}, UnreadableText, "text_fr"),
        ({"text_fr": "x" * (MAX_TEXT + 1)}, UnreadableText, "text_fr"),
        ({"text_en": "caché\u202eéhcac"}, UnreadableText, "text_en"),
        ({"title": "nul\x00"}, UnreadableText, "title"),
        ({"title": "t" * 161}, UnreadableText, "title"),
        ({"motive": "trop court"[:9]}, MotiveMissing, "motive"),
        ({"article_key": "inconnu"}, ArticleChanged, ""),
    ],
)
def test_an_amendment_that_cannot_stand_is_refused_with_its_field(
    world: World, fields: dict[str, str], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refusal:
        world.draft(fields.pop("article_key", "donnees"), **fields)
    assert refusal.value.field == field
    assert not Amendment.objects.exists()


def test_nobody_drafts_for_an_organisation_they_do_not_speak_for(world: World) -> None:
    with pytest.raises(Refused):
        world.draft(actor=make_account("Rose"))
    with pytest.raises(Refused):
        world.draft(organisation=None)


def test_a_draft_written_beside_an_older_text_is_not_laid_over_a_newer_one(world: World) -> None:
    draft = world.draft(text_fr="Mon texte.")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    with pytest.raises(ArticleChanged):
        open_amendment(actor=world.member, amendment=draft, now=LATER)
    with pytest.raises(ArticleChanged):
        move("edit", world, draft)
    with pytest.raises(ArticleChanged):
        world.draft(base_version=world.first, text_fr="Mon autre texte.")
    current = Charter.objects.get(pk=world.charter.pk).current_version
    wording = {"title": "Titre", "text_fr": "Relu.", "text_en": "", "motive": MOTIVE, "organisation": world.city}
    edit_draft(actor=world.member, amendment=draft, base_version=current, now=LATER, **wording)
    assert open_amendment(actor=world.member, amendment=draft, now=LATER).base_version == current


def test_a_change_elsewhere_does_not_hold_a_draft_back(world: World) -> None:
    draft = world.draft("guichet")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    assert open_amendment(actor=world.member, amendment=draft, now=LATER).base_version.number == 2


def test_acceptance_makes_the_next_version_with_that_article_changed_and_nothing_else(world: World) -> None:
    decision = accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=LATER)
    version = Charter.objects.get(pk=world.charter.pk).current_version
    assert decision.version == version
    assert (version.number, version.previous, version.adopted_at) == (2, world.first, LATER)
    texts = {article.key: (article.text_fr, article.text_en) for article in version.articles.all()}
    assert texts["donnees"] == (decision.amendment.text_fr, decision.amendment.text_en)
    assert texts["guichet"] == (ARTICLES[1].text_fr, ARTICLES[1].text_en)
    assert decision.amendment.state == "accepted" and decision.amendment.decided_at == LATER
    assert set(Event.objects.values_list("kind", flat=True)) >= {"amendment.accepted", "charter.version_adopted"}
    assert AuditLine.objects.filter(action="amendment.accept", object_id=decision.amendment.pk).exists()


def test_adoption_waits_for_the_english_text(world: World) -> None:
    amendment = world.opened(text_en="")
    with pytest.raises(EnglishMissing):
        accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    assert Amendment.objects.get(pk=amendment.pk).state == "open"
    decision = accept_amendment(
        actor=world.organiser, amendment=amendment, motive=MOTIVE, text_en="Handed every month.", now=NOW
    )
    assert decision.version.articles.get(key="donnees").text_en == "Handed every month."


def test_an_organiser_does_not_rewrite_the_english_the_author_gave(world: World) -> None:
    with pytest.raises(UnreadableText):
        accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, text_en="Mine.", now=NOW)


@pytest.mark.parametrize("decide", [accept_amendment, refuse_amendment])
def test_no_decision_without_a_reason(world: World, decide: Any) -> None:
    amendment = world.opened()
    with pytest.raises(MotiveMissing):
        decide(actor=world.organiser, amendment=amendment, motive=" non. ", now=NOW)
    assert Amendment.objects.get(pk=amendment.pk).state == "open"
    assert not Decision.objects.exists()


def test_a_refusal_keeps_the_charter_and_says_why(world: World) -> None:
    decision = refuse_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=LATER)
    assert (decision.outcome, decision.version, decision.motive) == ("refused", None, MOTIVE)
    assert Version.objects.count() == 1
    assert Event.objects.filter(kind="amendment.refused").exists()


def test_an_organiser_leaves_their_own_amendment_to_a_second_one(world: World) -> None:
    own = world.opened(actor=world.organiser, organisation=None)
    with pytest.raises(Refused):
        accept_amendment(actor=world.organiser, amendment=own, motive=MOTIVE, now=NOW)
    assert accept_amendment(actor=make_organiser("Moussa"), amendment=own, motive=MOTIVE, now=NOW).version.number == 2


def test_the_second_of_two_amendments_to_one_article_is_told_the_article_changed(world: World) -> None:
    first, second = world.opened(), world.opened(text_fr="Autre.", text_en="Other.")
    accept_amendment(actor=world.organiser, amendment=first, motive=MOTIVE, now=NOW)
    with pytest.raises(WrongState):
        accept_amendment(actor=world.organiser, amendment=second, motive=MOTIVE, now=NOW)
    assert Amendment.objects.get(pk=second.pk).state == "open"


def test_amendments_to_two_articles_are_both_adopted_one_after_the_other(world: World) -> None:
    first, second = world.opened(), world.opened("guichet")
    accept_amendment(actor=world.organiser, amendment=first, motive=MOTIVE, now=NOW)
    version = accept_amendment(actor=world.organiser, amendment=second, motive=MOTIVE, now=NOW).version
    texts = {article.key: article.text_fr for article in version.articles.all()}
    assert (texts["donnees"], texts["guichet"]) == (first.text_fr, second.text_fr)
    assert version.number == 3


def test_a_representative_withdraws_what_a_colleague_proposed(world: World) -> None:
    amendment = world.opened()
    representative = make_speaker(world.city, "Rokhaya", role="representative")
    withdrawn = withdraw_amendment(actor=representative, amendment=amendment, now=LATER)
    assert (withdrawn.state, withdrawn.withdrawn_at, withdrawn.decided_at) == ("withdrawn", LATER, None)


def test_drafting_an_unknown_article_of_another_charter_is_refused(world: World) -> None:
    with pytest.raises(ArticleChanged):
        draft_amendment(
            actor=world.member, charter=world.charter, article_key="nulle-part", organisation=world.city, title="T",
            text_fr="x", text_en="", motive=MOTIVE, now=NOW,
        )  # fmt: skip


def _accept_alone(amendment_id: int, organiser_id: int) -> str:
    """One acceptance on a connection of its own: what it was told."""
    try:
        accept_amendment(
            actor=User.objects.get(pk=organiser_id),
            amendment=Amendment.objects.get(pk=amendment_id),
            motive=MOTIVE,
            now=LATER,
        )
    except WrongState:
        return "wrong state"
    finally:
        connections.close_all()
    return "accepted"


def test_of_twenty_conflicting_acceptances_at_once_exactly_one_goes_through(committed: World) -> None:
    amendments = [committed.opened(text_fr=f"Texte {n}.", text_en=f"Text {n}.").pk for n in range(20)]
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda pk: _accept_alone(pk, committed.organiser.pk), amendments))
    assert sorted(told) == ["accepted"] + ["wrong state"] * 19
    assert list(committed.charter.versions.values_list("number", flat=True)) == [1, 2]
    assert Amendment.objects.filter(charter=committed.charter, state="accepted").count() == 1
    assert Decision.objects.filter(amendment__charter=committed.charter).count() == 1


def test_of_twenty_acceptances_of_one_amendment_at_once_exactly_one_goes_through(committed: World) -> None:
    amendment = committed.opened()
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda _n: _accept_alone(amendment.pk, committed.organiser.pk), range(20)))
    assert sorted(told) == ["accepted"] + ["wrong state"] * 19
    assert committed.charter.versions.count() == 2


def test_two_acceptances_at_once_on_two_articles_both_go_through(committed: World) -> None:
    pair = [committed.opened().pk, committed.opened("guichet").pk]
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda pk: _accept_alone(pk, committed.organiser.pk), pair))
    assert told == ["accepted", "accepted"]
    assert list(committed.charter.versions.values_list("number", flat=True)) == [1, 2, 3]


def test_the_drafts_of_an_erased_account_go_with_it_and_what_it_proposed_stays(world: World) -> None:
    proposed, draft = world.opened(), world.draft("guichet")
    delete_drafts_of(account=world.member, now=NOW)
    assert not Amendment.objects.filter(pk=draft.pk).exists()
    assert Amendment.objects.filter(pk=proposed.pk).exists()
