"""Cases as lower apps know them: things to follow, by their number; what programs hear of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from cases.enums import Vocabulary
from cases.models import CatalogueEntry, Reproduction, SavedSearch, Term, Terms
from coalition.core.following import KeptFollow, Target
from coalition.core.languages import reader_language
from coalition.core.vocabularies import Word
from coalition.notifications.enums import Theme
from coalition.notifications.models import Event
from coalition.notifications.webhooks.registry import PublicKind, register_public_kind

CASE = "case"
SEARCH = "search"


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
        PublicKind("case.published", Theme.CASES, gettext_lazy("Cas publié ou mis à jour"), _case),
        PublicKind("case.redone", Theme.CASES, gettext_lazy("Cas refait ailleurs"), _case, still=_still_linked),
    ):
        register_public_kind(kind)


def _title(search: SavedSearch, terms: Terms) -> str:
    return _("Cas : %(words)s") % {"words": ", ".join(search.words(terms)) or _("tous les cas")}


def _address(search: SavedSearch) -> str:
    return reverse("case_index") + (f"?{search.query}" if search.query else "")


class SearchTargets:
    """Registered as the source of "search", what an alert is about. Its own row follows it, not a `Follow`."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """The account's own that run. Two queries."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
        mine = SavedSearch.objects.running().filter(account=getattr(account, "pk", None), account__isnull=False)
        found = list(mine.filter(pk__in=numbers))
        terms = Terms.load() if found else None
        return {
            str(one.pk): Target(SEARCH, str(one.pk), _title(one, terms), _address(one), followable=False)
            for one in found
            if terms is not None
        }


search_targets = SearchTargets()


def own_searches(account: Any) -> list[KeptFollow]:
    """The searches an account follows, beside what else it follows. Two queries."""
    found = list(SavedSearch.objects.running().filter(account=account))
    terms = Terms.load() if found else None
    return [
        KeptFollow(
            title=_title(one, terms),
            url=_address(one),
            note=one.get_frequency_display(),
            muted=one.muted,
            address=reverse("case_alert_act", args=[one.pk]),
        )
        for one in found
        if terms is not None
    ]


def domain_words() -> list[Word]:
    """The urban domains, as other apps name their themes. One query."""
    terms = Term.objects.filter(vocabulary=Vocabulary.DOMAIN)
    return [Word(term.key, term.label, term.active) for term in terms]
