"""Read API: published cases, from the catalogue. What is not public is not there to be served."""

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from cases.enums import PARTS, SECTIONS, SQUARE, YES, Facet, RedoOutcome, Sort, Stage
from cases.models import CasePage, CatalogueEntry, Reproduction, Terms
from cases.models.lineage import reproductions_as_data
from cases.models.listing import vocabularies
from cases.models.words import fill_parts, rows_of, told_row
from cases.search import read_selection, unknown_parameters
from members.enums import Kind as OrganisationKind

PAGING = frozenset({"limit", "offset", "language", "format"})
LANGUAGES = [code for code, _label in settings.LANGUAGES]
COLUMNS = (
    "number", "language", "title", "summary", "kind", "stage", "domain", "organisation", "country", "city", "latitude",
    "longitude", "figure_value", "figure_label", "started_on", "ended_on", "ongoing", "priorities", "instruments",
    "layer", "responsibility", "scope", "cost_band", "connectivity", "principles", "languages", "translated_from",
    "has_indicators", "is_failed_or_stopped", "reproductions", "published_at", "updated_at",
    "checked_at", "stale", "archived", "url",
)  # fmt: skip

LANGUAGE = OpenApiParameter(
    "language", OpenApiTypes.STR, enum=LANGUAGES, description="Reader's language (fr): translations are preferred."
)
FILTERS = [
    LANGUAGE,
    OpenApiParameter("q", OpenApiTypes.STR, description="Words, accents optional; quotes, or, minus."),
    OpenApiParameter(Facet.STAGE, OpenApiTypes.STR, enum=Stage.values, many=True),
    OpenApiParameter(Facet.DOMAIN, OpenApiTypes.STR, many=True, description="Key of a domain of the codebook."),
    OpenApiParameter(Facet.COUNTRY, OpenApiTypes.STR, many=True, description="ISO 3166 alpha-2 code."),
    OpenApiParameter(Facet.PRIORITY, OpenApiTypes.STR, many=True, description="Key of a priority of the codebook."),
    OpenApiParameter(Facet.INSTRUMENT, OpenApiTypes.STR, many=True, description="Key of an instrument."),
    OpenApiParameter(Facet.ORGANISATION_KIND, OpenApiTypes.STR, enum=OrganisationKind.values, many=True),
    OpenApiParameter(Facet.COST_BAND, OpenApiTypes.STR, many=True, description="Key of a cost band."),
    OpenApiParameter(Facet.READ_IN, OpenApiTypes.STR, enum=LANGUAGES, many=True, description="Published in it."),
    OpenApiParameter(Facet.HAS_INDICATORS, OpenApiTypes.STR, enum=[YES], description="Those with measured figures."),
    OpenApiParameter(
        Facet.FAILED_OR_STOPPED, OpenApiTypes.STR, enum=[YES], description="Stopped, or telling a failure."
    ),
    OpenApiParameter(
        SQUARE,
        OpenApiTypes.STR,
        many=True,
        description="Square of the atlas or a part of it (C2, C2ab), outside, unplaced.",
    ),
    OpenApiParameter("city", OpenApiTypes.STR),
    OpenApiParameter("sort", OpenApiTypes.STR, enum=Sort.values),
]


class CaseSerializer(serializers.ModelSerializer[CatalogueEntry]):
    """A published case in a list."""

    organisation = serializers.SerializerMethodField()
    country = serializers.CharField(source="country.code", allow_null=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = CatalogueEntry
        fields = COLUMNS

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_organisation(self, entry: CatalogueEntry) -> dict[str, str]:
        """Name and slug."""
        return {"name": entry.organisation_name, "slug": entry.organisation_slug}

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, entry: CatalogueEntry) -> str:
        """The permanent address."""
        return settings.BASE_URL + entry.permanent_url


class ReproductionSerializer(serializers.Serializer[Any]):
    """One case that redoes another, both public."""

    original = serializers.IntegerField()
    original_url = serializers.CharField()
    redo = serializers.IntegerField()
    redo_url = serializers.CharField()
    outcome = serializers.ChoiceField(choices=RedoOutcome.choices)
    what_changed = serializers.CharField()
    what_came_out = serializers.CharField()
    language = serializers.CharField()
    linked_at = serializers.CharField()


