"""A case as its authors write it: a Wagtail page, so that drafts, revisions, review and translations are Wagtail's."""
# Wagtail is untyped, so that the plugin does not recognise the fields of its pages:
# mypy: disable-error-code="var-annotated"

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db import connection, models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import PageManager, PagePermissionTester, PageViewRestriction, WorkflowState
from wagtail.search import index

from cases.enums import PART_LABELS, PARTS, SECTIONS, Domain, Kind, ReviewState, Stage, Vocabulary
from cases.models.catalogue import CatalogueEntry
from cases.models.listing import list_context
from cases.models.sheet import sheet_context
from cases.models.terms import TermField, TermListField
from cases.models.words import fill_parts
from cases.querysets.pages import CaseQuerySet
from coalition.core.access import can, is_let_in
from coalition.core.models import BasePage
from coalition.core.references import references_offered
from members.models import Organisation

LONGEST_SECTION = 20_000
LONGEST_SUMMARY = 600
KEPT_BY_THE_SITE = ("number", "external_id", "written_in", "translated_from")
MOST_DAYS = 1_000_000
KEEPERS = "cases.change_term"
"""A right in the admin that organisers hold and editors they let in do not: whose case it is, the site’s pictures."""
NO_NULL = ProhibitNullCharactersValidator()


def _section(heading: Any) -> models.TextField:
    return models.TextField(heading, blank=True, validators=[MaxLengthValidator(LONGEST_SECTION), NO_NULL])


def _line(label: Any, length: int, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=length, validators=[NO_NULL], **options)


def next_number() -> int:
    """A case number nobody ever had, from a sequence: never given twice, even when its case is deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        return int(cursor.fetchone()[0])


class PrinciplesField(ArrayField):
    """Keys of articles of the charter, which the charter's app resolves; a box for each in the admin's form."""

    def formfield(self, *_classes: Any, **kwargs: Any) -> Any:
        """Boxes to tick, from whoever registered references."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            required=False,
            choices=lambda: [(each.key, each.label) for each in references_offered()],
            widget=forms.CheckboxSelectMultiple,
        )


class Restrictable(BasePage):
    """What a case and its list share: who may read them hangs on the pages above, their language on the tree."""

    class Meta:
        abstract = True

    @property
    def is_restricted(self) -> bool:
        """This page, or one above it, is kept from the public. One query, none when it was read with `kept_apart`."""
        if hasattr(self, "kept_apart"):
            return bool(self.kept_apart)
        above = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        return bool(PageViewRestriction.objects.filter(page__path__in=above).exists())

    @property
    def language(self) -> str:
        """The language it is written in."""
        return str(self.locale.language_code)


class CaseEditing(PagePermissionTester):
    """Wagtail's rights on a case, and those of editors an organiser let in: they write, the site's own form sends."""

    def can_edit(self) -> bool:
        """Those Wagtail names; of the editors let in, those our rule lets write it."""
        return bool(super().can_edit() or (is_let_in(self.user) and can(self.user, "case.edit", self.page)))

    def can_submit_for_moderation(self) -> bool:
        """From the admin, only those who hold Wagtail's own right to change the page."""
        return bool(super().can_submit_for_moderation() and super().can_edit())

    def can_copy(self) -> bool:
        """Copies are made on the site, where they start as somebody's draft."""
        return bool(super().can_edit())


