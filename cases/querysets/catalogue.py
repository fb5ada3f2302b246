"""Reading the catalogue: what is shown in a language, searched, filtered, counted.

Lists are answered by `answer`, from an index in memory (`answers.py`). `matching` says the same in SQL, for those who
join a question with other conditions; tests hold the two to one another.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import connections, models
from django.db.models import Count, Q
from django.db.models.functions import Concat

from cases.enums import SQUARE, Facet
from cases.querysets.answers import Answer
from cases.querysets.text import text_query
from coalition.core.geo import UNPLACED
from coalition.core.synonyms import load_synonyms
from coalition.core.text import fold

if TYPE_CHECKING:
    from cases.search import Selection

MOST_CITIES = 300
LOT = 500
COLUMNS: dict[str, str] = {
    Facet.STAGE: "stage__in",
    Facet.DOMAIN: "domain__in",
    Facet.COUNTRY: "country__in",
    Facet.PRIORITY: "priorities__overlap",
    Facet.INSTRUMENT: "instruments__overlap",
    Facet.ORGANISATION_KIND: "organisation_kind__in",
    Facet.COST_BAND: "cost_band__in",
    Facet.READ_IN: "languages__overlap",
}
"""The condition that each facet with values of its own puts on a row."""
HEAVY = ("folded_title", "folded_summary", "folded_body")


def _asks(name: str, values: tuple[str, ...]) -> Q:
    """The condition of one facet: any of its values will do."""
    if name in COLUMNS:
        return Q(**{COLUMNS[name]: list(values)})
    if name != SQUARE:
        return Q(has_indicators=True) if name == Facet.HAS_INDICATORS else Q(is_failed_or_stopped=True)
    either = Q(pk__in=[])
    for value in values:
        either |= Q(cell="") if value == UNPLACED else Q(cell__startswith=value)
    return either


class CatalogueQuerySet(models.QuerySet[Any]):
    def shown_in(self, language: str) -> "CatalogueQuerySet":
        """Each case once: in this language where it was written or translated, else in its own."""
        return self.filter(shown_in__contains=[language])

    def answer(self, selection: "Selection", language: str) -> Answer:
        """What the catalogue answers to a selection, for readers of a language. One query, three or four with words."""
        return Answer(self, selection, language)

    def search(self, text: str) -> "CatalogueQuerySet":
        """Those whose title, summary or narrative answer these words; all of them for no words."""
        if not text.strip():
            return self.all()
        query = text_query(text, load_synonyms())
        if query is None:
            return self.none()
        return self.filter(words__words=query)

    def in_city(self, city: str) -> "CatalogueQuerySet":
        return self.filter(folded_city=fold(city)) if city else self.all()

    def of_organisation(self, organisation_id: Any) -> "CatalogueQuerySet":
        return self.filter(organisation_id=organisation_id)

    def matching(self, selection: "Selection", besides: str = "") -> "CatalogueQuerySet":
        """Those a selection asks for; `besides` names one facet left open."""
        found = self.search(selection.q).in_city(selection.city)
        for name, values in selection.facets:
            if name != besides:
                found = found.filter(_asks(name, values))
        return found

    def light(self) -> "CatalogueQuerySet":
        """Without the columns only the search needs."""
        return self.defer(*HEAVY)

    def in_this_order(self, numbers: list[int]) -> Iterator[Any]:
        """The rows of these numbers, in their order, LOT at a time. One query; rows gone meanwhile are left out."""
        fields = [field for field in self.model._meta.concrete_fields if field.name not in HEAVY]
        names = [field.attname for field in fields]
        columns = ", ".join(f'entry."{field.column}"' for field in fields)
        with connections[self.db].chunked_cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked(number, rank) "  # noqa: S608
                f'JOIN "{self.model._meta.db_table}" AS entry ON entry.page_id = asked.number ORDER BY asked.rank',
                [numbers],
            )
            while rows := cursor.fetchmany(LOT):
                yield from (self.model.from_db(self.db, names, row) for row in rows)

    def cities(self) -> models.QuerySet[Any]:
        """The cities of these cases: name, number, country, square, x, y, count; most cases first, at most 300.

        Each row also says how many there are in all: `all_cases`, those of a whole country too, and `all_cities`.
        """
        named = self.exclude(folded_city="").order_by()
        grouped = named.values("folded_city", "country").annotate(
            count=Count("page_id"),
            name=models.Min("city"),
            geoname_id=models.Min("geoname_id"),
            place=models.Min("square"),
            east=models.Min("x"),
            south=models.Min("y"),
            all_cases=_alone(self, "COUNT(%(expressions)s)", "page_id"),
            all_cities=_alone(named, "COUNT(DISTINCT %(expressions)s)", Concat("country", "folded_city")),
        )
        return grouped.order_by("-count", "folded_city")[:MOST_CITIES]


def _alone(found: models.QuerySet[Any], counted: str, what: Any) -> models.Subquery:
    """A count over all that was found, computed once beside the groups of another query."""
    number = models.Func(what, template=counted, output_field=models.IntegerField())
    return models.Subquery(found.order_by().annotate(in_all=number).values("in_all"))