class CaseDetailSerializer(CaseSerializer):
    """A published case, whole: its narrative in Markdown, what repeats as lists, its means and its source."""

    sections = serializers.SerializerMethodField()
    source: Any = serializers.SerializerMethodField()
    person_days = serializers.IntegerField(source="page.person_days", allow_null=True)
    licences = serializers.CharField(source="page.licences")
    parts = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    class Meta(CaseSerializer.Meta):
        fields: Any = (*COLUMNS, "person_days", "licences", "sections", "parts", "source", "links")

    @extend_schema_field(
        {
            "type": "object",
            "properties": {part: {"type": "array", "items": {"type": "object"}} for part in PARTS},
        }
    )
    def get_parts(self, entry: Any) -> dict[str, list[dict[str, Any]]]:
        """Partners, indicators, evidence, pictures and later news, in order; a picture by its address."""
        parts = {part: [told_row(row) for row in rows_of(entry.page, part)] for part in PARTS}
        for row in parts["pictures"]:
            row["url"] = settings.BASE_URL + reverse("case_picture", args=[row.pop("picture")])
        return parts

    @extend_schema_field(ReproductionSerializer(many=True))
    def get_links(self, entry: Any) -> list[dict[str, Any]]:
        """Public cases that redo this one, and those it redoes."""
        return reproductions_as_data(Reproduction.objects.shown().about(entry.number))

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_sections(self, entry: Any) -> dict[str, str]:
        """Markdown by section name; empty ones are left out."""
        return {name: text for name, _heading in SECTIONS if (text := getattr(entry.page, name))}

    @extend_schema_field({"type": "object"})
    def get_source(self, entry: Any) -> dict[str, str | None]:
        """Title, address, date and licence of the source."""
        page = entry.page
        day = page.source_date.isoformat() if page.source_date else None
        return {
            "title": page.source_title,
            "url": page.source_url,
            "date": day,
            "licence": page.source_licence,
            "website": page.website,
        }


def _language(request: Any) -> str:
    """The language asked for; the site's first when none is; ValidationError for one it does not have."""
    language = request.query_params.get("language", settings.LANGUAGE_CODE)
    if language not in LANGUAGES:
        raise ValidationError({"language": LANGUAGES})
    return str(language)


@extend_schema(parameters=FILTERS)
class CaseList(generics.ListAPIView[CatalogueEntry]):
    """Published cases, each once, in the language asked for where there is a text in it."""

    serializer_class = CaseSerializer
    queryset = CatalogueEntry.objects.none()

    def get_queryset(self) -> Any:
        """Those the parameters ask for; 400 for a parameter or a value this list does not have."""
        params: Any = self.request.query_params
        strange = unknown_parameters(params, terms=vocabularies(Terms.load()), besides=PAGING)
        if strange:
            raise ValidationError({"unknown": strange})
        return CatalogueEntry.objects.answer(read_selection(params), _language(self.request))


@extend_schema(parameters=[LANGUAGE])
class CaseDetail(generics.RetrieveAPIView[CatalogueEntry]):
    """One published case by its number."""

    serializer_class = CaseDetailSerializer
    queryset = CatalogueEntry.objects.none()

    def get_object(self) -> Any:
        """The text shown to readers of the language asked for."""
        shown = CatalogueEntry.objects.shown_in(_language(self.request)).light()
        entry = get_object_or_404(shown, number=self.kwargs["number"])
        entry.page = CasePage.objects.with_parts().get(pk=entry.page_id)
        fill_parts(entry.page)
        return entry


class ReproductionList(generics.ListAPIView[Reproduction]):
    """Links between public cases: which redoes which, what changed, what came out."""

    serializer_class = ReproductionSerializer
    queryset = Reproduction.objects.none()

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """In the order they were made; one page costs three queries."""
        page = self.paginate_queryset(Reproduction.objects.shown().order_by("linked_at", "pk")) or []
        return self.get_paginated_response(reproductions_as_data(page))
