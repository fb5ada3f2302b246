import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from principles.actions import accept_amendment, refuse_amendment
from principles.models import Amendment, Charter, Decision
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_world


def test_the_main_charter_is_that_of_the_first_coalition(world: World) -> None:
    later = make_world()
    assert Charter.objects.main() == world.charter
    assert later.charter in Charter.objects.published()


def test_without_a_published_charter_there_is_none(db: None) -> None:
    assert Charter.objects.main() is None
    with pytest.raises(Http404):
        Charter.objects.main_or_404()


def test_drafts_are_seen_by_their_author_and_by_nobody_else(world: World) -> None:
    draft, opened = world.draft(), world.opened()
    assert set(Amendment.objects.visible_to(world.member)) == {draft, opened}
    for account in (AnonymousUser(), make_account("Ulysse", verified=False), make_account("Rose"), world.organiser):
        assert list(Amendment.objects.visible_to(account)) == [opened]
    assert list(Amendment.objects.public()) == [opened]
    assert list(Amendment.objects.drafts_of(world.member)) == [draft]
    assert not Amendment.objects.drafts_of(AnonymousUser())


def test_the_latest_open_amendments_of_each_article_come_with_how_many_there_are(world: World) -> None:
    numbers = [world.opened().number for _n in range(4)]
    other = world.opened("guichet")
    refuse_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    found = list(Amendment.objects.latest_per_article(2))
    assert [(row.article_key, row.number, row.open_count) for row in found] == [
        ("donnees", numbers[3], 4), ("donnees", numbers[2], 4), ("guichet", other.number, 1)
    ]  # fmt: skip


def test_decided_and_open_amendments_are_told_apart(world: World) -> None:
    refused, opened = world.opened(), world.opened()
    refuse_amendment(actor=world.organiser, amendment=refused, motive=MOTIVE, now=NOW)
    assert list(Amendment.objects.decided()) == [refused]
    assert list(Amendment.objects.open()) == [opened]


def test_versions_and_acceptances_are_read_in_their_order(world: World) -> None:
    first = accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    second = accept_amendment(actor=world.organiser, amendment=world.opened("guichet"), motive=MOTIVE, now=NOW)
    assert [version.number for version in world.charter.versions.newest_first()] == [3, 2, 1]
    assert list(Decision.objects.accepted_until(second.version)) == [first, second]
    assert list(Decision.objects.accepted_until(first.version)) == [first]
