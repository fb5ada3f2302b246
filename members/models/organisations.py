"""A body of the network, and the e-mail domains it was shown to own."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coalition.core.gazetteer import city_name
from coalition.core.geo import cell
from coalition.core.text import fold
from members.enums import NAME_HOLDERS, Kind, OrganisationState, Resource, Side
from members.merge import Keys
from members.models.accounts import User
from members.querysets import OrganisationQuerySet
from members.search import name_key, web_domain

NOT_WORDS = "[^a-z0-9]+"
_TEXT: Any = models.TextField()


def _words_of(column: str) -> Any:
    """The words of a folded column, as the simple configuration of PostgreSQL counts them: whole, without stems."""
    plain = Func(F(column), Value(NOT_WORDS), Value(" "), Value("g"), function="regexp_replace", output_field=_TEXT)
    return SearchVector(plain, config="simple")


class Organisation(models.Model):  # type: ignore[django-manager-missing]  # its cases, in an app above
    """A body that acts on the site: its people act in its name, under a mandate."""

    name = models.CharField(_("nom"), max_length=160)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    slug = models.SlugField(unique=True, max_length=180)
    folded_name = models.CharField(max_length=500, editable=False, db_index=True)
    folded_text = models.TextField(editable=False, default="")
    search = models.GeneratedField(
        expression=_words_of("folded_text"), output_field=SearchVectorField(), db_persist=True
    )
    folded_acronym = models.CharField(max_length=60, editable=False, default="", db_index=True)
    name_key = models.CharField(max_length=500, editable=False, default="", db_index=True)
    web_domain = models.CharField(max_length=253, editable=False, default="", db_index=True)
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices)
    side = models.CharField(_("rôle"), max_length=10, choices=Side.choices)
    country = CountryField(_("pays"))
    city = models.CharField(_("ville"), max_length=120, blank=True)
    geoname_id = models.PositiveIntegerField(_("lieu dans GeoNames"), null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    map_cell = models.CharField(max_length=8, editable=False, default="")
    website = models.URLField(_("site web"), blank=True)
    summary_fr = models.TextField(_("présentation en français"), blank=True, max_length=600)
    summary_en = models.TextField(_("présentation en anglais"), blank=True, max_length=600)
    logo = models.ForeignKey(
        "core.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("logo")
    )
    offers = ArrayField(models.CharField(max_length=12, choices=Resource.choices), default=list, blank=True)
    seeks = ArrayField(models.CharField(max_length=12, choices=Resource.choices), default=list, blank=True)
    exchange_fr = models.TextField(_("ce qu’elle offre et cherche, en français"), blank=True, max_length=600)
    exchange_en = models.TextField(_("ce qu’elle offre et cherche, en anglais"), blank=True, max_length=600)
    fictional = models.BooleanField(_("organisation de démonstration"), default=False)
    state = models.CharField(
        _("état"), max_length=12, choices=OrganisationState.choices, default=OrganisationState.PENDING
    )
    created_at = models.DateTimeField(_("demandée le"))
    decided_at = models.DateTimeField(_("décidée le"), null=True)
    decision_motive = models.TextField(_("motif"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", verbose_name=_("réunie à")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["folded_name"]
        verbose_name = _("organisation")
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="organisation_search"),
            models.Index(fields=["country", "geoname_id"], name="organisation_place"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["folded_name", "country"],
                condition=models.Q(state__in=NAME_HOLDERS),
                name="unique_organisation_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OrganisationState.values), name="organisation_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into=None)),
                name="merged_organisation_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep in step the columns by which names are compared, sorted and searched, and the square of the map."""
        self.folded_name = fold(self.name)[:500]
        self.folded_acronym = fold(self.acronym)[:60]
        self.name_key = name_key(self.name)
        self.web_domain = web_domain(self.website)
        names = dict.fromkeys([self.city, *(city_name(self.geoname_id, self.city, code) for code in ("fr", "en"))])
        self.folded_text = fold(" ".join((self.name, self.acronym, *names)))
        self.map_cell = cell(self.latitude, self.longitude)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    @property
    def keys(self) -> Keys:
        """What it is compared with others by."""
        return Keys(
            pk=self.pk or 0,
            name=self.name,
            country=str(self.country),
            acronym=self.acronym,
            domain=self.web_domain,
            city=self.city,
            geoname_id=self.geoname_id,
            latitude=self.latitude,
            longitude=self.longitude,
        )


class VerifiedDomain(models.Model):
    """An e-mail domain that organisers found to be the organisation's: whoever proves an address there may join."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="verified_domains")
    domain = models.CharField(_("domaine"), max_length=253, unique=True)
    verified_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["domain"]

    def __str__(self) -> str:
        return self.domain


class DistinctPair(models.Model):
    """Two organisations that look alike and are two: an organiser said so, and is not asked again."""

    first = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_told_apart_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_smallest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}, {self.second_id}"
