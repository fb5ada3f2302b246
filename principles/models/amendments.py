"""An amendment, the wordings it had, who writes it together and who supports its examination."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from members.models import Organisation
from principles.enums import DECIDED, WITH_TEXT, AmendmentKind, AmendmentState, Language, WordingCause
from principles.models.charters import Charter, Version, VersionArticle
from principles.models.texts import MAX_MOTIVE, MAX_TEXT, MAX_TITLE
from principles.querysets import AmendmentQuerySet, CoAuthorQuerySet

_WORDLESS = dict.fromkeys(("title", "motive", "text_fr", "text_en", "article_title_fr", "article_title_en"), "")


def _other(language: str) -> Language:
    return Language.ENGLISH if language == Language.FRENCH else Language.FRENCH


class Amendment(models.Model):
    """A change proposed to one article, or an article more, with its motive, against the version it was written on.

    The title of an article to change is empty where it stays as it is.

    An article to change or to add is given in one language at least; the other leg may come from somebody else and must
    have come on adoption. `stale_leg` names the leg that has not followed a change of the other. `base_version` moves
    with the charter (rebase) as long as the two go together; `needs_rebase` says that its author must look.
    One that is hidden has no words in its row (`hiding.HiddenWords` keeps them), as the database sees to.
    The number, by which it is cited, is given when it is proposed. `organisation` is empty for one proposed by the
    organising team. `wording` counts its wordings, `reworded` is the last one its authors gave anew.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField(_("numéro"), null=True)
    kind = models.CharField(_("nature"), max_length=6, choices=AmendmentKind.choices, default=AmendmentKind.EDIT)
    article_key = models.SlugField(max_length=60)
    after_key = models.SlugField(_("après l’article"), max_length=60, blank=True)
    article_title_fr = models.CharField(_("titre de l’article en français"), max_length=MAX_TITLE, blank=True)
    article_title_en = models.CharField(_("titre de l’article en anglais"), max_length=MAX_TITLE, blank=True)
    base_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="amendments")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="amendments")
    title = models.CharField(_("titre"), max_length=MAX_TITLE)
    text_fr = models.TextField(_("texte en français"), max_length=MAX_TEXT, blank=True)
    text_en = models.TextField(_("texte en anglais"), max_length=MAX_TEXT, blank=True)
    stale_leg = models.CharField(_("langue à mettre à jour"), max_length=2, blank=True, choices=Language.choices)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE)
    state = models.CharField(_("état"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    needs_rebase = models.BooleanField(_("à reprendre sur la nouvelle version"), default=False)
    wording = models.PositiveIntegerField(default=0)
    reworded = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("commencé le"))
    submitted_at = models.DateTimeField(_("présenté le"), null=True)
    opened_at = models.DateTimeField(_("proposé le"), null=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True)
    hidden_at = models.DateTimeField(_("masqué le"), null=True)
    hidden_reason = models.TextField(_("raison de le masquer"), max_length=MAX_MOTIVE, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[AmendmentQuerySet] = AmendmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-number", "-pk"]
        verbose_name = _("amendement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charter", "number"], name="unique_amendment_number"),
            models.CheckConstraint(condition=Q(state__in=AmendmentState.values), name="amendment_state_known"),
            models.CheckConstraint(condition=Q(kind__in=AmendmentKind.values), name="amendment_kind_known"),
            models.CheckConstraint(condition=Q(stale_leg__in=["", *Language.values]), name="amendment_leg_known"),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.DRAFT, number=None, opened_at=None)
                | Q(state__in=["submitted", "withdrawn"], number__isnull=False)
                | Q(state__in=["open", *DECIDED], number__isnull=False, opened_at__isnull=False),
                name="amendment_numbered_when_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.SUBMITTED) | Q(opened_at=None, submitted_at__isnull=False),
                name="amendment_opened_when_supported",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False) | (~Q(state__in=DECIDED) & Q(decided_at=None)),
                name="amendment_decision_dated",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_reason="", hidden_by=None)
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False, **_WORDLESS) & ~Q(hidden_reason="")),
                name="amendment_hidden_without_words",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["charter", "article_key", "state"], name="amendment_of_article"),
            models.Index(fields=["charter", "state", "base_version"], name="amendment_behind"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '—'}. {self.heading}"

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("amendment_draft", args=[self.pk])
        return reverse("amendment", args=[self.number])

    @property
    def heading(self) -> str:
        """What to call it: its title, or, where that is hidden, that it is."""
        return self.title or gettext("texte masqué")

    @cached_property
    def base_article(self) -> VersionArticle:
        """The article as its author read it; for an article to add, an empty one of its title and place."""
        if self.kind != AmendmentKind.INSERT:
            return self.base_version.articles.get(key=self.article_key)
        before = self.base_version.articles.filter(key=self.after_key).first()
        untold = gettext("titre masqué") if self.hidden_at else ""
        return VersionArticle(
            version=self.base_version,
            key=self.article_key,
            position=before.position + 1 if before else 1,
            title_fr=self.article_title_fr or self.article_title_en or untold,
            title_en=self.article_title_en or self.article_title_fr or untold,
        )

    @cached_property
    def current_article(self) -> VersionArticle | None:
        """The article as it stands today, None when the current version has none of this key."""
        if self.charter.current_version_id == self.base_version_id and self.kind != AmendmentKind.INSERT:
            return self.base_article
        return VersionArticle.objects.filter(version=self.charter.current_version_id, key=self.article_key).first()

    @cached_property
    def coauthor_accounts(self) -> frozenset[int]:
        """The accounts that accepted to write it with its author."""
        accepted = self.coauthors.filter(accepted_at__isnull=False, account__isnull=False)
        return frozenset(accepted.values_list("account_id", flat=True))

    @property
    def article_changed(self) -> bool:
        """The article reads otherwise, or is gone, since the version this amendment is written on."""
        if self.kind == AmendmentKind.INSERT:
            return False
        return not self.base_article.says_the_same_as(self.current_article)

    @property
    def is_behind(self) -> bool:
        """The charter has a newer version than the one this amendment is written on."""
        return self.base_version_id != self.charter.current_version_id

    def lacks(self, language: str) -> bool:
        """This leg is still to be written: it is empty, or stayed behind while the other changed.

        A correction of the translation alone is whole. Removing and moving need no text.
        """
        if self.kind not in WITH_TEXT:
            return False
        return self.stale_leg == language or self._lacks_text(language) or self.lacks_title(language)

    def _lacks_text(self, language: str) -> bool:
        text = self.text_in(language)
        if self.kind == AmendmentKind.INSERT:
            return not text
        other = _other(language)
        base, said = self.base_article, self.text_in(other)
        if not said:
            return not text
        changed = said != getattr(base, f"text_{other}")
        if not text or language == self.charter.authentic_language:
            return not text and changed
        return changed and text == getattr(base, f"text_{language}")

    def lacks_title(self, language: str) -> bool:
        """An article to add has no title in this language yet; one to change has a new authentic title, and the other
        language does not say what becomes of its own."""
        if self.title_in(language) or self.kind not in WITH_TEXT:
            return False
        if self.kind == AmendmentKind.INSERT:
            return True
        return language != self.charter.authentic_language and bool(self.title_in(_other(language)))

    def text_in(self, language: str) -> str:
        return self.text_fr if language == Language.FRENCH else self.text_en

    def title_in(self, language: str) -> str:
        """The title it gives the article in a language, "" where it leaves it or has none."""
        return self.article_title_fr if language == Language.FRENCH else self.article_title_en

    def result_title(self, language: str) -> str:
        """The title of the article if it were adopted as it stands."""
        kept = getattr(self.base_article, f"title_{language}") if self.kind == AmendmentKind.EDIT else ""
        return self.title_in(language) or kept

    @property
    def renames(self) -> bool:
        """It changes the title of an article."""
        return self.kind == AmendmentKind.EDIT and bool(self.article_title_fr or self.article_title_en)

    @property
    def missing_legs(self) -> tuple[str, ...]:
        """The languages whose text is missing or stale: adoption waits for them."""
        return tuple(language for language in Language.values if self.lacks(language))

    @property
    def lacks_english(self) -> bool:
        return self.lacks(Language.ENGLISH)

    @property
    def result_fr(self) -> str:
        """The French text if it were adopted as it stands: the proposed one, or the present one where it is empty."""
        return self.text_fr or (self.base_article.text_fr if self.kind == AmendmentKind.EDIT else "")

    @property
    def result_en(self) -> str:
        return self.text_en or (self.base_article.text_en if self.kind == AmendmentKind.EDIT else "")

    def positions_until(self) -> datetime | None:
        """When positions close: some days after it opened, at the latest when the charter is settled; None: no end."""
        ends = [self.charter.adopted_from] if self.charter.adopted_from else []
        if self.charter.decision_days and self.opened_at:
            ends.append(self.opened_at + timedelta(days=self.charter.decision_days))
        return min(ends, default=None)


