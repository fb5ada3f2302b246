"""Hiding the words of an amendment with a public reason, and giving them back."""

from typing import Any

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Event
from members.enums import Role
from principles.actions import (
    accept_amendment,
    hide_amendment,
    open_amendment,
    refuse_amendment,
    restore_amendment,
    revise_amendment,
    take_position,
    withdraw_amendment,
)
from principles.adapters import refused_wordings
from principles.enums import AmendmentKind, AmendmentState
from principles.history.causes import causes_of
from principles.models import Amendment, HiddenWords, Version
from tests.principles.conftest import MOTIVE, NOW, World, make_organiser, make_speaker

WHY = "Ce texte vise une personne."


def hide(world: World, amendment: Amendment, **more: Any) -> Amendment:
    return hide_amendment(**{"actor": world.organiser, "amendment": amendment, "reason": WHY, "now": NOW, **more})


def restore(world: World, amendment: Amendment) -> Amendment:
    return restore_amendment(actor=world.organiser, amendment=amendment, now=NOW)


def test_hidden_words_leave_the_row_and_come_back_as_they_were(world: World) -> None:
    amendment = world.opened()
    hidden = hide(world, amendment)
    assert (hidden.title, hidden.text_fr, hidden.hidden_reason) == ("", "", WHY)
    assert (hidden.number, hidden.organisation, hidden.state) == (amendment.number, world.city, AmendmentState.OPEN)
    shown = restore(world, hidden)
    assert (shown.title, shown.motive, shown.text_fr, shown.text_en, shown.article_key) == (
        amendment.title, amendment.motive, amendment.text_fr, amendment.text_en, amendment.article_key,
    )  # fmt: skip
    assert shown.hidden_at is None and not HiddenWords.objects.exists()


def test_the_log_and_the_authors_know(world: World) -> None:
    hidden = hide(world, world.opened())
    restore(world, hidden)
    assert AuditLine.objects.filter(action__in=["amendment.hide", "amendment.restore"]).count() == 2
    kinds = Event.objects.filter(kind__in=["amendment.hidden", "amendment.restored"]).values_list("kind", flat=True)
    assert sorted(kinds) == ["amendment.hidden", "amendment.restored"]


def test_a_reason_is_asked_for(world: World) -> None:
    with pytest.raises(DomainError) as refused:
        hide(world, world.opened(), reason="Non.")
    assert refused.value.field == "reason"


def test_twice_is_a_wrong_state(world: World) -> None:
    hidden = hide(world, world.opened())
    with pytest.raises(WrongState):
        hide(world, hidden)
    shown = restore(world, hidden)
    with pytest.raises(WrongState):
        restore(world, shown)


def test_nobody_hides_their_own_nor_one_of_their_organisation(world: World) -> None:
    amendment = world.opened()
    colleague = make_speaker(world.city, "Colette", role=Role.EDITOR)
    colleague.groups.add(world.organiser.groups.get())
    colleague.authenticator_set.create(type="totp", data={"secret": "A" * 32})
    own = world.opened(actor=world.organiser, organisation=None)
    for actor, theirs in ((world.member, amendment), (colleague, amendment), (world.organiser, own)):
        with pytest.raises(Refused):
            hide(world, theirs, actor=actor)


def test_nothing_is_decided_nor_changed_while_it_is_hidden_and_the_sentence_says_so(world: World) -> None:
    hidden = hide(world, world.opened())
    deciding: dict[str, Any] = {"actor": world.organiser, "amendment": hidden, "motive": MOTIVE, "now": NOW}
    position: dict[str, Any] = {"organisation": world.city, "choice": "agree", "now": NOW}
    wording: dict[str, Any] = {"note": "Plus clair.", "text_fr": "Autre.", "seen_wording": 1, "now": NOW}
    for act in (
        lambda: accept_amendment(**deciding),
        lambda: refuse_amendment(**deciding),
        lambda: take_position(actor=world.member, amendment=hidden, **position),
        lambda: revise_amendment(actor=world.member, amendment=hidden, **wording),
    ):
        with pytest.raises(WrongState, match="masqué"):
            act()


def test_a_decision_that_began_before_it_was_hidden_does_not_go_through(world: World) -> None:
    """What was read when the decision began is not what is there any more."""
    amendment = world.opened()
    hide(world, amendment)
    with pytest.raises(WrongState):
        withdraw_amendment(actor=world.member, amendment=amendment, now=NOW)


def test_its_author_may_still_withdraw_it(world: World) -> None:
    hidden = hide(world, world.opened())
    gone = withdraw_amendment(actor=world.member, amendment=hidden, now=NOW)
    assert gone.state == AmendmentState.WITHDRAWN and gone.title == ""


def test_shown_again_it_has_followed_the_versions_that_came_meanwhile(world: World) -> None:
    hidden = hide(world, world.opened())
    other = world.opened("guichet", text_fr="Un guichet reste ouvert.", text_en="A counter stays open.")
    accept_amendment(actor=world.organiser, amendment=other, motive=MOTIVE, now=NOW)
    hidden.refresh_from_db()
    assert hidden.base_version == world.first
    shown = restore(world, hidden)
    assert shown.base_version.number == 2 and not shown.needs_rebase and shown.text_fr.startswith("Les données")


def test_an_adopted_one_keeps_its_sentence_in_the_charter_and_loses_its_title_and_motive(world: World) -> None:
    amendment = world.opened()
    version = accept_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW).version
    assert version is not None
    hide(world, amendment)
    assert version.articles.get(key="donnees").text_fr == amendment.text_fr
    cause = causes_of(Version.objects.chain_until(version))[2]
    assert (cause.amendment_title, cause.amendment_motive) == ("texte masqué", "")


def test_a_refused_wording_is_not_printed_with_the_files(world: World) -> None:
    amendment = world.opened()
    refuse_amendment(actor=world.organiser, amendment=amendment, motive=MOTIVE, now=NOW)
    hide(world, amendment)
    printed = [one.text for one in refused_wordings(world.first)]
    assert len(printed) == 1 and WHY in printed[0] and amendment.title not in printed[0]


def test_no_other_article_gets_the_key_that_waits_with_a_hidden_one(world: World) -> None:
    more: dict[str, Any] = {"kind": AmendmentKind.INSERT, "article_title_fr": "Dire", "article_title_en": "Say"}
    hidden = hide(world, world.opened("", **more))
    assert hidden.article_key == f"masque-{hidden.number}"
    assert world.draft("", **more).article_key == "dire-2"
    assert restore(world, hidden).article_key == "dire"


def test_a_draft_is_nobodys_to_hide(world: World) -> None:
    draft = world.draft()
    with pytest.raises(Refused):
        hide(world, draft, actor=world.member)
    opened = open_amendment(actor=world.member, amendment=draft, now=NOW)
    assert hide(world, opened, actor=make_organiser("Binta")).hidden_at == NOW
