"""A charter and its immutable versions; amendments and the decisions on them.

Versions and their articles can be neither changed nor deleted: triggers of the database refuse (migration 0002).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Coalition, Organisation
from principles.enums import DECIDED, AmendmentState, Language, Outcome
from principles.querysets import (
    AmendmentQuerySet,
    CharterQuerySet,
    DecisionQuerySet,
    DraftVersionQuerySet,
    VersionQuerySet,
)

MAX_TITLE = 160
MAX_TEXT = 20_000
MAX_MOTIVE = 5_000
MIN_MOTIVE = 10
# What a signed text may not hold: controls, halves of characters, and signs that turn the order of reading around.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def settle_text(text: str) -> str:
    """`text` as a version keeps it: Unicode NFC, line ends "\\n", no space at line ends, no blank line around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n").strip()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as it goes into a version; its place is its rank in the list."""

    key: str
    title_fr: str
    title_en: str
    text_fr: str
    text_en: str


@dataclass(frozen=True, slots=True)
class CharterText:
    """Everything a reader of a version reads, in both languages."""

    title_fr: str
    title_en: str
    preamble_fr: str
    preamble_en: str
    articles: tuple[ArticleText, ...]


def canonical_form(*, slug: str, language: str, number: int, previous: str | None, text: CharterText) -> str:
    """The JSON whose UTF-8 bytes are hashed; `docs/features/charter.md` describes it for whoever checks it.

    Keys sorted, no white space outside strings, characters as they are (no \\u escapes), strings settled by
    `settle_text`. `previous` is the hash of the version before, None for the first.
    """
    document: dict[str, Any] = {
        "articles": [
            {
                "key": article.key,
                "position": position,
                "text": {"en": settle_text(article.text_en), "fr": settle_text(article.text_fr)},
                "title": {"en": settle_text(article.title_en), "fr": settle_text(article.title_fr)},
            }
            for position, article in enumerate(text.articles, start=1)
        ],
        "authentic_language": language,
        "charter": slug,
        "number": number,
        "preamble": {"en": settle_text(text.preamble_en), "fr": settle_text(text.preamble_fr)},
        "previous": previous,
        "title": {"en": settle_text(text.title_en), "fr": settle_text(text.title_fr)},
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(canonical: str) -> str:
    """SHA-256 of the UTF-8 bytes of a canonical form: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


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

    objects: ClassVar[CharterQuerySet] = CharterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("charte")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(authentic_language__in=Language.values), name="charter_authentic_language_known"
            )
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
        """Both languages of the text are equal, character by character."""
        return other is not None and (self.text_fr, self.text_en) == (other.text_fr, other.text_en)


class Amendment(models.Model):
    """Another wording proposed for one article, with its motive, against the version it was written on.

    The French leg is always there; the English one may be left empty and is then given at the latest on adoption.
    The number, by which it is cited, is given when it is proposed. `organisation` is empty for one proposed by the
    organising team.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField(_("numéro"), null=True)
    article_key = models.SlugField(max_length=60)
    base_version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="amendments")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="amendments")
    title = models.CharField(_("titre"), max_length=MAX_TITLE)
    text_fr = models.TextField(_("texte en français"), max_length=MAX_TEXT)
    text_en = models.TextField(_("texte en anglais"), max_length=MAX_TEXT, blank=True)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE)
    state = models.CharField(_("état"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT)
    created_at = models.DateTimeField(_("commencé le"))
    opened_at = models.DateTimeField(_("proposé le"), null=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True)

    objects: ClassVar[AmendmentQuerySet] = AmendmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-number", "-pk"]
        verbose_name = _("amendement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charter", "number"], name="unique_amendment_number"),
            models.CheckConstraint(condition=Q(state__in=AmendmentState.values), name="amendment_state_known"),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.DRAFT, number=None, opened_at=None)
                | (~Q(state=AmendmentState.DRAFT) & Q(number__isnull=False, opened_at__isnull=False)),
                name="amendment_numbered_when_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False) | (~Q(state__in=DECIDED) & Q(decided_at=None)),
                name="amendment_decision_dated",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["charter", "article_key", "state"], name="amendment_of_article")]

    def __str__(self) -> str:
        return f"{self.number or '—'}. {self.title}"

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("amendment_draft", args=[self.pk])
        return reverse("amendment", args=[self.number])

    @cached_property
    def base_article(self) -> VersionArticle:
        """The article as its author read it."""
        return self.base_version.articles.get(key=self.article_key)

    @cached_property
    def current_article(self) -> VersionArticle | None:
        """The article as it stands today, None when the current version has none of this key."""
        if self.charter.current_version_id == self.base_version_id:
            return self.base_article
        return VersionArticle.objects.filter(version=self.charter.current_version_id, key=self.article_key).first()

    @property
    def conflicts(self) -> bool:
        """The article was changed since the version this amendment was written on."""
        return not self.base_article.says_the_same_as(self.current_article)

    @property
    def lacks_english(self) -> bool:
        """The French text changes and the English one does not follow: adopting it would leave them apart."""
        return not self.text_en or (
            self.text_fr != self.base_article.text_fr and self.text_en == self.base_article.text_en
        )

    @property
    def result_en(self) -> str:
        """The English text if it were adopted as it stands: the proposed one, or the present one where it is empty."""
        return self.text_en or self.base_article.text_en


class Decision(models.Model):
    """What was decided on an amendment, why, by whom; with the version an acceptance made."""

    amendment = models.OneToOneField(Amendment, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("décidé le"))
    version = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="decision")

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("décision")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACCEPTED, version__isnull=False) | Q(outcome=Outcome.REFUSED, version=None),
                name="decision_makes_a_version_when_accepted",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.outcome}"


class DraftVersion(models.Model):
    """A whole text organisers prepare, which becomes the next version when they publish it; nobody else sees it.

    `articles` are objects with the fields of ArticleText, in order; a leg may still be empty. `revision` counts its
    edits. Published, it stays as the record of why a version came without an amendment.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="drafts")
    base_version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("commencée le"))
    edited_at = models.DateTimeField(_("modifiée le"))
    revision = models.PositiveIntegerField(default=1)
    title_fr = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    preamble_fr = models.TextField(blank=True)
    preamble_en = models.TextField(blank=True)
    articles = models.JSONField(default=list)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE, blank=True)
    version = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="draft")

    objects: ClassVar[DraftVersionQuerySet] = DraftVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-edited_at", "-pk"]
        verbose_name = _("version en préparation")

    def __str__(self) -> str:
        return f"{self.title_fr or self.title_en} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("version_draft", args=[self.pk])

    @property
    def is_outdated(self) -> bool:
        """Another version was adopted since it was begun: it must be taken up again on that one."""
        return self.base_version_id != self.charter.current_version_id

    def text(self) -> CharterText:
        """What it says, as a version would."""
        articles = tuple(ArticleText(**article) for article in self.articles)
        return CharterText(self.title_fr, self.title_en, self.preamble_fr, self.preamble_en, articles)


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
