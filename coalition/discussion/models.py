"""Comments on anything that can be talked about, the passages some of them point at, and what was reported."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coalition.core.subjects import Subject, find_subject, subject_version_url
from coalition.discussion.anchoring import Anchor
from coalition.discussion.enums import (
    EDIT_WINDOW,
    MAX_BODY,
    MAX_REASON,
    CommentState,
    Language,
    PassageState,
    ReportOutcome,
    ReportReason,
)
from coalition.discussion.querysets import CommentQuerySet, PassageQuerySet, ReportQuerySet
from members.models import Organisation


class Comment(models.Model):
    """Something said of a subject, or in answer to another comment.

    `thread` is the comment that opened the thread, empty for that one itself. A comment that was taken back keeps its
    place and loses its words, so that the answers to it stay readable.
    """

    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=130)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    thread = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="comments")
    for_team = models.BooleanField(_("au nom de l’équipe d’organisation"), default=False)
    body = models.TextField(_("commentaire"), max_length=MAX_BODY, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    state = models.CharField(_("état"), max_length=10, choices=CommentState.choices, default=CommentState.VISIBLE)
    created_at = models.DateTimeField(_("écrit le"))
    edited_at = models.DateTimeField(_("corrigé le"), null=True)
    ended_at = models.DateTimeField(_("masqué ou retiré le"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    hidden_reason = models.TextField(_("raison"), max_length=MAX_REASON, blank=True)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(parent=None, thread=None) | Q(parent__isnull=False, thread__isnull=False),
                name="comment_reply_has_thread",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommentState.DELETED) | Q(body=""), name="comment_deleted_says_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(state=CommentState.HIDDEN) | ~Q(hidden_reason=""), name="comment_hidden_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=CommentState.VISIBLE, ended_at=None)
                | (~Q(state=CommentState.VISIBLE) & Q(ended_at__isnull=False)),
                name="comment_end_dated",
            ),
            models.CheckConstraint(condition=Q(for_team=False) | Q(organisation=None), name="comment_speaks_for_one"),
        ]
        indexes: ClassVar = [
            models.Index(
                F("subject_kind"), F("subject_key"), Coalesce("thread", "id"), F("id"), name="comment_in_order"
            ),
            models.Index(fields=["account", "created_at"], name="comment_of_account"),
        ]

    def __str__(self) -> str:
        return f"nº {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.pk])

    @cached_property
    def subject(self) -> Subject | None:
        """What it is about; None when that is gone. Set by whoever already knows it."""
        return find_subject(self.subject_kind, self.subject_key)

    @property
    def anchor_id(self) -> str:
        """Its place on a page that shows several."""
        return f"c{self.pk}"

    def may_still_be_corrected(self, now: datetime) -> bool:
        """Within fifteen minutes of being written."""
        return now - self.created_at < EDIT_WINDOW


class Passage(models.Model):
    """Where a remark points, from one version to another (without end: until today).

    An orphan keeps the quote of the last version that had it, the one before `from_version`.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="passages")
    language = models.CharField(_("langue"), max_length=2, choices=Language.choices)
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=PassageState.choices, default=PassageState.MADE)
    quote = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    objects: ClassVar[PassageQuerySet] = PassageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["from_version"]
        verbose_name = _("passage commenté")
        verbose_name_plural = _("passages commentés")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "from_version"], name="unique_passage_version"),
            models.UniqueConstraint(fields=["comment"], condition=Q(to_version=None), name="one_latest_passage"),
            models.CheckConstraint(condition=Q(state__in=PassageState.values), name="passage_state_known"),
            models.CheckConstraint(
                condition=Q(to_version=None) | Q(to_version__gte=F("from_version")), name="passage_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:60]

    @property
    def anchor(self) -> Anchor:
        """As the engine knows it."""
        return Anchor(self.quote, self.prefix, self.suffix, self.position)

    @property
    def is_orphan(self) -> bool:
        return self.state == PassageState.ORPHAN

    @property
    def last_seen(self) -> int:
        """The version where the passage is read: today's, or the last one that had it."""
        return self.from_version - 1 if self.is_orphan else self.from_version

    @property
    def mark_id(self) -> str:
        """The id of the passage on the page of its version."""
        return f"passage-{self.comment_id}"

    @property
    def source_url(self) -> str:
        """Where the passage is read, highlighted."""
        comment = self.comment
        page = subject_version_url(comment.subject_kind, comment.subject_key, self.last_seen).partition("#")[0]
        return f"{page}#{self.mark_id}"


class Report(models.Model):
    """Somebody says that a comment should not stay: once each, until an organiser decides."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("raison"), max_length=10, choices=ReportReason.choices)
    detail = models.TextField(_("précision"), max_length=MAX_REASON, blank=True)
    created_at = models.DateTimeField(_("signalé le"))
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, default=ReportOutcome.OPEN)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    motive = models.TextField(_("motif"), max_length=MAX_REASON, blank=True)

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "account"], name="report_once_an_account"),
            models.CheckConstraint(condition=Q(outcome__in=ReportOutcome.values), name="report_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=ReportOutcome.OPEN, settled_at=None)
                | (~Q(outcome=ReportOutcome.OPEN) & Q(settled_at__isnull=False)),
                name="report_decision_dated",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="report_open", condition=Q(outcome=ReportOutcome.OPEN))
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.reason}"

    @property
    def subject(self) -> Any:
        """What the reported comment is about."""
        return self.comment.subject
