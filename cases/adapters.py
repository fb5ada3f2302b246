"""Cases as lower apps know them: things to follow, by their number; what programs hear of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import CatalogueEntry, Reproduction
from coalition.core.following import Target
from coalition.core.languages import reader_language
from coalition.notifications.enums import Theme
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind

CASE = "case"


class CaseTargets:
    """Registered as the source of "case"; the key is the number of the case."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """The public ones, in the reader's language where they have a text in it. One query."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 10]
        entries = CatalogueEntry.objects.shown_in(reader_language()).light().filter(number__in=numbers)
        return {str(entry.number): Target(CASE, str(entry.number), entry.title, entry.url) for entry in entries}


case_targets = CaseTargets()


def _case(event: Event) -> tuple[str, str]:
    page: Any = event.subject
    return CASE, str(page.number)


def _still_linked(event: Event) -> bool:
    """Both cases are public and nobody took the link away."""
    return bool(Reproduction.objects.shown().filter(pk=event.payload["link"]).exists())


def register_public_kinds() -> None:
    """What programs may hear of cases."""
    for kind in (
        PublicKind("case.published", Theme.CASES, _("Cas publié ou mis à jour"), _case),
        PublicKind("case.redone", Theme.CASES, _("Cas refait ailleurs"), _case, still=_still_linked),
    ):
        register_public_kind(kind)
