"""« Nous l’avons refait » : a case that redoes another. Nobody sees a link before both are public."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from cases.enums import RedoOutcome, RedoState
from cases.models.catalogue import CatalogueEntry

LONGEST_WORDS = 2_000
MOST_NODES = 20
FARTHEST = 4
MOST_LINES = 300
MOST_READ = 2_000
NEAR = """
WITH RECURSIVE shown AS (
    SELECT l.original, l.redo FROM cases_reproduction l
    WHERE l.state = 'linked'
      AND EXISTS (SELECT 1 FROM cases_catalogueentry e WHERE e.number = l.original)
      AND EXISTS (SELECT 1 FROM cases_catalogueentry e WHERE e.number = l.redo)
), near (number, far) AS (
    SELECT %s::integer, 0
    UNION
    SELECT CASE WHEN shown.original = near.number THEN shown.redo ELSE shown.original END, near.far + 1
    FROM near JOIN shown ON near.number IN (shown.original, shown.redo) WHERE near.far < %s
)
SELECT number FROM near GROUP BY number ORDER BY min(far), number LIMIT %s
"""


def _public(column: str) -> Exists:
    return Exists(CatalogueEntry.objects.filter(number=OuterRef(column)))


class ReproductionQuerySet(models.QuerySet[Any]):
    def linked(self) -> "ReproductionQuerySet":
        """Links nobody took away, public or not."""
        return self.filter(state=RedoState.LINKED)

    def shown(self) -> "ReproductionQuerySet":
        """Links of which both cases are public."""
        return self.linked().filter(_public("original"), _public("redo"))

    def about(self, number: int) -> "ReproductionQuerySet":
        """Links from or to this case."""
        return self.filter(Q(original=number) | Q(redo=number))


class Reproduction(models.Model):
    """The case numbered `redo` redoes the one numbered `original`. Numbers name a case in all its languages."""

    original = models.PositiveIntegerField(_("cas d’origine"))
    redo = models.PositiveIntegerField(_("cas refait"), db_index=True)
    what_changed = models.TextField(
        _("ce qui a changé"), validators=[MaxLengthValidator(LONGEST_WORDS), ProhibitNullCharactersValidator()]
    )
    what_came_out = models.TextField(
        _("ce que cela a donné"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST_WORDS), ProhibitNullCharactersValidator()],
    )
    outcome = models.CharField(_("résultat"), max_length=10, choices=RedoOutcome.choices)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=RedoState.choices, default=RedoState.LINKED)
    motive = models.TextField(_("motif du retrait"), blank=True)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    linked_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[ReproductionQuerySet] = ReproductionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reproduction")
        verbose_name_plural = _("reproductions")
        ordering: ClassVar = ["linked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["original", "redo"], name="reproduction_once"),
            models.CheckConstraint(condition=~Q(original=F("redo")), name="reproduction_of_another"),
            models.CheckConstraint(condition=Q(state__in=RedoState.values), name="reproduction_state_known"),
            models.CheckConstraint(condition=Q(outcome__in=RedoOutcome.values), name="reproduction_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.redo} → {self.original}"


def near(number: int) -> Any:
    """Rows of the public cases linked to this one, directly or through others, the MOST_NODES nearest, itself too."""
    values = [number, FARTHEST, MOST_NODES]
    return CatalogueEntry.objects.extra(where=[f"number IN ({NEAR})"], params=values)  # noqa: S610 - no value of a reader


def leads_back(*, original: int, redo: int) -> bool:
    """Whether `original` redoes `redo` already, directly or through others: linking them would close a circle."""
    above, level = set(), {original}
    while level:
        above |= level
        found = Reproduction.objects.linked().filter(redo__in=level).values_list("original", flat=True)
        level = set(found) - above
    return redo in above


def recount(numbers: Any) -> None:
    """Write into the catalogue how many public cases redo each of these numbers; one statement."""
    shown = Reproduction.objects.linked().filter(_public("redo"), original=OuterRef("number")).order_by()
    counted = shown.values("original").annotate(n=Count("pk")).values("n")
    CatalogueEntry.objects.filter(number__in=list(numbers)).update(reproductions=Coalesce(Subquery(counted), 0))


def recount_around(number: int) -> None:
    """After a case became public or stopped being so: its own count and those of the cases it redoes."""
    around = list(Reproduction.objects.linked().about(number).values_list("original", "redo"))
    if around:
        recount({number, *(original for original, redo in around if redo == number)})


def lines_among(ids: BitMap, language: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Lines of a map, from the place of each original to that of the case that redoes it, the latest links first.

    Those whose later case has its row for readers of `language` among `ids` (keys of the catalogue). One query,
    whatever the number of cases; among the MOST_READ latest links. Places outside the atlas get no line.
    """
    row = CatalogueEntry.objects.filter(number=OuterRef("redo"), shown_in__contains=[language])
    links = Reproduction.objects.shown().annotate(row=Subquery(row.values("page_id")[:1]))
    for side in ("original", "redo"):
        place = CatalogueEntry.objects.filter(number=OuterRef(side), x__isnull=False).order_by("language")
        links = links.annotate(**{f"{side}_{axis}": Subquery(place.values(axis)[:1]) for axis in ("x", "y")})
    placed = links.filter(original_x__isnull=False, redo_x__isnull=False).order_by("-pk")[:MOST_READ]
    found = [link for link in placed if link.row in ids][:MOST_LINES]
    return [({"x": link.original_x, "y": link.original_y}, {"x": link.redo_x, "y": link.redo_y}) for link in found]
