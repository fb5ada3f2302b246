"""The directory to take away: table, map and feed, under the same filters."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _, override
from django.views.decorators.http import require_safe

from coalition.core.tables import csv_response
from coalition.core.templatetags.bilingual import tr
from coalition.core.templatetags.places import city_name
from members.models import Organisation
from members.search import Selection, read_selection

FEED_LENGTH = 50
HEADER = (
    "slug", "name", "acronym", "kind", "side", "country", "city", "latitude", "longitude", "website", "offers", "seeks",
    "standing", "cosponsor_since", "cases", "listed_since", "fictional", "url",
)  # fmt: skip


def _found(request: HttpRequest) -> Iterator[Any]:
    """The organisations the address asks for, in its order, a few at a time."""
    selection = read_selection(request.GET)
    found = Organisation.objects.answering(selection).with_standing().in_order(selection.order)
    return found.defer("search", "folded_text").iterator(chunk_size=500)


def _url(organisation: Any) -> str:
    return f"{settings.BASE_URL}{organisation.get_absolute_url()}"


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _line(organisation: Any) -> list[Any]:
    return [
        organisation.slug,
        organisation.name,
        organisation.acronym,
        organisation.kind,
        organisation.side,
        organisation.country.code,
        organisation.city,
        organisation.latitude,
        organisation.longitude,
        organisation.website,
        " ".join(organisation.offers),
        " ".join(organisation.seeks),
        organisation.standing,
        _day(organisation.cosponsor_since),
        getattr(organisation, "case_count", 0),
        _day(organisation.decided_at),
        "1" if organisation.fictional else "0",
        _url(organisation),
    ]


@require_safe
def organisation_csv(request: HttpRequest) -> HttpResponse:
    """The organisations found, as a table."""
    return csv_response("organisations.csv", HEADER, (_line(organisation) for organisation in _found(request)))


@require_safe
def organisation_geojson(request: HttpRequest) -> HttpResponse:
    """The organisations found that have a place, as points (RFC 7946: longitude first)."""
    placed = (each for each in _found(request) if each.latitude is not None and each.longitude is not None)
    collection = {"type": "FeatureCollection", "features": [_feature(each) for each in placed]}
    return JsonResponse(collection, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


def _feature(organisation: Any) -> dict[str, Any]:
    names = ("slug", "name", "acronym", "kind", "side", "offers", "seeks", "standing", "website", "fictional")
    properties = {name: getattr(organisation, name) for name in names}
    properties["city"] = city_name(organisation)
    properties["country"] = organisation.country.code
    properties["cases"] = getattr(organisation, "case_count", 0)
    properties["url"] = _url(organisation)
    point = {"type": "Point", "coordinates": [organisation.longitude, organisation.latitude]}
    return {"type": "Feature", "id": organisation.slug, "geometry": point, "properties": properties}


class OrganisationFeed(Feed):
    """The organisations an address asks for, latest arrival first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Selection:
        return read_selection(request.GET)

    def title(self, _selection: Selection) -> str:
        return _("Les organisations")

    def subtitle(self, _selection: Selection) -> str:
        return _("Celles qui viennent de rejoindre l’annuaire.")

    def link(self, selection: Selection) -> str:
        return reverse("organisations") + selection.query()

    def feed_url(self, selection: Selection) -> str:
        return reverse("organisation_feed") + selection.query()

    def items(self, selection: Selection) -> Any:
        return Organisation.objects.answering(selection).order_by("-decided_at", "-pk")[:FEED_LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.name)

    def item_description(self, item: Any) -> str:
        place = ", ".join(part for part in (city_name(item), str(item.country.name)) if part)
        return str(tr(item, "summary") or f"{item.get_kind_display()}, {place}")

    def item_link(self, item: Any) -> str:
        return str(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """The same in every language, so that a reader of both feeds meets each organisation once."""
        with override(settings.LANGUAGE_CODE):
            return _url(item)

    def item_pubdate(self, item: Any) -> datetime:
        return item.decided_at or item.created_at

    def item_updateddate(self, item: Any) -> datetime:
        return self.item_pubdate(item)


organisation_feed = require_safe(OrganisationFeed())
