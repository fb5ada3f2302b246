"""Read API: organisations and co-sponsors, public data only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers

from coalition.core.tables import csv_response
from members.enums import Kind
from members.models import Cosponsorship, Organisation

HEADER = (
    "organisation",
    "kind",
    "country",
    "city",
    "document",
    "version",
    "sha256",
    "commitments",
    "statement",
    "since",
)


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """A confirmed organisation as the public knows it."""

    summary = serializers.SerializerMethodField()
    country = serializers.CharField(source="country.code")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Organisation
        fields = (
            "slug",
            "name",
            "acronym",
            "kind",
            "side",
            "country",
            "city",
            "latitude",
            "longitude",
            "website",
            "summary",
            "fictional",
            "url",
        )

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_summary(self, organisation: Organisation) -> dict[str, str]:
        """The summary by language."""
        return {"fr": organisation.summary_fr, "en": organisation.summary_en}


class CosponsorshipSerializer(serializers.ModelSerializer[Cosponsorship]):
    """An official co-sponsorship; the signatory only where that person made the name public."""

    organisation = serializers.CharField(source="organisation.slug")
    name = serializers.CharField(source="organisation.name")
    country = serializers.CharField(source="organisation.country.code")
    signatory = serializers.SerializerMethodField()
    since = serializers.DateTimeField(source="decided_at")

    class Meta:
        model = Cosponsorship
        fields = (
            "organisation",
            "name",
            "country",
            "commitments",
            "statement",
            "signatory",
            "document_title",
            "document_version",
            "document_sha256",
            "signed_at",
            "since",
        )

    @extend_schema_field({"type": "string", "nullable": True})
    def get_signatory(self, act: Cosponsorship) -> str | None:
        """The consented name, or nothing."""
        return act.signatory_name if act.name_is_public else None


@extend_schema(
    parameters=[
        OpenApiParameter("q", OpenApiTypes.STR, description="Words of the name, acronym or city."),
        OpenApiParameter("kind", OpenApiTypes.STR, enum=Kind.values),
        OpenApiParameter("country", OpenApiTypes.STR, description="ISO 3166 alpha-2 code."),
    ]
)
class OrganisationList(generics.ListAPIView[Organisation]):
    """Confirmed organisations, by name."""

    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.confirmed()

    def get_queryset(self) -> Any:
        """Narrowed by `q`, `kind` and `country`; unknown values find nothing."""
        asked: Any = self.request.query_params
        found: Any = Organisation.objects.confirmed().order_by("folded_name", "pk")
        if asked.get("q"):
            found = found.matching(asked["q"][:200])
        for name in ("kind", "country"):
            if asked.get(name):
                found = found.filter(**{name: asked[name][:20]})
        return found


class OrganisationDetail(generics.RetrieveAPIView[Organisation]):
    """One confirmed organisation."""

    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.confirmed()
    lookup_field = "slug"


class CosponsorList(generics.ListAPIView[Cosponsorship]):
    """Official co-sponsors, oldest first."""

    serializer_class = CosponsorshipSerializer
    queryset = Cosponsorship.objects.official().select_related("organisation")


@require_safe
def cosponsors_csv(request: HttpRequest) -> HttpResponse:
    """The public list of co-sponsors as a table."""
    acts = Cosponsorship.objects.official().select_related("organisation")
    rows = (
        (
            act.organisation.name,
            act.organisation.kind,
            act.organisation.country.code,
            act.organisation.city,
            act.document_title,
            act.document_version,
            act.document_sha256,
            " ".join(act.commitments),
            act.statement,
            act.decided_at.date().isoformat() if act.decided_at else "",
        )
        for act in acts
    )
    return csv_response("co-porteurs.csv", HEADER, rows)


urlpatterns = [
    path("organisations/", OrganisationList.as_view(), name="api_organisations"),
    path("organisations/<slug:slug>/", OrganisationDetail.as_view(), name="api_organisation"),
    path("cosponsors/", CosponsorList.as_view(), name="api_cosponsors"),
    path("cosponsors.csv", cosponsors_csv, name="api_cosponsors_csv"),
]
