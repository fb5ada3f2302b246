"""Challenge: a local problem an authority states, with what it seeks. Response: what another organisation offers."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coalition.challenges.enums import (
    ANSWERED,
    LIVE,
    LONGEST_LINE,
    LONGEST_ROLE,
    LONGEST_TITLE,
    SIGNS,
    ChallengeState,
    Instrument,
    Phase,
    ResponseState,
    Sought,
)
from coalition.challenges.querysets import ChallengeQuerySet, ResponseQuerySet
from coalition.core.moments import moment_words
from coalition.core.text import fold
from members.models import Coalition, Organisation


class Challenge(models.Model):
    """A local problem, written in one language and shown in both, under an address that never changes.

    `version` counts the writings: who writes on an older one is shown both texts. `closes_at` is the moment until which
    one answers, None for no end; `time_zone` is the clock by which the authority said it.
    """

    slug = models.SlugField(unique=True, max_length=100)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="challenges")
    coalition = models.ForeignKey(
        Coalition,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="challenges",
        verbose_name=_("coalition"),
    )
    language = models.CharField(_("langue du texte"), max_length=2, choices=settings.LANGUAGES, default="fr")
    title = models.CharField(_("titre"), max_length=LONGEST_TITLE)
    problem = models.TextField(_("le problème"), blank=True)
    concerned = models.CharField(_("qui est concerné"), max_length=LONGEST_LINE, blank=True)
    brings = models.TextField(_("ce que nous apportons"), blank=True)
    sought = ArrayField(models.CharField(max_length=12, choices=Sought.choices), default=list, blank=True)
    themes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    instrument = models.CharField(_("instrument"), max_length=12, choices=Instrument.choices, default=Instrument.OPEN)
    notice_url = models.URLField(_("annonce officielle"), max_length=500, blank=True)
    country = CountryField(_("pays"))
    city = models.CharField(_("ville"), max_length=120, blank=True)
    geoname_id = models.PositiveIntegerField(_("lieu dans GeoNames"), null=True, blank=True)
    closes_at = models.DateTimeField(_("répondre avant"), null=True, blank=True)
    time_zone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    state = models.CharField(_("état"), max_length=10, choices=ChallengeState.choices, default=ChallengeState.DRAFT)
    outcome = models.TextField(_("ce qui a été décidé"), blank=True)
    motive = models.TextField(_("pourquoi il a été retiré"), blank=True)
    version = models.PositiveIntegerField(default=1)
    folded_text = models.TextField(editable=False, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("commencé le"))
    updated_at = models.DateTimeField(_("mis à jour le"))
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("conclu le"), null=True, blank=True)

    objects: ClassVar[ChallengeQuerySet] = ChallengeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("défi")
        verbose_name_plural = _("défis")
        indexes: ClassVar = [
            models.Index(fields=["state", "closes_at"], name="challenge_deadline"),
            GinIndex(fields=["sought"], name="challenge_sought"),
            GinIndex(fields=["themes"], name="challenge_themes"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ChallengeState.values), name="challenge_state_known"),
            models.CheckConstraint(condition=Q(instrument__in=Instrument.values), name="challenge_instrument_known"),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.CLOSED, outcome__gt="", closed_at__isnull=False)
                | (~Q(state=ChallengeState.CLOSED) & Q(closed_at=None, outcome="")),
                name="challenge_concluded_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.DRAFT) | Q(published_at__isnull=False),
                name="challenge_public_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words it is searched by in step."""
        self.folded_text = self.searched_words()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("challenge", args=[self.slug])

    def searched_words(self) -> str:
        """What it is searched by, as words are compared."""
        words = (self.title, self.problem, self.concerned, self.brings, self.organisation.name, self.city)
        return fold(" ".join(words))

    @property
    def is_draft(self) -> bool:
        """Only its writers and the organisers read it."""
        return self.state == ChallengeState.DRAFT

    def phase_at(self, now: datetime) -> Phase:
        """Where it stands at `now`, once public."""
        if self.state == ChallengeState.CLOSED:
            return Phase.CLOSED
        return Phase.READING if self.is_past(now) else Phase.OPEN

    def is_past(self, now: datetime) -> bool:
        """The moment until which one answers has come."""
        return self.closes_at is not None and self.closes_at <= now

    @property
    def deadline_words(self) -> str:
        """The deadline in words, on the clock of the authority; "" without one."""
        return moment_words(self.closes_at, self.time_zone) if self.closes_at else ""


class Response(models.Model):
    """What one organisation offers to the authority of a challenge: read by both and by organisers, nobody else."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="challenge_responses")
    language = models.CharField(_("langue du texte"), max_length=2, choices=settings.LANGUAGES, default="fr")
    offer = models.TextField(_("ce que nous proposons"))
    needs = models.TextField(_("ce dont nous avons besoin"), blank=True)
    contact_role = models.CharField(_("à qui parler chez nous"), max_length=LONGEST_ROLE)
    may_be_named = models.BooleanField(_("peut être nommée si elle est retenue"), default=False)
    state = models.CharField(_("état"), max_length=10, choices=ResponseState.choices, default=ResponseState.SENT)
    reason = models.TextField(_("ce que l’autorité en dit"), blank=True)
    version = models.PositiveIntegerField(default=1)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(_("envoyée le"))
    updated_at = models.DateTimeField(_("mise à jour le"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects: ClassVar[ResponseQuerySet] = ResponseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        verbose_name = _("réponse à un défi")
        verbose_name_plural = _("réponses aux défis")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"], condition=Q(state__in=LIVE), name="one_live_response"
            ),
            models.CheckConstraint(condition=Q(state__in=ResponseState.values), name="response_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED) | Q(answered_at__isnull=False), name="response_answer_is_dated"
            ),
            models.CheckConstraint(
                condition=~Q(state=ResponseState.DECLINED) | Q(reason__gt=""), name="response_declined_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=ResponseState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(state=ResponseState.WITHDRAWN) & Q(withdrawn_at=None)),
                name="response_withdrawn_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.challenge_id}"

    def get_absolute_url(self) -> str:
        return reverse("challenge_response", args=[self.pk])

    @property
    def audit_label(self) -> str:
        """What the log calls it: the challenge it answers."""
        return f"#{self.pk} ({self.challenge.slug})"

    @property
    def is_live(self) -> bool:
        """Sent and not withdrawn."""
        return self.state in LIVE

    @property
    def sign(self) -> str:
        """The sign drawn beside the word of its state."""
        return SIGNS[ResponseState(self.state)]


@dataclass(frozen=True, slots=True)
class ChallengeWords:
    """Everything a challenge says. `problem` and `brings` are Markdown; `closes_at` is aware, None for no end."""

    title: str
    country: str
    problem: str = ""
    concerned: str = ""
    brings: str = ""
    sought: Sequence[str] = ()
    themes: Sequence[str] = ()
    instrument: str = Instrument.OPEN
    notice_url: str = ""
    city: str = ""
    geoname_id: int | None = None
    language: str = "fr"
    closes_at: datetime | None = None
    time_zone: str = "Europe/Paris"
    coalition: Coalition | None = None

    @classmethod
    def of(cls, challenge: Challenge) -> "ChallengeWords":
        """What a challenge says now."""
        said = {field.name: getattr(challenge, field.name) for field in fields(cls)}
        return cls(**{**said, "country": challenge.country.code})


@dataclass(frozen=True, slots=True)
class ResponseWords:
    """Everything a response says. `offer` and `needs` are Markdown; `contact_role` is a function, not a name."""

    offer: str
    contact_role: str
    needs: str = ""
    language: str = "fr"
    may_be_named: bool = False
