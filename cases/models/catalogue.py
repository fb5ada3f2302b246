"""The catalogue: one flat row per published case and language. What is not published is not there (ADR 0003)."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import override
from django_countries.fields import CountryField

from cases.enums import Kind, Stage
from cases.models.freshness import Freshness
from cases.querysets.catalogue import CatalogueQuerySet
from cases.search import in_language
from coalition.core.languages import reader_language


class CatalogueEntry(Freshness):
    """What lists, facets, map, feeds and the API know of a published case: everything they show, and no key to follow.

    Written by `cases.actions.projection` in the transaction that publishes, deleted in the one that withdraws.
    `shown_in` holds the languages whose readers see this row: its own, and those the case has no published text in;
    `languages` those it has a published text in. Values of vocabularies are keys of terms (`models/terms.py`).
    `marks`: what it may share with others (`querysets/similar.py`).
    `is_failed_or_stopped`: stopped, or its authors wrote what did not work. `cell`: its place on the atlas as
    `coalition.core.geo.cell` names it ("outside" beside the atlas, "" where no point is known).
    """

    page = models.OneToOneField("cases.CasePage", on_delete=models.CASCADE, primary_key=True, related_name="entry")
    number = models.PositiveIntegerField()
    translation_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=10)
    shown_in = ArrayField(models.CharField(max_length=10), default=list)
    path = models.CharField(max_length=600)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    domain = models.CharField(max_length=40)
    priorities = ArrayField(models.CharField(max_length=40), default=list)
    instruments = ArrayField(models.CharField(max_length=40), default=list)
    layer = models.CharField(max_length=40, blank=True)
    responsibility = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=40, blank=True)
    cost_band = models.CharField(max_length=40, blank=True)
    connectivity = models.CharField(max_length=40, blank=True)
    principles = ArrayField(models.CharField(max_length=80), default=list)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    translated_from = models.CharField(max_length=10, blank=True)
    has_indicators = models.BooleanField(default=False)
    is_failed_or_stopped = models.BooleanField(default=False)
    reproductions = models.PositiveIntegerField(default=0)
    organisation_kind = models.CharField(max_length=20, blank=True)
    organisation_id = models.BigIntegerField()
    organisation_name = models.CharField(max_length=160)
    organisation_slug = models.CharField(max_length=180)
    country = CountryField(blank=True)
    city = models.CharField(max_length=120, blank=True)
    geoname_id = models.PositiveIntegerField(null=True)
    folded_city = models.CharField(max_length=240, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    square = models.CharField(max_length=4, blank=True)
    cell = models.CharField(max_length=8, blank=True)
    figure_value = models.CharField(max_length=20, blank=True)
    figure_label = models.CharField(max_length=160, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ongoing = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    folded_title = models.TextField()
    folded_summary = models.TextField()
    folded_body = models.TextField()
    marks = ArrayField(models.CharField(max_length=80), default=list)

    objects: ClassVar[CatalogueQuerySet] = CatalogueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-updated_at", "-page_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "language"], name="catalogue_number_language")
        ]
        indexes: ClassVar = [
            GinIndex(fields=["shown_in"], name="catalogue_shown_in"),
            GinIndex(fields=["marks"], name="catalogue_marks"),
            models.Index(fields=["-updated_at", "-page_id"], name="catalogue_newest"),
            models.Index(fields=["organisation_id"], name="catalogue_organisation"),
            models.Index(fields=["checked_at"], name="catalogue_checked"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def country_name(self) -> str:
        """The country in the reader's language, "" when unknown."""
        return str(self.country.name) if self.country else ""

    @property
    def is_foreign(self) -> bool:
        """Written in another language than the reader's."""
        return self.language != reader_language()

    @property
    def url(self) -> str:
        """Where the reader finds it without leaving their language: its own address, or its number in theirs."""
        return reverse("case", args=[self.number]) if self.is_foreign else self.path

    @property
    def permanent_url(self) -> str:
        """The address that survives a change of title, in the language of the text."""
        with override(self.language):
            return reverse("case", args=[self.number])

    @property
    def absolute_url(self) -> str:
        """The permanent address with its site, for pages and files that are read elsewhere."""
        return settings.BASE_URL + self.permanent_url

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def lang(self) -> str:
        """What the `lang` attribute of its words says, "" when they are in the reader's language."""
        return self.language if self.is_foreign else ""

    @property
    def meta(self) -> list[str]:
        """Short remarks under it in a list: « en français » where that is not the reader's language."""
        return [in_language(self.language)] if self.is_foreign else []


class CatalogueWords(models.Model):
    """The words of a row, ready to be searched, in a table of their own so narrow that finding thousands is cheap.

    Triggers of the database write it from the folded texts of the row, in French stems and in English ones; it goes
    with its row. `title`: the words of the title alone. `words`: title (A), summary (B), story (D).
    """

    page = models.OneToOneField(
        CatalogueEntry, on_delete=models.DO_NOTHING, primary_key=True, related_name="words", db_constraint=False
    )
    title = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["title"], name="catalogue_title_words", fastupdate=False),
            GinIndex(fields=["words"], name="catalogue_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.page_id)


class CatalogueChange(models.Model):
    """A row written or deleted, noted by a trigger of the database with the number of its transaction.

    What processes read to keep their index true (`querysets/live.py`). `page_id` is empty on the line that says that
    older ones were dropped, the latest of them noted by this transaction.
    """

    page_id = models.BigIntegerField(null=True)
    transaction = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["transaction"], name="catalogue_changes")]

    def __str__(self) -> str:
        return f"{self.page_id} in {self.transaction}"