class Wording(models.Model):
    """One wording an amendment had: numbered, dated, credited, never changed (a trigger refuses)."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField(_("numéro"))
    cause = models.CharField(_("raison"), max_length=10, choices=WordingCause.choices)
    base_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    after_key = models.SlugField(max_length=60, blank=True)
    article_title_fr = models.CharField(max_length=MAX_TITLE, blank=True)
    article_title_en = models.CharField(max_length=MAX_TITLE, blank=True)
    text_fr = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    note = models.TextField(_("ce qui change, et pourquoi"), max_length=MAX_MOTIVE, blank=True)
    language = models.CharField(max_length=2, blank=True, choices=Language.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("écrite le"))

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("rédaction")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "number"], name="unique_wording_number"),
            models.CheckConstraint(condition=Q(cause__in=WordingCause.values), name="wording_cause_known"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.number}"


class CoAuthor(models.Model):
    """An organisation invited to write an amendment together; once somebody accepts for it, it is named too."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="coauthors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coauthored")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invitée le"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("acceptée le"), null=True)
    declined_at = models.DateTimeField(_("déclinée le"), null=True)

    objects: ClassVar[CoAuthorQuerySet] = CoAuthorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["invited_at", "pk"]
        verbose_name = _("co-auteur")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "organisation"], name="unique_coauthor"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(account__isnull=False, declined_at=None), name="coauthor_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.organisation_id}"


class Endorsement(models.Model):
    """An organisation asks that a proposed amendment be examined; one a piece."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="endorsements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("donné le"))

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        verbose_name = _("soutien à l’examen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "organisation"], name="unique_endorsement")
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.organisation_id}"


class Touch(models.Model):
    """A place of the charter a pending amendment changes. Two amendments that share one are shown to each other.

    `place` is the fingerprint of a sentence, of the gap after one, or of a place between articles, with its language;
    computed when an amendment is proposed, reworded or rebased (`principles.models.touching`).
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="touches")
    place = models.CharField(max_length=80)
    excerpt = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = _("passage touché")
        constraints: ClassVar = [models.UniqueConstraint(fields=["amendment", "place"], name="unique_touch")]
        indexes: ClassVar = [models.Index(fields=["place"], name="touch_place")]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.place}"
