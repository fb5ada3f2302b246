from collections.abc import Callable

from cases.adapters import case_targets, own_searches, search_targets
from cases.models import CasePage, Reproduction, SavedSearch
from coalition.core.following import readable_target
from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import shown_to_all
from tests.cases.conftest import NOW, World


def test_a_case_is_followed_by_its_number_while_it_is_public(world: World, published: Callable[..., CasePage]) -> None:
    page = published()
    found = readable_target(None, "case", str(page.number))
    assert found is not None
    assert found.title == page.title
    assert str(page.number) in found.url
    page.unpublish()
    assert readable_target(None, "case", str(page.number)) is None


def test_what_is_no_number_is_no_case(world: World) -> None:
    assert not case_targets.readable(None, ["x", "99999999999999999999", "-1"])


def test_programs_hear_of_a_case_while_it_is_public(world: World, published: Callable[..., CasePage]) -> None:
    page = published()
    event = record_event(kind="case.published", key="essai", subject=page, payload={}, now=NOW)
    shown = shown_to_all(Event.objects.get(pk=event.pk))
    assert shown is not None
    assert page.title in shown.title
    page.unpublish()
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


def test_programs_hear_of_a_redone_case_while_the_link_stands(world: World, published: Callable[..., CasePage]) -> None:
    page, redo = published(), published(title="Refait")
    link = Reproduction.objects.create(
        original=page.number, redo=redo.number, what_changed="Le lieu", outcome="better", language="fr", linked_at=NOW
    )
    event = record_event(kind="case.redone", key="essai:2", subject=page, payload={"link": link.pk}, now=NOW)
    assert shown_to_all(Event.objects.get(pk=event.pk)) is not None
    redo.unpublish()
    assert shown_to_all(Event.objects.get(pk=event.pk)) is None


def test_a_saved_search_stands_beside_what_one_follows_with_its_own_buttons(world: World) -> None:
    mine = SavedSearch.objects.create(
        account=world.editor, query="stage=pilot", state="active", asked_at=NOW, confirmed_at=NOW, muted=True
    )
    (kept,) = own_searches(world.editor)
    assert kept.title.startswith("Cas") and kept.muted and str(mine.pk) in kept.address
    key = str(mine.pk)
    target = search_targets.readable(world.editor, [key, "x"])[key]
    assert "stage=pilot" in target.url and not target.followable
    assert search_targets.readable(None, [key]) == {} == search_targets.readable(world.stranger, [key])
