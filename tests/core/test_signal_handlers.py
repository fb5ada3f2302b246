"""Whatever an organiser does to a page in the admin, strangers see at once."""

from collections.abc import Callable

import pytest
from wagtail.models import Page, PageViewRestriction

from coalition.core.page_cache import generation

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    """A published page below the root."""
    made: Page = Page.objects.get(depth=1).add_child(instance=Page(title="Une page", slug="une-page"))
    return made


def rename(page: Page) -> None:
    page.slug = "autre"
    page.save_revision().publish()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def move(page: Page) -> None:
    below = Page.objects.get(depth=1).add_child(instance=Page(title="Dessous", slug="dessous"))
    page.refresh_from_db()
    page.move(below, pos="last-child")


@pytest.mark.parametrize(
    "change", [lambda page: page.save_revision().publish(), lambda page: page.unpublish(), rename, restrict, move]
)
def test_every_way_a_page_can_change_makes_public_pages_anew(page: Page, change: Callable[[Page], None]) -> None:
    before = generation()
    change(page)
    assert generation() != before


def test_opening_a_restricted_page_counts_too(page: Page) -> None:
    restrict(page)
    before = generation()
    PageViewRestriction.objects.all().delete()
    assert generation() != before