class CaseIndexPage(Restrictable):
    """The list of cases of one language; its children are the cases."""

    intro = models.TextField(_("chapeau"), blank=True, max_length=400)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("intro")]
    subpage_types: ClassVar = ["cases.CasePage"]
    private_page_options: ClassVar = ["login"]
    template = "cases/case_list.html"

    class Meta:
        verbose_name = _("liste des cas")
        verbose_name_plural = _("listes des cas")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page of the list its address asks for; the language switch is set there, from the catalogue."""
        context: dict[str, Any] = super(BasePage, self).get_context(request, *args, **kwargs)
        return context | list_context(CatalogueEntry.objects.all(), request)


class CasePage(Restrictable):
    """An experiment or a case study of one organisation, in one language.

    `number` is given once, for ever, and shared by translations. `external_id` names the record a case was imported
    from. Narrative fields are Markdown. Coordinates are degrees, dates are days (the first of the month or year when
    the day is not known).
    """

    number = models.PositiveIntegerField(_("numéro"), editable=False)
    written_in = models.CharField(_("langue"), max_length=10, editable=False)
    translated_from = models.CharField(_("traduit de"), max_length=10, blank=True, editable=False)
    external_id = _line(_("identifiant à la source"), 120, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases", verbose_name=_("organisation")
    )
    summary = models.TextField(_("résumé"), validators=[MaxLengthValidator(LONGEST_SUMMARY), NO_NULL])
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices, default=Kind.EXPERIMENT)
    country = CountryField(_("pays"), blank=True)
    city = _line(_("ville"), 120, blank=True)
    geoname_id = models.PositiveIntegerField(_("lieu dans GeoNames"), null=True, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    stage = models.CharField(_("étape"), max_length=12, choices=Stage.choices, default=Stage.PILOT)
    stage_reason = _line(_("pourquoi à cette étape"), 400, blank=True)
    domain = TermField(_("domaine"), vocabulary=Vocabulary.DOMAIN, default=Domain.SERVICES)
    priorities = TermListField(verbose_name=_("priorités de la vision"), vocabulary=Vocabulary.PRIORITY)
    layer = TermField(_("couche de la ville numérique"), vocabulary=Vocabulary.LAYER, blank=True)
    instruments = TermListField(verbose_name=_("instruments"), vocabulary=Vocabulary.INSTRUMENT)
    responsibility = TermField(_("faire ou faire faire"), vocabulary=Vocabulary.RESPONSIBILITY, blank=True)
    scope = TermField(_("échelle"), vocabulary=Vocabulary.SCOPE, blank=True)
    started_on = models.DateField(_("début"), null=True, blank=True)
    ended_on = models.DateField(_("fin"), null=True, blank=True)
    ongoing = models.BooleanField(_("toujours en cours"), default=False)
    figure_value = _line(_("chiffre clé"), 20, blank=True)
    figure_label = _line(_("ce que dit le chiffre"), 160, blank=True)
    context = _section(_("Le contexte"))
    problem = _section(_("Le problème"))
    tried = _section(_("Ce qui a été tenté"))
    participation = _section(_("Comment les habitants ont pris part"))
    left_out = _section(_("Qui restait à l’écart"))
    included = _section(_("Ce qui a été fait pour eux"))
    worked = _section(_("Ce qui a marché"))
    failed = _section(_("Ce qui n’a pas marché"))
    lessons = _section(_("Ce que nous ferions autrement"))
    redo = _section(_("Comment le refaire"))
    cost_band = TermField(_("ordre de coût"), vocabulary=Vocabulary.COST_BAND, blank=True)
    person_days = models.PositiveIntegerField(
        _("jours de travail"), null=True, blank=True, validators=[MaxValueValidator(MOST_DAYS)]
    )
    connectivity = TermField(_("connexion nécessaire"), vocabulary=Vocabulary.CONNECTIVITY, blank=True)
    licences = _line(_("licences"), 250, blank=True)
    principles = PrinciplesField(
        models.SlugField(max_length=80), verbose_name=_("principes illustrés"), default=list, blank=True
    )
    source_title = _line(_("source"), 250, blank=True)
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    source_date = models.DateField(_("date de la source"), null=True, blank=True)
    source_licence = _line(_("licence de la source"), 60, blank=True)
    website = models.URLField(_("site du service"), max_length=500, blank=True)

    objects: ClassVar[Any] = PageManager.from_queryset(CaseQuerySet)()

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("organisation", permission=KEEPERS),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("domain")]),
                FieldPanel("priorities"),
                FieldRowPanel([FieldPanel("layer"), FieldPanel("responsibility")]),
                FieldPanel("instruments"),
                FieldPanel("principles"),
            ],
            heading=_("Nature et mots de la vision"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("stage"), FieldPanel("stage_reason")]),
                FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on"), FieldPanel("ongoing")]),
            ],
            heading=_("Étape et dates"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("scope", "country", "city", "latitude", "longitude")], heading=_("Lieu")
        ),
        MultiFieldPanel([FieldPanel("figure_value"), FieldPanel("figure_label")], heading=_("Chiffre clé")),
        MultiFieldPanel([FieldPanel(name) for name, _heading in SECTIONS], heading=_("Récit")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("cost_band", "person_days", "connectivity", "licences")],
            heading=_("Moyens"),
        ),
        *(InlinePanel(part, heading=PART_LABELS[part]) for part in PARTS if part != "pictures"),
        MultiFieldPanel([InlinePanel("pictures", heading=PART_LABELS["pictures"])], permission=KEEPERS),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("source_title", "source_url", "source_date", "source_licence", "website")],
            heading=_("Source"),
        ),
    ]
    search_auto_update = False
    """Our own handler puts cases into the admin's index: once a save, and many at a time when they are imported."""
    wagtail_reference_index_ignore = True
    """The admin does not list where a picture of a case is used: each save would cost a walk through every word."""
    checked = False
    """Set by the action that has just checked every word, so that a save does not ask the database all of it again."""
    search_fields: ClassVar = [*BasePage.search_fields, index.FilterField("number")]
    parent_page_types: ClassVar = ["cases.CaseIndexPage"]
    subpage_types: ClassVar = []
    private_page_options: ClassVar = ["login"]
    exclude_fields_in_copy: ClassVar = [*KEPT_BY_THE_SITE]
    template = "cases/case_detail.html"

    class Meta:
        verbose_name = _("cas")
        verbose_name_plural = _("cas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "written_in"], name="case_number_once_a_language"),
            models.UniqueConstraint(
                fields=["organisation", "external_id", "written_in"],
                condition=~models.Q(external_id=""),
                name="case_external_id_once_a_city",
            ),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="case_stage_known"),
        ]

    def __str__(self) -> str:
        return self.draft_title or self.title

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Give a new case its number: that of its translations, or the next one; note the language for the database."""
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        self.written_in = self.language
        if self.number is None:
            self.number = self._number_of_translations() or next_number()
        if self.checked:
            kwargs["clean"] = False
        return super().save(*args, **kwargs)

    def _number_of_translations(self) -> int | None:
        siblings = CasePage.objects.filter(translation_key=self.translation_key)
        return siblings.values_list("number", flat=True).first()

    def with_content_json(self, content: Any) -> "CasePage":
        """A revision never changes what belongs to the site: number, language, identifier at the source."""
        revised: CasePage = super().with_content_json(content)
        for name in KEPT_BY_THE_SITE:
            setattr(revised, name, getattr(self, name))
        return revised

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The public sheet of this case, whatever revision this object holds; it sets the language switch too."""
        context: dict[str, Any] = super(BasePage, self).get_context(request, *args, **kwargs)
        if hasattr(self, "parts_partners"):
            fill_parts(self)
        return context | sheet_context(self, self.published_translations(), request)

    def published_translations(self) -> list[CatalogueEntry]:
        """The catalogue rows of this case, one a language, this one's among them when it is published."""
        return list(CatalogueEntry.objects.filter(translation_key=self.translation_key).light().order_by("language"))

    def permissions_for_user(self, user: Any) -> "CaseEditing":
        """What the admin lets this account do with it."""
        return CaseEditing(user, self)

    def clean(self) -> None:
        """An end before the beginning is refused, beside what Wagtail checks."""
        super().clean()
        self.check_dates()

    def check_dates(self) -> None:
        """ValidationError when it ended before it began, or ended and goes on."""
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("La fin est avant le début.")})
        if self.ended_on and self.ongoing:
            raise ValidationError({"ongoing": _("Un cas terminé n’est plus en cours : gardez l’un des deux.")})

    def latest_words(self) -> "CasePage":
        """The case as its latest revision has it, public or not."""
        words: CasePage = self.get_latest_revision_as_object()
        return words

    @property
    def review_state(self) -> ReviewState:
        """Where its latest words stand; a submitted, returned or scheduled revision says so before a published one."""
        state = self.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            return ReviewState.SUBMITTED
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return ReviewState.RETURNED
        if self.planned_at is not None:
            return ReviewState.SCHEDULED
        return ReviewState.PUBLISHED if self.live and not self.has_unpublished_changes else ReviewState.DRAFT

    @property
    def planned_at(self) -> datetime | None:
        """The moment an organiser chose for its latest words to become public, or None."""
        return self.latest_revision.approved_go_live_at if self.latest_revision is not None else None
