"""A person who acts on the site."""

from functools import cached_property
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext, gettext_lazy as _

from members.querysets import UserQuerySet

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
    erased_at = models.DateTimeField(null=True, editable=False)
    first_device_at = models.DateTimeField(null=True, editable=False)
    """When a browser was first remembered as one that opened this account; from then on an unknown one is told of."""

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="unique_user_email")]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("Personne retirée")
        return self.name or self.email.split("@")[0]

    @property
    def audit_label(self) -> str:
        """What the log calls an account: its number, so that erasing the person leaves nothing there."""
        return f"#{self.pk}"

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
