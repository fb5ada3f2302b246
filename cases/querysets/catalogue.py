"""Reading the catalogue: what is shown in a language, searched, filtered, counted."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Value
from django.db.models.functions import Lower

from cases.enums import Sort
from cases.querysets.text import read_question
from coalition.core.synonyms import Synonyms, load_synonyms
from coalition.core.text import fold

if TYPE_CHECKING:
    from cases.search import Selection

MOST_CITIES = 300
FACETS = ("stage", "domain", "country")


@dataclass(slots=True)
class Counts:
    """Figures around a list: all cases, those found, those found by stage, and what each facet's values would give."""

    total: int = 0
    found: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in FACETS})


class CatalogueQuerySet(models.QuerySet[Any]):
    synonyms: Synonyms | None = None

    def shown_in(self, language: str) -> "CatalogueQuerySet":
        """Each case once: in this language where it was written or translated, else in its own."""
        return self.filter(shown_in__contains=[language])

    def search(self, text: str, *, partly: bool = False) -> "CatalogueQuerySet":
        """Those whose title, summary or story answer these words, or a part of them; all of them for no words."""
        if not text.strip():
            return self.all()
        question = read_question(text, self._known_synonyms())
        query, rank = question.tsquery(partly=partly), question.rank()
        if query is None:
            return self.none()
        found = self.filter(search=query)
        return found if rank is None else found.annotate(rank=rank)

    def settled(self, selection: "Selection") -> "Selection":
        """The selection, asking for a part of its words only when nothing in the catalogue says all of them."""
        if not selection.q or selection.partly or not read_question(selection.q, self._known_synonyms()).divides:
            return selection
        return selection if self.search(selection.q).exists() else replace(selection, partly=True)

    def _known_synonyms(self) -> Synonyms:
        """Read once, by this queryset for all that are made from it. One query."""
        if self.synonyms is None:
            self.synonyms = load_synonyms()
        return self.synonyms

    def _clone(self) -> "CatalogueQuerySet":
        clone: CatalogueQuerySet = super()._clone()  # type: ignore[misc]
        clone.synonyms = self.synonyms
        return clone

    def with_stages(self, stages: "tuple[str, ...] | list[str]") -> "CatalogueQuerySet":
        return self.filter(stage__in=stages) if stages else self.all()

    def with_domains(self, domains: "tuple[str, ...] | list[str]") -> "CatalogueQuerySet":
        return self.filter(domain__in=domains) if domains else self.all()

    def with_countries(self, countries: "tuple[str, ...] | list[str]") -> "CatalogueQuerySet":
        return self.filter(country__in=countries) if countries else self.all()

    def in_city(self, city: str) -> "CatalogueQuerySet":
        return self.filter(folded_city=fold(city)) if city else self.all()

    def of_organisation(self, organisation_id: Any) -> "CatalogueQuerySet":
        return self.filter(organisation_id=organisation_id)

    def matching(self, selection: "Selection", besides: str = "") -> "CatalogueQuerySet":
        """Those a selection asks for; `besides` names one facet left open ("stage", "domain", "country")."""
        found = self.search(selection.q, partly=selection.partly).in_city(selection.city)
        if besides != "stage":
            found = found.with_stages(selection.stages)
        if besides != "domain":
            found = found.with_domains(selection.domains)
        if besides != "country":
            found = found.with_countries(selection.countries)
        return found

    def in_order(self, order: str) -> "CatalogueQuerySet":
        """Sorted; cities without a name come last; ties by number so that pages never overlap."""
        if order == Sort.TITLE:
            return self.order_by(Lower("folded_title"), "page_id")
        if order == Sort.CITY:
            return self.order_by(models.Case(models.When(folded_city="", then=1), default=0), "folded_city", "page_id")
        if order == Sort.RELEVANCE and "rank" in self.query.annotations:
            return self.order_by("-rank", "-updated_at", "-page_id")
        return self.order_by("-updated_at", "-page_id")

    def light(self) -> "CatalogueQuerySet":
        """Without the columns only the index needs."""
        return self.defer("search", "folded_title", "folded_summary", "folded_body")

    def _grouped(self, label: str, column: Any) -> models.QuerySet[Any]:
        plain = self.order_by().values(group=Value(label), key=column)
        return plain.annotate(n=Count("page_id")).values_list("group", "key", "n")

    def counts(self, selection: "Selection") -> Counts:
        """All figures of a list in one query. A facet counts what each value would give under the other filters."""
        found = self.matching(selection)
        parts = [self._grouped("total", Value("")), found._grouped("tally", F("stage"))]
        parts += [self.matching(selection, besides=name)._grouped(name, F(name)) for name in FACETS]
        counts = Counts()
        for group, key, n in parts[0].union(*parts[1:], all=True):
            if group == "total":
                counts.total = n
            elif group == "tally":
                counts.tally[key] = n
            else:
                counts.facets[group][key] = n
        counts.found = sum(counts.tally.values())
        return counts

    def how_many(self, selections: "list[Selection]") -> list[int]:
        """How many cases each selection would find, in one query."""
        parts = [self.matching(each)._grouped(str(rank), Value("")) for rank, each in enumerate(selections)]
        found = {group: n for group, _key, n in parts[0].union(*parts[1:], all=True)} if parts else {}
        return [found.get(str(rank), 0) for rank in range(len(selections))]

    def cities(self) -> models.QuerySet[Any]:
        """The cities of these cases: city, country, square, x, y, count; most cases first, at most 300."""
        named = self.exclude(folded_city="").order_by()
        grouped = named.values("folded_city", "country").annotate(
            count=Count("page_id"),
            name=models.Min("city"),
            place=models.Min("square"),
            east=models.Min("x"),
            south=models.Min("y"),
        )
        return grouped.order_by("-count", "folded_city")[:MOST_CITIES]
