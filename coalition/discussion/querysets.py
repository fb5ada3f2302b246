"""Reading discussions: in the order of their threads, by subject, by version."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import BooleanField, Case, Count, F, FilteredRelation, Q, When, Window
from django.db.models.functions import Coalesce, RowNumber

from coalition.discussion.enums import CommentState, PassageState, ReportOutcome

OLDEST, NEWEST = "oldest", "newest"
PLACE = ("language", "from_version", "to_version", "state", "quote", "prefix", "suffix", "position")
"""Fields of a passage."""
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

    def beside(self, kind: str, keys: Iterable[str], number: int, limit: int) -> "CommentQuerySet":
        """What a page of several texts shows of their discussions in one version, in one query.

        Of each subject the `limit` latest visible comments with a passage in version `number`, and the latest without
        one. Each row knows `total` and `remark_total` of its subject, and its passage as `place_<field>`.
        """
        in_version = Q(passages__from_version__lte=number) & (
            Q(passages__to_version=None) | Q(passages__to_version__gte=number)
        )
        rows = self.visible().filter(subject_kind=kind, subject_key__in=list(keys))
        rows = rows.annotate(place=FilteredRelation("passages", condition=in_version))
        points = Case(When(place__id=None, then=False), default=True, output_field=BooleanField())
        of_subject = F("subject_key")
        return (
            rows.annotate(
                **{f"place_{name}": F(f"place__{name}") for name in PLACE},
                points=points,
                total=Window(Count("pk"), partition_by=of_subject),
                remark_total=Window(Count("place__id"), partition_by=of_subject),
                rank=Window(RowNumber(), partition_by=[of_subject, points], order_by=F("pk").desc()),
            )
            .filter(Q(points=True, rank__lte=limit) | Q(points=False, rank=1))
            .select_related("account", "organisation")
            .order_by("pk")
        )


class PassageQuerySet(models.QuerySet[Any]):
    def in_version(self, number: int) -> "PassageQuerySet":
        """The place each remark has in this version."""
        return self.annotate(last=Coalesce("to_version", NEVER)).filter(from_version__lte=number, last__gte=number)

    def standing(self) -> "PassageQuerySet":
        """The latest place of each remark that still has one."""
        return self.filter(to_version=None).exclude(state=PassageState.ORPHAN)


class ReportQuerySet(models.QuerySet[Any]):
    def open(self) -> "ReportQuerySet":
        """Not decided yet, the oldest first."""
        return self.filter(outcome=ReportOutcome.OPEN).order_by("created_at", "pk")

    def decided(self) -> "ReportQuerySet":
        """The latest decision first."""
        return self.filter(~Q(outcome=ReportOutcome.OPEN)).order_by("-settled_at", "-pk")

    def whole(self) -> "ReportQuerySet":
        return self.select_related("account", "settled_by", "comment__account", "comment__organisation")
