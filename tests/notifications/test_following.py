from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coalition.core.access import Hidden, LoginNeeded, Refused
from coalition.core.following import readable_target
from coalition.notifications.following import (
    follow_automatically,
    follow_target,
    move_follows,
    mute_target,
    unfollow_target,
)
from coalition.notifications.models import Follow, Preferences
from members.models import User
from tests.notifications.board import KIND, Board, make_reader, place

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_following_twice_is_following_once(board: Board) -> None:
    reader = make_reader()
    first = follow_target(actor=reader, target=place(), now=NOW)
    again = follow_target(actor=reader, target=place(), now=NOW + timedelta(days=1))
    assert first.pk == again.pk
    assert again.created_at == NOW


def test_what_one_may_not_read_cannot_be_followed_nor_silenced(board: Board) -> None:
    board.hidden.add("1")
    reader = make_reader()
    for act in (follow_target, mute_target):
        with pytest.raises(Hidden):
            act(actor=reader, target=readable_target(reader, KIND, "1"), now=NOW)
    assert not Follow.objects.exists()


def test_only_a_verified_address_follows(board: Board) -> None:
    with pytest.raises(LoginNeeded):
        follow_target(actor=None, target=place(), now=NOW)
    with pytest.raises(Refused):
        follow_target(actor=User.objects.create_user("sans@preuve.example"), target=place(), now=NOW)


def test_what_became_hidden_can_still_be_left(board: Board) -> None:
    reader = make_reader()
    follow_target(actor=reader, target=place(), now=NOW)
    board.hidden.add("1")
    assert unfollow_target(actor=reader, kind=KIND, key="1")
    assert not unfollow_target(actor=reader, kind=KIND, key="1")


def test_nobody_leaves_for_somebody_else(board: Board) -> None:
    follow_target(actor=make_reader(), target=place(), now=NOW)
    assert not unfollow_target(actor=make_reader("Bintou"), kind=KIND, key="1")
    assert Follow.objects.count() == 1


def test_taking_part_follows_unless_the_account_switched_it_off() -> None:
    awa, bintou = make_reader(), make_reader("Bintou")
    Preferences.objects.create(account=bintou, auto_follow=False)
    for account in (awa, bintou, None):
        follow_automatically(account=account, kind=KIND, key="1", now=NOW)
    assert Follow.objects.get().account == awa


def test_taking_part_again_does_not_undo_a_silence(board: Board) -> None:
    reader = make_reader()
    mute_target(actor=reader, target=place(), now=NOW)
    follow_automatically(account=reader, kind=KIND, key="1", now=NOW)
    assert Follow.objects.get().muted
    follow_target(actor=reader, target=place(), now=NOW)
    assert not Follow.objects.get().muted


def test_when_two_things_become_one_who_followed_either_follows_what_stays(board: Board) -> None:
    awa, bintou, chloe = (make_reader(name) for name in ("Awa", "Bintou", "Chloe"))
    for account, key, muted in (
        (awa, "old", False),
        (bintou, "old", True),
        (bintou, "new", False),
        (chloe, "new", False),
    ):
        Follow.objects.create(account=account, target_kind=KIND, target_key=key, muted=muted, created_at=NOW)
    assert move_follows(kind=KIND, gone="old", kept="new") == 1
    rows = Follow.objects.order_by("account").values_list("account", "target_key", "muted")
    assert list(rows) == [(awa.pk, "new", False), (bintou.pk, "new", True), (chloe.pk, "new", False)]


def test_what_speaks_once_cannot_be_followed(board: Board) -> None:
    with pytest.raises(Hidden):
        follow_target(actor=make_reader(), target=replace(place(), followable=False), now=NOW)
