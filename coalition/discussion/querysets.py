"""Reading discussions: in the order of their threads, by subject, by version."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, RowNumber

from coalition.discussion.enums import CommentState, PassageState, ReportOutcome

OLDEST, NEWEST = "oldest", "newest"
NEVER = 2_147_483_647
"""A version number no text reaches: the end of what has not ended."""


class CommentQuerySet(models.QuerySet[Any]):
    def about(self, kind: str, key: str) -> "CommentQuerySet":
        """Everything said of one subject, in whatever state."""
        return self.filter(subject_kind=kind, subject_key=key)

    def visible(self) -> "CommentQuerySet":
        return self.filter(state=CommentState.VISIBLE)

    def in_order(self, sort: str = OLDEST) -> "CommentQuerySet":
        """Thread after thread, oldest or newest thread first; within a thread always in the order it was said."""
        first = Coalesce("thread_id", "id")
        return self.order_by(first.desc() if sort == NEWEST else first.asc(), "id")

    def whole(self) -> "CommentQuerySet":
        """With everything that showing a comment reads."""
        return self.select_related(
            "account", "organisation", "parent__account", "parent__organisation", "thread__account"
        ).prefetch_related("passages")

    def counts_of(self, kind: str, keys: Iterable[str]) -> dict[str, int]:
        """How many visible comments each subject has; subjects without any are left out. One query."""
        rows = self.visible().filter(subject_kind=kind, subject_key__in=list(keys)).order_by()
        return dict(rows.values_list("subject_key").annotate(total=Count("pk")))


class PassageQuerySet(models.QuerySet[Any]):
    def in_version(self, number: int) -> "PassageQuerySet":
        """The place each remark has in this version."""
        return self.annotate(last=Coalesce("to_version", NEVER)).filter(from_version__lte=number, last__gte=number)

    def standing(self) -> "PassageQuerySet":
        """The latest place of each remark that still has one."""
        return self.filter(to_version=None).exclude(state=PassageState.ORPHAN)

    def shown(self, kind: str, keys: Iterable[str], limit: int) -> "PassageQuerySet":
        """Of visible remarks on these subjects, the `limit` latest of each, each with `total`: how many there are."""
        of_subject = F("comment__subject_key")
        return (
            self.filter(
                comment__subject_kind=kind, comment__subject_key__in=list(keys), comment__state=CommentState.VISIBLE
            )
            .annotate(
                rank=Window(RowNumber(), partition_by=of_subject, order_by=F("comment_id").desc()),
                total=Window(Count("pk"), partition_by=of_subject),
            )
            .filter(rank__lte=limit)
            .select_related("comment__account", "comment__organisation")
            .order_by("position", "comment_id")
        )


class ReportQuerySet(models.QuerySet[Any]):
    def open(self) -> "ReportQuerySet":
        """Not decided yet, the oldest first."""
        return self.filter(outcome=ReportOutcome.OPEN).order_by("created_at", "pk")

    def decided(self) -> "ReportQuerySet":
        """The latest decision first."""
        return self.filter(~Q(outcome=ReportOutcome.OPEN)).order_by("-settled_at", "-pk")

    def whole(self) -> "ReportQuerySet":
        return self.select_related("account", "settled_by", "comment__account", "comment__organisation")
