import pytest

from coalition.core.access import Hidden, Refused, WrongState, can
from members.models import Organisation, User
from principles.actions import (
    NoVoice,
    answer_coauthor,
    edit_draft,
    endorse_amendment,
    invite_coauthor,
    open_amendment,
    revise_amendment,
    set_decision_rule,
)
from principles.actions.moving import merge_coauthors, merge_endorsements
from principles.models import Amendment, CoAuthor, Endorsement
from tests.principles.conftest import MOTIVE, NOW, World, make_organisation, make_speaker


def invited(world: World, draft: Amendment) -> tuple[CoAuthor, User]:
    other = make_organisation()
    speaker = make_speaker(other)
    return invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW), speaker


def test_who_is_invited_reads_the_draft_and_writes_it_once_they_accept(world: World) -> None:
    draft = world.draft()
    invitation, speaker = invited(world, draft)
    assert can(speaker, "amendment.view", draft) and not can(speaker, "amendment.edit", draft)
    answer_coauthor(actor=speaker, invitation=invitation, accepts=True, now=NOW)
    draft = Amendment.objects.get(pk=draft.pk)
    words = {"title": "Titre", "text_fr": "À deux.", "text_en": "Together.", "motive": MOTIVE, "organisation": None}
    edited = edit_draft(actor=speaker, amendment=draft, base_version=world.first, now=NOW, **words)
    assert (edited.text_fr, edited.organisation) == ("À deux.", world.city)
    with pytest.raises(Refused):
        open_amendment(actor=speaker, amendment=edited, now=NOW)
    opened = open_amendment(actor=world.member, amendment=edited, now=NOW)
    seen = {"seen_wording": 1, "note": "Encore.", "now": NOW}
    assert revise_amendment(actor=speaker, amendment=opened, text_fr="X.", text_en="X.", **seen).wording == 2


def test_a_declined_invitation_closes_the_draft_again(world: World) -> None:
    draft = world.draft()
    invitation, speaker = invited(world, draft)
    answer_coauthor(actor=speaker, invitation=invitation, accepts=False, now=NOW)
    assert can(speaker, "amendment.view", draft).value == "H"
    with pytest.raises(WrongState):
        answer_coauthor(actor=speaker, invitation=CoAuthor.objects.get(), accepts=True, now=NOW)


def test_only_the_author_invites_and_not_their_own_organisation_nor_one_twice(world: World) -> None:
    draft = world.draft()
    invitation, speaker = invited(world, draft)
    for organisation in (world.city, invitation.organisation):
        with pytest.raises(NoVoice):
            invite_coauthor(actor=world.member, amendment=draft, organisation=organisation, now=NOW)
    with pytest.raises(Refused):
        invite_coauthor(actor=speaker, amendment=draft, organisation=make_organisation(), now=NOW)
    with pytest.raises(Hidden):
        invite_coauthor(actor=make_speaker(world.city), amendment=draft, organisation=make_organisation(), now=NOW)


def asking(world: World, needed: int) -> None:
    said = {"decision_rule": "consent", "voters": "members", "quorum_percent": 0, "decision_days": 0}
    set_decision_rule(actor=world.organiser, charter=world.charter, supporters_needed=needed, now=NOW, **said)


def support(amendment: Amendment, organisation: Organisation | None = None) -> Amendment:
    organisation = organisation or make_organisation()
    actor = make_speaker(organisation)
    return endorse_amendment(actor=actor, amendment=amendment, organisation=organisation, now=NOW)


def test_an_amendment_opens_once_enough_organisations_ask_for_it(world: World) -> None:
    asking(world, 2)
    amendment = world.opened()
    assert (amendment.state, amendment.number, amendment.opened_at) == ("submitted", 1, None)
    assert not Amendment.objects.public().exists()
    assert support(amendment).state == "submitted"
    opened = support(amendment)
    assert (opened.state, opened.opened_at) == ("open", NOW)
    with pytest.raises(WrongState):
        support(opened)


def test_an_organisation_supports_once_and_not_what_it_proposes(world: World) -> None:
    asking(world, 3)
    amendment, other = world.opened(), make_organisation()
    support(amendment, other)
    for organisation in (other, world.city):
        with pytest.raises(NoVoice):
            support(amendment, organisation)
    assert Endorsement.objects.count() == 1


def test_co_authors_count_among_the_supports(world: World) -> None:
    asking(world, 1)
    draft = world.draft()
    invitation, speaker = invited(world, draft)
    answer_coauthor(actor=speaker, invitation=invitation, accepts=True, now=NOW)
    assert open_amendment(actor=world.member, amendment=draft, now=NOW).state == "open"


def test_what_gathers_support_is_read_inside_the_coalition_alone(world: World) -> None:
    asking(world, 1)
    amendment = world.opened()
    for account in (None, make_speaker(world.city, role="editor")):
        assert can(account, "amendment.view", amendment).value == "H"
    for account in (world.organiser, make_speaker(make_organisation())):
        assert can(account, "amendment.view", amendment)


def test_when_two_organisations_become_one_each_support_and_invitation_stays_once(world: World) -> None:
    asking(world, 5)
    amendment, draft = world.opened(), world.draft()
    kept, gone = make_organisation(), make_organisation()
    for organisation in (kept, gone):
        support(amendment, organisation)
        invite_coauthor(actor=world.member, amendment=draft, organisation=organisation, now=NOW)
    answer_coauthor(actor=make_speaker(gone), invitation=CoAuthor.objects.get(organisation=gone), accepts=True, now=NOW)
    assert merge_endorsements(kept, gone, NOW).settled == 1
    merge_coauthors(kept, gone, NOW)
    assert Endorsement.objects.get().organisation == kept
    assert (CoAuthor.objects.get().organisation, bool(CoAuthor.objects.get().accepted_at)) == (kept, True)
