"""Threads as things to follow, by the number of the comment that opens them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.following import Target, readable_among
from coalition.discussion.models import Comment

THREAD = "thread"


def _place(opener: Comment) -> str:
    page = reverse("discussion", args=[opener.subject_kind, opener.subject_key])
    return f"{page}#{opener.anchor_id}"


class ThreadTargets:
    """Registered as the source of "thread"."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those about something the account may read. One query, and what their subjects take."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
        openers = list(Comment.objects.filter(pk__in=numbers, thread=None))
        subjects = readable_among(account, {(one.subject_kind, one.subject_key) for one in openers})
        return {
            str(one.pk): Target(THREAD, str(one.pk), _("Discussion : %(title)s") % {"title": about.title}, _place(one))
            for one in openers
            if (about := subjects.get((one.subject_kind, one.subject_key)))
        }


thread_targets = ThreadTargets()
