"""What is due of the people who write cases."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from cases.models import CatalogueEntry
from cases.views.agenda import personal_deadlines
from tests.access.conftest import on_paper, world
from tests.world import NOW, World

__all__ = ["on_paper", "world"]


def _entry(on_paper: World) -> CatalogueEntry:
    return CatalogueEntry.objects.get(page_id=on_paper.cases["published"].pk)


def _writer(on_paper: World) -> Any:
    organisation = on_paper.cases["published"].organisation
    return next(
        account
        for account in on_paper.accounts.values()
        if account.affiliations.active().filter(organisation=organisation, role="editor").exists()
    )


def test_a_public_case_is_due_half_a_year_after_it_was_last_known_to_be_true(on_paper: World) -> None:
    entry = _entry(on_paper)
    CatalogueEntry.objects.filter(number=entry.number).update(checked_at=NOW, asked_at=None, archived_at=None)
    due = {one.key: one for one in personal_deadlines(_writer(on_paper), NOW)}[f"case.{entry.number}"]
    assert due.when == (NOW + settings.CASE_CONFIRM_EVERY).date()
    assert entry.title in due.title
    CatalogueEntry.objects.filter(number=entry.number).update(asked_at=NOW + timedelta(days=1))
    due = {one.key: one for one in personal_deadlines(_writer(on_paper), NOW)}[f"case.{entry.number}"]
    assert due.when == (NOW + timedelta(days=1) + settings.CASE_STALE_AFTER).date()


def test_an_archived_case_a_draft_and_those_of_others_are_not_due(on_paper: World) -> None:
    entry = _entry(on_paper)
    CatalogueEntry.objects.filter(number=entry.number).update(checked_at=NOW, archived_at=NOW)
    keys = {one.key for one in personal_deadlines(_writer(on_paper), NOW)}
    assert f"case.{entry.number}" not in keys
    assert not list(personal_deadlines(on_paper.account("registered"), NOW))
    assert not list(personal_deadlines(None, NOW))


def test_one_query_tells_them_all(on_paper: World, django_assert_max_num_queries: Any) -> None:
    writer = _writer(on_paper)
    assert writer.has_verified_email
    with django_assert_max_num_queries(1):
        list(personal_deadlines(writer, NOW))
