"""What an account follows, how it wants to be told, and what it was told; the address of its own calendar."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.notifications.enums import DIGESTED, Category, Rhythm, Route
from coalition.notifications.querysets import NoticeQuerySet


class Follow(models.Model):
    """An account follows a thing (`coalition.core.following`), or has silenced it: `muted` tells nothing of it.

    `automatic`: written because the account wrote, said or signed something, not because it asked.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    target_kind = models.CharField(max_length=20)
    target_key = models.CharField(max_length=130)
    muted = models.BooleanField(_("silencieux"), default=False)
    automatic = models.BooleanField(_("de lui-même"), default=False)
    created_at = models.DateTimeField(_("suivi depuis"))

    class Meta:
        verbose_name = _("suivi")
        verbose_name_plural = _("suivis")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "target_kind", "target_key"], name="follow_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target_kind", "target_key"], name="follow_target")]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_key}"

    @property
    def target(self) -> tuple[str, str]:
        """What is followed, as sources know it."""
        return self.target_kind, self.target_key


class Preferences(models.Model):
    """How one account is told; an account without a row has the defaults.

    Quiet hours are whole hours of the account's own time zone, and may pass midnight. The slots are the days of the
    last digests written. `seen_up_to`: the last notice there was at the log-in before the last, or when everything was
    marked read; `visit_up_to`: the last one there was when it last logged in, at `visited_at`.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="preferences"
    )
    auto_follow = models.BooleanField(_("suivre ce à quoi je prends part"), default=True)
    quiet_from = models.PositiveSmallIntegerField(_("heures calmes, à partir de"), null=True, blank=True)
    quiet_to = models.PositiveSmallIntegerField(_("heures calmes, jusqu’à"), null=True, blank=True)
    paused_until = models.DateField(_("en pause jusqu’au"), null=True, blank=True)
    daily_slot = models.DateField(null=True, editable=False)
    weekly_slot = models.DateField(null=True, editable=False)
    seen_up_to = models.BigIntegerField(default=0, editable=False)
    visit_up_to = models.BigIntegerField(default=0, editable=False)
    visited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("préférences de courrier")
        verbose_name_plural = _("préférences de courrier")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False, quiet_from__lte=23, quiet_to__lte=23),
                name="preferences_quiet_hours_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.account_id}"


class Choice(models.Model):
    """The rhythm an account chose for one category, where it is not the default."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="choices")
    category = models.CharField(_("sujet"), max_length=20, choices=Category.choices)
    rhythm = models.CharField(_("rythme"), max_length=10, choices=Rhythm.choices)

    class Meta:
        verbose_name = _("choix de courrier")
        verbose_name_plural = _("choix de courrier")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "category"], name="choice_once"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="choice_category_known"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="choice_rhythm_known"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.rhythm}"


class Notice(models.Model):
    """One event, for one account: by which route, about what, and whether it was read on the site.

    `digest` is the event of the digest that told it; an account, an event: one notice, so one route and one digest.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey("notifications.Event", on_delete=models.CASCADE, related_name="notices")
    target_kind = models.CharField(max_length=20)
    target_key = models.CharField(max_length=130)
    as_follower = models.BooleanField(default=False)
    route = models.CharField(_("voie"), max_length=10, choices=Route.choices)
    created_at = models.DateTimeField(_("dit le"))
    read_at = models.DateTimeField(_("lu le"), null=True)
    digest = models.ForeignKey(
        "notifications.Event", null=True, on_delete=models.SET_NULL, related_name="told_notices", db_index=False
    )
    digested = models.BooleanField(default=False)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("nouvelle")
        verbose_name_plural = _("nouvelles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "event"], name="notice_once"),
            models.CheckConstraint(condition=Q(route__in=Route.values), name="notice_route_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="notice_of_account"),
            models.Index(
                fields=["account"], name="notice_unread", condition=Q(read_at__isnull=True) & ~Q(route=Route.MUTED)
            ),
            models.Index(
                fields=["account", "route"], name="notice_to_digest", condition=Q(route__in=DIGESTED, digested=False)
            ),
            models.Index(fields=["digest"], name="notice_digest", condition=Q(digest__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → #{self.account_id} ({self.route})"

    @property
    def target(self) -> tuple[str, str]:
        """What it is about, as sources know it."""
        return self.target_kind, self.target_key


class AgendaAddress(models.Model):
    """An account has an address for its own deadlines, signed with this number and `serial`: nothing else is stored.

    Renewed, `serial` grows and the old address is dead; deleted, so is every one of it.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agenda_address")
    serial = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("créée le"))

    class Meta:
        verbose_name = _("adresse d’agenda")
        verbose_name_plural = _("adresses d’agenda")

    def __str__(self) -> str:
        return str(self.account_id)
