"""What repeats in a case: partners, indicators, evidence, pictures, later news. Revisions carry them all."""
# mypy: disable-error-code="var-annotated"

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cases.enums import EvidenceKind, Vocabulary
from cases.models.terms import TermField
from coalition.core.models import Picture
from members.models import Organisation

NO_NULL = ProhibitNullCharactersValidator()
LONGEST_UPDATE = 2_000


def _line(label: Any, length: int, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=length, validators=[NO_NULL], **options)


class CasePart(models.Model):
    """A row of a case, at its place."""

    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering: ClassVar = ["sort_order"]


class CasePartner(CasePart):
    """Who took part, as what, and on which side of the service."""

    page = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="partners")
    name = _line(_("nom"), 160)
    role = _line(_("rôle"), 200, blank=True)
    side = TermField(_("côté"), vocabulary=Vocabulary.SIDE, blank=True)
    url = models.URLField(_("site"), max_length=500, blank=True)

    panels: ClassVar = [
        FieldPanel("name"), FieldPanel("role"), FieldRowPanel([FieldPanel("side"), FieldPanel("url")])
    ]  # fmt: skip

    class Meta(CasePart.Meta):
        verbose_name = _("partenaire")

    def __str__(self) -> str:
        return self.name


class CaseIndicator(CasePart):
    """One thing measured: before, after, when, and where the figures come from. Values are in `unit`."""

    page = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="indicators")
    label = _line(_("ce qui est mesuré"), 160)
    family = TermField(_("famille"), vocabulary=Vocabulary.FAMILY, blank=True)
    unit = _line(_("unité"), 40, blank=True)
    baseline = models.DecimalField(_("avant"), max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("date d’avant"), null=True, blank=True)
    value = models.DecimalField(_("après"), max_digits=16, decimal_places=4)
    measured_on = models.DateField(_("date de la mesure"), null=True, blank=True)
    source = _line(_("source du chiffre"), 250, blank=True)

    panels: ClassVar = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("family"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_on")]),
        FieldRowPanel([FieldPanel("value"), FieldPanel("measured_on")]),
        FieldPanel("source"),
    ]

    class Meta(CasePart.Meta):
        verbose_name = _("indicateur")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Measured after what it is compared with."""
        if self.baseline_on and self.measured_on and self.measured_on < self.baseline_on:
            raise ValidationError({"measured_on": _("La mesure est avant le point de départ.")})


class CaseEvidence(CasePart):
    """Something to check: a page, with the copy an archive keeps of it, or a dataset with its licence and format."""

    page = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("nature"), max_length=8, choices=EvidenceKind.choices, default=EvidenceKind.LINK)
    title = _line(_("titre"), 250)
    url = models.URLField(_("adresse"), max_length=500)
    published_on = models.DateField(_("date de publication"), null=True, blank=True)
    archive_url = models.URLField(_("copie archivée"), max_length=500, blank=True)
    archived_on = models.DateField(_("date de l’archive"), null=True, blank=True)
    licence = _line(_("licence"), 60, blank=True)
    format = _line(_("format"), 40, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        FieldPanel("title"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("archive_url"), FieldPanel("archived_on")]),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("format")]),
    ]

    class Meta(CasePart.Meta):
        verbose_name = _("preuve")

    def __str__(self) -> str:
        return self.title


class CasePicture(CasePart):
    """A picture with the words that stand for it in this language, and who made it."""

    page = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+", verbose_name=_("image"))
    alternative = _line(_("ce que montre l’image"), 300)
    credit = _line(_("crédit"), 200)
    caption = _line(_("légende"), 300, blank=True)

    panels: ClassVar = [
        FieldPanel("picture"), FieldPanel("alternative"), FieldPanel("credit"), FieldPanel("caption")
    ]  # fmt: skip

    class Meta(CasePart.Meta):
        verbose_name = _("image")

    def __str__(self) -> str:
        return self.alternative


class CaseUpdate(CasePart):
    """What happened later, dated."""

    page = ParentalKey("cases.CasePage", on_delete=models.CASCADE, related_name="updates")
    happened_on = models.DateField(_("date"))
    text = models.TextField(_("ce qui s’est passé"), validators=[MaxLengthValidator(LONGEST_UPDATE), NO_NULL])

    panels: ClassVar = [FieldPanel("happened_on"), FieldPanel("text")]

    class Meta(CasePart.Meta):
        verbose_name = _("suite")

    def __str__(self) -> str:
        return f"{self.happened_on}"


class SentPicture(models.Model):
    """Which organisation sent a picture: before it is public, only those who write for it may see or use it."""

    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, primary_key=True, related_name="sent")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.picture_id)


PART_MODELS: dict[str, type[CasePart]] = {
    "partners": CasePartner,
    "indicators": CaseIndicator,
    "evidence": CaseEvidence,
    "pictures": CasePicture,
    "updates": CaseUpdate,
}
