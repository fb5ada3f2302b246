"""A file of cases on its way in: where it stands, what became of each line, which columns a city uses."""
# mypy: disable-error-code="var-annotated"

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import FileFormat, ImportState, LineOutcome
from cases.models.pages import CasePage
from coalition.core.models import Attachment
from members.models import LANGUAGES, Organisation, User

WORKING = (ImportState.CHECKING, ImportState.RUNNING)
"""States in which the worker has it."""
OPEN = (ImportState.COLUMNS, ImportState.CHECKED, *WORKING)
"""States in which its file is still needed."""


class CaseImport(models.Model):
    """A file of one organisation. `columns`: a list of {heading, samples, field}; `reached`: lines done in this state.

    The file itself is private and goes as soon as it is read for the last time.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=150)
    format = models.CharField(max_length=5, choices=FileFormat.choices)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.COLUMNS)
    language = models.CharField(_("langue des cas"), max_length=2, choices=LANGUAGES)
    spoken = models.CharField(max_length=2, choices=LANGUAGES)
    publish = models.BooleanField(default=False)
    columns = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("import de cas")
        verbose_name_plural = _("imports de cas")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """The worker has it."""
        return self.state in WORKING

    @property
    def percent(self) -> int:
        """How much of the file is done in this state, 0 to 100."""
        return 100 * self.reached // self.total if self.total else 0

    def targets(self) -> dict[str, str]:
        """Field by heading, for the columns that are used."""
        return {column["heading"]: column["field"] for column in self.columns if column["field"]}

    def counts(self) -> dict[str, int]:
        """Lines by outcome. One query."""
        rows: Any = self.lines.order_by().values_list("outcome").annotate(n=models.Count("pk"))
        return dict(rows)


class CaseImportLine(models.Model):
    """What becomes, or became, of one line; `sentence` is in the language of whoever sent the file."""

    job = models.ForeignKey(CaseImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=LineOutcome.choices)
    title = models.CharField(max_length=255, blank=True)
    field = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(blank=True)
    page = models.ForeignKey(CasePage, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "number"], name="import_line_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class KnownColumn(models.Model):
    """What a heading stood for the last time an organisation used it; "" for a column it leaves aside."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "heading"], name="known_column_once")]

    def __str__(self) -> str:
        return self.heading
