"""Wagtail's own signals: pages changed in the admin are forgotten by the page cache too."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from coalition.core.page_cache import mark_changed


def forget_pages(sender: Any, **kwargs: Any) -> None:
    """A page appeared, disappeared, moved, or changed readers."""
    mark_changed()


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_pages, dispatch_uid="core.forget_pages")
    for signal in (post_save, post_delete):
        signal.connect(forget_pages, sender=PageViewRestriction, dispatch_uid="core.forget_pages")
