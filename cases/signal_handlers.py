"""The catalogue follows every way a page can change: the site, Wagtail's admin, its commands.

`post_save` rather than Wagtail's `page_published`: `Page.save` is one transaction and this signal is sent inside it,
so that the row is written, or gone, when the page's own change is, whoever called. A save of a few columns (a new
draft revision) is not looked at: the object in memory then holds words the public must not see.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction, TaskState, WorkflowState
from wagtail.search import index
from wagtail.signals import (
    page_slug_changed,
    post_page_move,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from cases.actions.indexing import index_case
from cases.actions.projection import project_case, project_tree, refresh_languages, withdraw_case
from cases.models import CasePage

WAGTAIL_MAILS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def follow_save(instance: CasePage, raw: bool = False, update_fields: Any = None, **_rest: Any) -> None:
    """A case was written whole: project it as it stands. `live` alone was written: read the row again first."""
    if raw:
        return
    index_case(page=instance)
    if update_fields is not None and "live" not in update_fields:
        return
    if update_fields is not None and instance.live:
        instance = CasePage.objects.select_related("organisation", "locale").get(pk=instance.pk)
    if instance.live:
        project_case(page=instance)
    else:
        withdraw_case(page=instance)


def follow_delete(instance: CasePage, **_rest: Any) -> None:
    """Its row went with it; its translations are shown where it was."""
    refresh_languages(page=instance)
    index.remove_object(instance)


def follow_tree(instance: Any, **_rest: Any) -> None:
    """A page was moved or renamed: the addresses of the cases under it changed."""
    project_tree(page=instance)


def follow_restriction(instance: PageViewRestriction, **_rest: Any) -> None:
    """A page was kept from the public, or opened: so are the cases under it."""
    project_tree(page=instance.page)


def stay_silent(**_rest: Any) -> None:
    """In the place of Wagtail's own mails about reviews: ours go through the outbox, in the reader's language."""


def connect() -> None:
    """Called once, before Wagtail's admin connects its mails: a receiver with their identity keeps them out."""
    post_save.connect(follow_save, sender=CasePage, dispatch_uid="cases.follow_save")
    post_delete.connect(follow_delete, sender=CasePage, dispatch_uid="cases.follow_delete")
    post_page_move.connect(follow_tree, dispatch_uid="cases.follow_move")
    page_slug_changed.connect(follow_tree, dispatch_uid="cases.follow_slug")
    post_save.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="cases.follow_restriction")
    post_delete.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="cases.follow_opening")
    for signal, sender, identity in WAGTAIL_MAILS:
        signal.connect(stay_silent, sender=sender, dispatch_uid=identity)
