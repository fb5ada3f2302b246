"""A charter, its immutable versions and their articles.

Versions and their articles can be neither changed nor deleted: triggers of the database refuse (migration 0002).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Coalition
from principles.enums import DecisionRule, Language, Phase, Voters
from principles.models.texts import MAX_TITLE, ArticleText, CharterText, settle_text
from principles.querysets import CharterQuerySet, VersionQuerySet


class Charter(models.Model):
    """The text a coalition writes together. What it says is in its versions."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="charters")
    slug = models.SlugField(unique=True)
    title_fr = models.CharField(_("titre en français"), max_length=200)
    title_en = models.CharField(_("titre en anglais"), max_length=200)
    authentic_language = models.CharField(
        _("langue qui fait foi"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    current_version = models.ForeignKey(
        "Version",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("version en vigueur"),
    )
    amendments_numbered = models.PositiveIntegerField(default=0, editable=False)
    amendments_from = models.DateTimeField(_("les amendements s’ouvrent le"), null=True, blank=True)
    deliberation_from = models.DateTimeField(_("la délibération commence le"), null=True, blank=True)
    adopted_from = models.DateTimeField(_("la charte est arrêtée le"), null=True, blank=True)
    decision_rule = models.CharField(
        _("règle de décision"), max_length=10, choices=DecisionRule.choices, default=DecisionRule.CONSENT
    )
    voters = models.CharField(_("qui a une voix"), max_length=10, choices=Voters.choices, default=Voters.MEMBERS)
    quorum_percent = models.PositiveSmallIntegerField(
        _("part des voix à exprimer, en %"), default=0, validators=[MaxValueValidator(100)]
    )
    decision_days = models.PositiveSmallIntegerField(_("jours pour prendre position"), default=0)
    supporters_needed = models.PositiveSmallIntegerField(_("soutiens demandés avant examen"), default=0)

    objects: ClassVar[CharterQuerySet] = CharterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("charte")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(authentic_language__in=Language.values), name="charter_authentic_language_known"
            ),
            models.CheckConstraint(condition=Q(decision_rule__in=DecisionRule.values), name="charter_rule_known"),
            models.CheckConstraint(condition=Q(voters__in=Voters.values), name="charter_voters_known"),
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="charter_quorum_is_a_share"),
            models.CheckConstraint(
                condition=(
                    Q(amendments_from=None) | Q(deliberation_from=None) | Q(amendments_from__lt=F("deliberation_from"))
                )
                & (Q(deliberation_from=None) | Q(adopted_from=None) | Q(deliberation_from__lt=F("adopted_from")))
                & (Q(amendments_from=None) | Q(adopted_from=None) | Q(amendments_from__lt=F("adopted_from"))),
                name="charter_phases_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title_fr

    def get_absolute_url(self) -> str:
        return reverse("charter")

    @property
    def in_force(self) -> "Version":
        """The current version of a published charter. ValueError for one that has none yet."""
        if self.current_version is None:
            raise ValueError(f"charter {self.slug} has no version yet")
        return self.current_version

    def phase(self, now: datetime) -> Phase:
        """Where the writing stands at `now`. Dates open and close by themselves; without any, amendments stay open."""
        if self.adopted_from is not None and now >= self.adopted_from:
            return Phase.ADOPTED
        if self.deliberation_from is not None and now >= self.deliberation_from:
            return Phase.DELIBERATION
        if self.amendments_from is not None and now < self.amendments_from:
            return Phase.DRAFTING
        return Phase.AMENDMENTS

    def phase_dates(self) -> dict[Phase, datetime | None]:
        """When each phase begins, None for one without a date."""
        return {
            Phase.AMENDMENTS: self.amendments_from,
            Phase.DELIBERATION: self.deliberation_from,
            Phase.ADOPTED: self.adopted_from,
        }


class Version(models.Model):
    """The whole text as adopted one day: numbered, hashed, linked to the one before, never changed."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("numéro"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")
    adopted_at = models.DateTimeField(_("adoptée le"))
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    preamble_fr = models.TextField(blank=True)
    preamble_en = models.TextField(blank=True)
    canonical = models.TextField(_("forme canonique"))

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("version")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charter", "number"], name="unique_version_number"),
            models.UniqueConstraint(fields=["charter", "sha256"], name="unique_version_sha256"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_sha256_is_a_hash"),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="version_linked_to_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_fr}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("charter_version", args=[self.number])

    def text(self) -> CharterText:
        """What the version says, ready to be changed into the next one."""
        articles = tuple(
            ArticleText(row.key, row.title_fr, row.title_en, row.text_fr, row.text_en) for row in self.articles.all()
        )
        return CharterText(self.title_fr, self.title_en, self.preamble_fr, self.preamble_en, articles)


class VersionArticle(models.Model):
    """An article as it stands in one version. Its key is the same in every version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="articles")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=MAX_TITLE)
    title_en = models.CharField(max_length=MAX_TITLE)
    text_fr = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name = _("article")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="unique_article_key"),
            models.UniqueConstraint(fields=["version", "position"], name="unique_article_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title_fr}"

    def says_the_same_as(self, other: "VersionArticle | None") -> bool:
        """Title and text are equal in both languages, character by character."""
        return other is not None and self.words == other.words

    @property
    def words(self) -> tuple[str, str, str, str]:
        """What it says, whatever its place."""
        return self.title_fr, self.title_en, self.text_fr, self.text_en


def article_rows(version: Version, articles: Iterable[ArticleText]) -> list[VersionArticle]:
    """The rows of a version's articles, in order, settled as the canonical form has them."""
    return [
        VersionArticle(
            version=version,
            key=article.key,
            position=position,
            title_fr=settle_text(article.title_fr),
            title_en=settle_text(article.title_en),
            text_fr=settle_text(article.text_fr),
            text_en=settle_text(article.text_en),
        )
        for position, article in enumerate(articles, start=1)
    ]
