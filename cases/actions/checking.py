"""What the catalogue says of a case's freshness follows its publications and what is known besides."""

from typing import Any

from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from cases.models import CaseCheck, CasePage, CasePublication, CatalogueEntry


def show_check(*, number: int) -> None:
    """Write freshness to every row of this case: last published in any language, or confirmed since. One statement.

    Called in the transaction that publishes, confirms, asks or archives.
    """
    texts = CasePage.objects.filter(number=OuterRef("number"), live=True).order_by().values("number")
    published = Subquery(texts.annotate(last=Max("last_published_at")).values("last"))
    check = CaseCheck.objects.filter(number=OuterRef("number"))
    known: dict[str, Any] = {name: Subquery(check.values(name)) for name in ("asked_at", "archived_at")}
    checked = Coalesce(Greatest(published, Subquery(check.values("confirmed_at"))), F("checked_at"))
    CatalogueEntry.objects.filter(number=number).update(checked_at=checked, **known)


def note_publication(*, number: int) -> None:
    """Say, in the transaction that publishes, that this case waits for its place among the news of saved searches."""
    CasePublication.objects.create(number=number)
