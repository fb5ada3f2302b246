"""Accounts, organisations, who speaks for whom, the coalition and its co-sponsors."""

from functools import cached_property
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coalition.core.text import fold
from members.enums import (
    CoalitionState,
    Commitment,
    CosponsorshipState,
    Kind,
    OrganisationState,
    Role,
    Side,
)
from members.querysets import (
    AffiliationQuerySet,
    CoalitionQuerySet,
    CosponsorshipQuerySet,
    OrganisationQuerySet,
    UserQuerySet,
)

LANGUAGES = [("fr", "Français"), ("en", "English")]


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account with this address (lower-cased) and password; unusable password when None."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # pictures and files of core, seen from above
    """A person. What they may do comes from their affiliations, not from here."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=150, blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES, default="fr")
    time_zone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    is_active = models.BooleanField(_("actif"), default=True)
    is_staff = models.BooleanField(_("équipe"), default=False)
    date_joined = models.DateTimeField(_("inscription"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="unique_user_email")]

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def has_verified_email(self) -> bool:
        """The current address was confirmed by its owner."""
        return EmailAddress.objects.filter(user=self, email__iexact=self.email, verified=True).exists()

    @cached_property
    def has_second_factor(self) -> bool:
        """A TOTP application or a passkey is set up (recovery codes alone do not count)."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return Authenticator.objects.filter(user=self, type__in=kinds).exists()

    @cached_property
    def group_names(self) -> frozenset[str]:
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def roles(self) -> dict[int, str]:
        """Role by organisation id, for the affiliations that run today."""
        return dict(self.affiliations.active().values_list("organisation_id", "role"))


class Organisation(models.Model):  # type: ignore[django-manager-missing]  # its cases, in an app above
    """A body that acts on the site: its people act in its name, under a mandate."""

    name = models.CharField(_("nom"), max_length=160)
    acronym = models.CharField(_("sigle"), max_length=30, blank=True)
    slug = models.SlugField(unique=True, max_length=180)
    folded_name = models.CharField(max_length=500, editable=False, db_index=True)
    folded_text = models.TextField(editable=False, default="")
    kind = models.CharField(_("nature"), max_length=20, choices=Kind.choices)
    side = models.CharField(_("rôle"), max_length=10, choices=Side.choices)
    country = CountryField(_("pays"))
    city = models.CharField(_("ville"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    website = models.URLField(_("site web"), blank=True)
    summary_fr = models.TextField(_("présentation en français"), blank=True, max_length=600)
    summary_en = models.TextField(_("présentation en anglais"), blank=True, max_length=600)
    fictional = models.BooleanField(_("organisation de démonstration"), default=False)
    state = models.CharField(
        _("état"), max_length=12, choices=OrganisationState.choices, default=OrganisationState.PENDING
    )
    created_at = models.DateTimeField(_("demandée le"))
    decided_at = models.DateTimeField(_("décidée le"), null=True)
    decision_motive = models.TextField(_("motif"), blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["folded_name"]
        verbose_name = _("organisation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["folded_name", "country"],
                condition=~models.Q(state="refused"),
                name="unique_organisation_name",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OrganisationState.values), name="organisation_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded columns, by which names are compared, sorted and searched, in step with the names."""
        self.folded_name = fold(self.name)[:500]
        self.folded_text = fold(f"{self.name} {self.acronym} {self.city}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])


class Affiliation(models.Model):
    """An account acts for an organisation, in a role, under a mandate, from a day to a day. Ends, never deleted."""

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(_("rôle"), max_length=16, choices=Role.choices)
    function = models.CharField(_("fonction"), max_length=150, blank=True)
    mandate_reference = models.CharField(_("délibération ou mandat"), max_length=200, blank=True)
    mandate_date = models.DateField(_("date du mandat"), null=True, blank=True)
    started_on = models.DateField(_("depuis"))
    ended_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandat")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "organisation"],
                condition=models.Q(ended_on=None),
                name="one_running_affiliation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.organisation}"


class Coalition(models.Model):
    """A numbered, public project of the network."""

    number = models.PositiveIntegerField(_("numéro"), unique=True)
    slug = models.SlugField(unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    tagline_fr = models.TextField(blank=True)
    tagline_en = models.TextField(blank=True)
    theme_fr = models.CharField(max_length=120, blank=True)
    theme_en = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=CoalitionState.choices, default=CoalitionState.PROJECT)
    needs_cosponsors = models.BooleanField(default=True)
    opened_on = models.DateField()

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_fr}"


class CoalitionSection(models.Model):
    """One block of the coalition's page; `is_open` marks what the coalition still has to define together."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    body_fr = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    is_open = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["coalition", "key"], name="unique_section_key")]

    def __str__(self) -> str:
        return f"{self.coalition_id}/{self.key}"


class Cosponsorship(models.Model):
    """An organisation's official commitment: what it will do, the exact text it signs, who signed under which mandate.

    Signatory, mandate and text are kept as they were when it was signed: a later change of function, name or charter
    does not rewrite an act. At most one is live for an organisation and a coalition.
    """

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="cosponsorships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cosponsorships")
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="cosponsorships")
    state = models.CharField(max_length=12, choices=CosponsorshipState.choices, default=CosponsorshipState.AWAITING)
    commitments = ArrayField(models.CharField(max_length=30, choices=Commitment.choices))
    statement = models.TextField(_("ce que vous ferez"), max_length=1000)
    signatory_name = models.CharField(max_length=150, blank=True)
    signatory_function = models.CharField(max_length=150, blank=True)
    mandate_reference = models.CharField(max_length=200, blank=True)
    mandate_date = models.DateField(null=True)
    name_is_public = models.BooleanField(default=False)
    document_title = models.CharField(max_length=200)
    document_version = models.CharField(max_length=20)
    document_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decision_motive = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    objects = CosponsorshipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["signed_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=models.Q(state__in=["awaiting", "submitted", "official"]),
                name="one_live_cosponsorship",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CosponsorshipState.values), name="cosponsorship_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} / {self.coalition_id}"

    def get_absolute_url(self) -> str:
        return reverse("cosponsorship", args=[self.pk])

    @property
    def commitment_labels(self) -> list[Any]:
        """The commitments in the reader's words, in the order of the coalition's document."""
        return [Commitment(value).label for value in Commitment.values if value in self.commitments]
