"""Remarks of organisers that still wait, as pages show them."""

from typing import Any

from wagtail.models import Comment

from cases.models.history import heading_of


def comments_on(page: Any) -> list[dict[str, Any]]:
    """The remarks not settled yet, oldest first: what about, by whom, when, and what. One query."""
    waiting = Comment.objects.filter(page_id=page.pk, resolved_at=None).select_related("user").order_by("pk")
    return [
        {
            "pk": comment.pk,
            "name": comment.contentpath,
            "heading": heading_of_remark(page, comment.contentpath),
            "author": getattr(comment.user, "name", "") or "",
            "date": comment.created_at,
            "text": comment.text,
        }
        for comment in waiting
    ]


def heading_of_remark(page: Any, path: str) -> str:
    """The part a remark is about; Wagtail's editor may name a row of it."""
    name = path.split(".")[0]
    return heading_of(page, name) if hasattr(page, name) else name
