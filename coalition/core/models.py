"""Shared tables: pictures, files, one-time tokens, the audit log, personal data; and the base of every page."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page


class Picture(AbstractImage):
    """An image with its credit and its alternative text."""

    credit: "models.CharField[str, str]" = models.CharField(_("crédit"), max_length=200, blank=True)
    alternative: "models.CharField[str, str]" = models.CharField(_("texte de remplacement"), max_length=300, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "alternative")


class PictureRendition(AbstractRendition):
    """One resized form of a picture."""

    image: "models.ForeignKey[Picture, Picture]" = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_picture_rendition")
        ]


class File(AbstractDocument):
    """A document offered for download."""

    admin_form_fields = Document.admin_form_fields


def private_storage() -> Any:
    """Where private files lie: never under MEDIA_ROOT."""
    return storages["private"]


def private_path(attachment: "Attachment", _name: str) -> str:
    """A generated path: what the sender called the file is never part of it."""
    return f"{attachment.created_at:%Y/%m}/{attachment.key}"


class Attachment(models.Model):
    """A private file, under a generated name; read only through the view of the object that holds it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    file = models.FileField(storage=private_storage, upload_to=private_path)
    name = models.CharField(_("nom"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("taille, en octets"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """Somebody agreed to one purpose, in the words and the language shown, on a day; withdrawn on another."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="consents")
    address = models.EmailField(blank=True)
    purpose = models.CharField(max_length=60)
    text_version = models.CharField(max_length=20)
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField()
    method = models.CharField(max_length=20)
    proof = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=43, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["address", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"


class Erasure(models.Model):
    """A tombstone: this account was erased. Read again after a backup is restored, so that it stays erased."""

    account_id = models.BigIntegerField(unique=True)
    address_digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.account_id)


class PurgeRun(models.Model):
    """What one step of the retention purge erased, or would have (`dry_run`)."""

    step = models.CharField(max_length=60)
    erased = models.PositiveIntegerField()
    dry_run = models.BooleanField(default=False)
    older_than = models.DateTimeField()
    ran_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.erased}"


class TemporaryExport(models.Model):
    """A file made for one account and one session; gone after its last hour."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=30)
    session_digest = models.CharField(max_length=64)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class OneTimeToken(models.Model):
    """Proof that somebody reads a mailbox: bound to a purpose, an object and an address, used once, stored hashed."""

    purpose = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    object_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("object_type", "object_id")
    address = models.EmailField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class AuditLine(models.Model):
    """One act: who did what to what, when. Append only."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("par")
    )
    action = models.CharField(_("acte"), max_length=60)
    object_type = models.ForeignKey(ContentType, null=True, on_delete=models.SET_NULL)
    object_id = models.BigIntegerField(null=True)
    label = models.CharField(_("objet"), max_length=255)
    data = models.JSONField(_("détails"), default=dict)
    created_at = models.DateTimeField(_("le"))

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("ligne du journal")
        verbose_name_plural = _("journal des actes")
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.action} {self.label}"


class PageChange(models.Model):
    """One line each time public pages may have changed; the page cache derives its generation from these."""

    changed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class BasePage(Page):
    """What every page of the site shares."""

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context; the addresses of the translations go to the language switch."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        request.translated_urls = self.translated_urls()
        return context

    def translated_urls(self) -> dict[str, str]:
        """Site-relative address of each published translation by language; one query."""
        same = self.get_translations(inclusive=True).live().values_list("locale__language_code", "url_path")
        return {language: f"/{language}/{path.split('/', 2)[2]}" for language, path in same}
