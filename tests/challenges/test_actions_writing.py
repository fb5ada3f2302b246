"""Starting a challenge, writing it again, making it public."""

from datetime import timedelta
from typing import Any

import pytest

from coalition.challenges.actions import (
    EditConflict,
    create_challenge,
    edit_challenge,
    publish_challenge,
    withdraw_challenge,
)
from coalition.challenges.models import Challenge, ChallengeWords
from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from coalition.notifications.models import Event, Follow
from tests.challenges.conftest import LATER, NOW, Make, World, words


def test_a_draft_needs_a_title_gets_an_address_of_its_own_and_its_author_follows_it(world: World, draft: Make) -> None:
    first, second = draft("L’eau du marché"), draft("L’eau du marché")
    assert (first.slug, second.slug) == ("l-eau-du-marche", "l-eau-du-marche-2")
    assert first.is_draft
    assert Follow.objects.filter(account=world.editor, target_kind="challenge", target_key=first.slug).exists()
    assert AuditLine.objects.filter(action="challenge.create", label="L’eau du marché").count() == 2
    with pytest.raises(DomainError) as refusal:
        draft("  ")
    assert refusal.value.field == "title"


def test_only_who_writes_for_a_confirmed_organisation_may_start_one(world: World) -> None:
    for account in (world.member, world.stranger):
        with pytest.raises(Refused):
            create_challenge(actor=account, organisation=world.city, words=words(), now=NOW)
    world.city.state = "pending"
    with pytest.raises(WrongState):
        create_challenge(actor=world.editor, organisation=world.city, words=words(), now=NOW)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"sought": ["gold"]}, "sought"),
        ({"themes": ["nowhere"]}, "themes"),
        ({"instrument": "magic"}, "instrument"),
        ({"notice_url": "http://ville.example/appel"}, "notice_url"),
        ({"notice_url": "javascript:alert(1)"}, "notice_url"),
        ({"country": "ZZ"}, "country"),
        ({"title": "x" * 141}, "title"),
        ({"title": "Eau\u202eecilop"}, "title"),
        ({"problem": "x" * 6001}, "problem"),
        ({"language": "de"}, "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_question(draft: Make, more: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        draft(**more)
    assert refusal.value.field == field
    assert not Challenge.objects.exists()


def test_who_writes_on_an_older_text_is_shown_the_newer_one_and_nothing_is_lost(world: World, draft: Make) -> None:
    challenge = draft()
    said = ChallengeWords.of(challenge)
    kept = edit_challenge(
        actor=world.representative, challenge=challenge, words=words("Autre titre"), based_on=1, now=NOW
    )
    assert (kept.title, kept.version, kept.slug) == ("Autre titre", 2, challenge.slug)
    with pytest.raises(EditConflict) as conflict:
        edit_challenge(actor=world.editor, challenge=challenge, words=said, based_on=1, now=NOW)
    assert conflict.value.theirs.title == "Autre titre"
    assert Challenge.objects.get().title == "Autre titre"


def test_a_challenge_is_public_at_once_when_it_says_what_the_public_needs(world: World, draft: Make) -> None:
    for missing, field in (({"problem": ""}, "problem"), ({"sought": []}, "sought"), ({"closes_at": NOW}, "closes_on")):
        with pytest.raises(DomainError) as refusal:
            publish_challenge(actor=world.editor, challenge=draft(**missing), now=NOW)
        assert refusal.value.field == field
    challenge = publish_challenge(actor=world.editor, challenge=draft(), now=NOW)
    assert list(Challenge.objects.public()) == [challenge]
    assert Event.objects.filter(kind="challenge.published").count() == 1
    with pytest.raises(WrongState):
        publish_challenge(actor=world.editor, challenge=challenge, now=NOW)


def test_a_draft_does_not_exist_for_others_who_would_publish_it(world: World, draft: Make) -> None:
    with pytest.raises(Hidden):
        publish_challenge(actor=world.stranger, challenge=draft(), now=NOW)


def test_what_changes_for_those_who_answer_is_told_before_and_after_and_a_word_mended_is_not(
    world: World, published: Make
) -> None:
    challenge = published()
    mended = edit_challenge(
        actor=world.editor, challenge=challenge, words=words(concerned="Le marché"), based_on=2, now=NOW
    )
    assert not Event.objects.filter(kind="challenge.changed").exists()
    sooner = LATER - timedelta(days=5)
    edit_challenge(
        actor=world.editor,
        challenge=mended,
        words=words(closes_at=sooner, instrument="prize"),
        based_on=mended.version,
        now=NOW,
    )
    changes = Event.objects.get(kind="challenge.changed").payload["changes"]
    assert changes == {
        "closes_at": [LATER.isoformat(), sooner.isoformat()],
        "instrument": ["open", "prize"],
    }


def test_a_public_challenge_stays_publishable_and_a_past_deadline_is_not_moved_by_editing(
    world: World, published: Make
) -> None:
    challenge = published()
    with pytest.raises(DomainError):
        edit_challenge(actor=world.editor, challenge=challenge, words=words(problem=""), based_on=2, now=NOW)
    late = LATER + timedelta(hours=1)
    with pytest.raises(DomainError) as refusal:
        edit_challenge(
            actor=world.editor,
            challenge=challenge,
            words=words(closes_at=LATER + timedelta(days=9)),
            based_on=2,
            now=late,
        )
    assert refusal.value.field == "closes_on"
    kept = edit_challenge(actor=world.editor, challenge=challenge, words=words(brings="Un local"), based_on=2, now=late)
    assert kept.brings == "Un local"


def test_organisers_take_a_challenge_back_with_a_motive_and_it_may_be_published_again(
    world: World, published: Make
) -> None:
    challenge = published()
    with pytest.raises(Refused):
        withdraw_challenge(actor=world.editor, challenge=challenge, motive="Non", now=NOW)
    with pytest.raises(DomainError):
        withdraw_challenge(actor=world.organiser, challenge=challenge, motive="  ", now=NOW)
    back = withdraw_challenge(actor=world.organiser, challenge=challenge, motive="Nomme une personne.", now=NOW)
    assert (back.is_draft, back.motive) == (True, "Nomme une personne.")
    assert not Challenge.objects.public().exists()
    again = publish_challenge(actor=world.editor, challenge=back, now=NOW + timedelta(hours=1))
    assert (again.motive, again.published_at) == ("", NOW)
