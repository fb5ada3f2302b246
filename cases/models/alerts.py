"""Saved searches, what became public when, and which search was told of which case."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.enums import Frequency, SearchState
from cases.models.facets import chips as chips_of
from cases.models.terms import Terms
from cases.querysets.alerts import SavedSearchQuerySet
from cases.search import Selection, read_selection

LANGUAGES = [("fr", "Français"), ("en", "English")]


class SavedSearch(models.Model):
    """Somebody wants to know of new cases a selection finds: an account, or an address without one.

    `query` is the selection as an address holds it (`canonical_query`), read anew at each run, so that what a selection
    can ask may grow. `watermark` and `since` are places of `CaseNews`: told up to there, and where it began.
    `only_new`: it found too many cases at the beginning to note them all; those published before are never new to it.
    While it is `muted` it looks on and writes nothing. What it ends forgets whose it was.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="saved_searches"
    )
    address = models.EmailField(_("adresse électronique"), blank=True)
    query = models.TextField(_("recherche"), blank=True)
    language = models.CharField(_("langue"), max_length=2, choices=LANGUAGES, default="fr")
    frequency = models.CharField(_("rythme"), max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY)
    muted = models.BooleanField(_("silencieuse"), default=False)
    state = models.CharField(_("état"), max_length=7, choices=SearchState.choices, default=SearchState.PENDING)
    since = models.BigIntegerField(default=0)
    watermark = models.BigIntegerField(default=0)
    only_new = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("demandée le"))
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True)
    ended_at = models.DateTimeField(_("arrêtée le"), null=True)
    run_on = models.DateField(_("dernier passage"), null=True)

    objects: ClassVar[SavedSearchQuerySet] = SavedSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("address"),
                "query",
                "language",
                condition=Q(state__in=["pending", "active"], account=None),
                name="one_search_an_address",
            ),
            models.UniqueConstraint(
                fields=["account", "query", "language"],
                condition=Q(state__in=["pending", "active"], account__isnull=False),
                name="one_search_an_account",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", address="", account=None)
                | (Q(state__in=["pending", "active"], account=None) & ~Q(address=""))
                | Q(state__in=["pending", "active"], account__isnull=False, address=""),
                name="search_belongs_to_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["language", "query", "id"], name="search_due", condition=Q(state="active"))
        ]

    def __str__(self) -> str:
        return f"{self.query or '*'} ({self.language})"

    @property
    def audit_label(self) -> str:
        """What the log calls it: its number, neither the person nor their words."""
        return f"#{self.pk}"

    @property
    def selection(self) -> Selection:
        """What it asks for, as the site reads addresses today."""
        return stored_selection(self.query)

    @property
    def mailbox(self) -> str:
        """Where it is told: its address, or the account's; "" when there is none any more."""
        return self.account.email if self.account is not None else self.address

    def words(self, terms: Terms | None = None) -> list[str]:
        """The chips of the list for this selection, in the reader's language; [] when it asks for everything."""
        return selection_words(self.selection, terms)


class CasePublication(models.Model):
    """A text of a case was just put into the catalogue. Waits to be given its place in `CaseNews`, then goes."""

    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class CaseNews(models.Model):
    """The first and the latest place of a case in the order of publications: figures that grow, whatever clocks say."""

    number = models.PositiveIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.first}-{self.last}"


class AlertedCase(models.Model):
    """A case that is no news to a search any more: told at the place `told_at`, or found when it began (None)."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="cases")
    number = models.PositiveIntegerField()
    told_at = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["search", "number"], name="a_case_is_told_once")]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.number}"


class LeftMailbox(models.Model):
    """The owner of a mailbox stopped an alert. A keyed digest of the address, so that no list brings it back.

    It goes when that owner confirms an alert again, or after years.
    """

    digest = models.CharField(max_length=64, unique=True)
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]


def stored_selection(query: str) -> Selection:
    """The selection a stored query string asks for."""
    return read_selection(QueryDict(query))


def canonical_query(selection: Selection) -> str:
    """The selection as one text, whatever the order of parameters and list: "domain=services&stage=pilot"."""
    words = QueryDict(mutable=True)
    for name, value in sorted(selection.without("sort").pairs()):
        words.appendlist(name, value)
    return words.urlencode()


def selection_words(selection: Selection, terms: Terms | None = None) -> list[str]:
    """What a selection asks, as the chips of the list say it."""
    chips: Any = chips_of(selection, terms or Terms.load(), "")
    return [str(chip["label"]) for chip in chips]
