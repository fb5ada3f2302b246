"""Read API: organisations and co-sponsors, public data only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from coalition.core.tables import csv_response
from members.enums import Commitment, DirectorySort, Kind, Resource, Side, Standing, WithdrawalTrace
from members.models import Cosponsorship, LocalAdoption, LocalChange, Organisation, Reservation, SignedVersion, Support
from members.models.progress import newest_first
from members.search import read_selection, unknown_parameters

PAGING = frozenset({"limit", "offset", "format"})
HEADER = (
    "organisation",
    "kind",
    "country",
    "city",
    "document",
    "version",
    "sha256",
    "commitments",
    "sentences",
    "statement",
    "reservations",
    "since",
)


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """A confirmed organisation as the public knows it."""

    summary = serializers.SerializerMethodField()
    country = serializers.CharField(source="country.code")
    standing = serializers.ChoiceField(choices=Standing.choices)
    cosponsor_since = serializers.DateTimeField(allow_null=True)
    cases = serializers.IntegerField(source="case_count", default=0)
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
            "offers",
            "seeks",
            "standing",
            "cosponsor_since",
            "cases",
            "fictional",
            "url",
        )

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_summary(self, organisation: Organisation) -> dict[str, str]:
        """The summary by language."""
        return {"fr": organisation.summary_fr, "en": organisation.summary_en}


class SignedVersionSerializer(serializers.ModelSerializer[SignedVersion]):
    """A version of the charter the act held: signed, confirmed, or confirmed with reservations, and when."""

    class Meta:
        model = SignedVersion
        fields = ("document_version", "document_sha256", "how", "bound_at")


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """What a co-sponsor does not take on of one article, and the version it was said of."""

    article = serializers.CharField(source="article_key")
    title = serializers.CharField(source="article_title")

    class Meta:
        model = Reservation
        fields = ("article", "title", "text", "document_version", "document_sha256", "made_at")


class CosponsorshipSerializer(serializers.ModelSerializer[Cosponsorship]):
    """An official co-sponsorship; the signatory only where that person made the name public."""

    organisation = serializers.CharField(source="organisation.slug")
    name = serializers.CharField(source="organisation.name")
    country = serializers.CharField(source="organisation.country.code")
    signatory = serializers.SerializerMethodField()
    sentences = serializers.DictField(child=serializers.CharField())
    reservations = ReservationSerializer(source="standing_reservations", many=True)
    versions = SignedVersionSerializer(source="signed_versions", many=True)
    since = serializers.DateTimeField(source="decided_at")

    class Meta:
        model = Cosponsorship
        fields = (
            "organisation",
            "name",
            "country",
            "commitments",
            "sentences",
            "statement",
            "reservations",
            "signatory",
            "document_title",
            "document_version",
            "document_sha256",
            "versions",
            "signed_at",
            "since",
        )

    @extend_schema_field({"type": "string", "nullable": True})
    def get_signatory(self, act: Cosponsorship) -> str | None:
        """The consented name, or nothing."""
        return act.signatory_name if act.name_is_public else None


FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Beginnings of words of the name, acronym or city."),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=Kind.values, many=True),
    OpenApiParameter("side", OpenApiTypes.STR, enum=Side.values, many=True),
    OpenApiParameter("country", OpenApiTypes.STR, many=True, description="ISO 3166 alpha-2 code."),
    OpenApiParameter("offers", OpenApiTypes.STR, enum=Resource.values, many=True),
    OpenApiParameter("seeks", OpenApiTypes.STR, enum=Resource.values, many=True),
    OpenApiParameter(
        "commitment", OpenApiTypes.STR, enum=Commitment.values, many=True, description="Of a public co-sponsorship."
    ),
    OpenApiParameter("standing", OpenApiTypes.STR, enum=Standing.values, many=True),
    OpenApiParameter(
        "square",
        OpenApiTypes.STR,
        many=True,
        description="Square of the atlas (C2), a part of it (C2a, C2ab, C2abd), outside or unplaced.",
    ),
    OpenApiParameter("sort", OpenApiTypes.STR, enum=DirectorySort.values),
]


@extend_schema(parameters=FILTERS)
class OrganisationList(generics.ListAPIView[Organisation]):
    """Confirmed organisations. Several values of one filter are alternatives; filters narrow each other."""

    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()

    def get_queryset(self) -> Any:
        """Those the parameters ask for; 400 for a parameter or a value this list does not have."""
        params: Any = self.request.query_params
        strange = unknown_parameters(params, besides=PAGING)
        if strange:
            raise ValidationError({"unknown": strange})
        selection = read_selection(params)
        found = Organisation.objects.answering(selection).with_standing().in_order(selection.order)
        return found.defer("search", "folded_text")


class OrganisationDetail(generics.RetrieveAPIView[Organisation]):
    """One confirmed organisation."""

    serializer_class = OrganisationSerializer
    queryset = Organisation.objects.none()
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """The confirmed ones, with their standing."""
        return Organisation.objects.confirmed().with_standing()

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The organisation; the address of one that was united with another leads there for good."""
        kept = Organisation.objects.confirmed().filter(merged__slug=kwargs["slug"]).first()
        if kept is None:
            return super().get(request, *args, **kwargs)
        return Response(status=301, headers={"Location": reverse("api_organisation", args=[kept.slug])})


class CosponsorList(generics.ListAPIView[Cosponsorship]):
    """Official co-sponsors, oldest first."""

    serializer_class = CosponsorshipSerializer
    queryset = (
        Cosponsorship.objects.official()
        .select_related("organisation")
        .prefetch_related("signed_versions", "reservations")
    )


class WithdrawalSerializer(serializers.ModelSerializer[Cosponsorship]):
    """A co-sponsor that withdrew; the reason only where the coalition publishes it."""

    organisation = serializers.CharField(source="organisation.slug")
    name = serializers.CharField(source="organisation.name")
    country = serializers.CharField(source="organisation.country.code")
    since = serializers.DateTimeField(source="decided_at")
    reason = serializers.SerializerMethodField()

    class Meta:
        model = Cosponsorship
        fields = ("organisation", "name", "country", "since", "withdrawn_at", "reason")

    @extend_schema_field({"type": "string", "nullable": True})
    def get_reason(self, act: Cosponsorship) -> str | None:
        """The reason given, or nothing."""
        return act.withdrawal_reason if act.coalition.withdrawal_trace == WithdrawalTrace.FULL else None


class WithdrawalsSerializer(serializers.Serializer[Any]):
    """How many withdrew, and those the coalition names."""

    count = serializers.IntegerField()
    results = WithdrawalSerializer(many=True)


class Withdrawals(APIView):
    """Co-sponsors that withdrew, as far as each coalition keeps a public trace of it."""

    @extend_schema(responses=WithdrawalsSerializer)
    def get(self, request: Any) -> Response:
        """All are counted; those of a coalition that publishes names are listed, latest first."""
        left = Cosponsorship.objects.left()
        named = left.of_confirmed().exclude(coalition__withdrawal_trace=WithdrawalTrace.COUNT)
        shown = named.select_related("organisation", "coalition")
        return Response(WithdrawalsSerializer({"count": left.count(), "results": shown}).data)


class SupporterSerializer(serializers.ModelSerializer[Support]):
    """An organisation that supports the coalition, or a person who agreed to be named."""

    name = serializers.SerializerMethodField()
    organisation = serializers.CharField(source="organisation.slug", default=None)
    country = serializers.CharField(source="organisation.country.code", default=None)
    city = serializers.SerializerMethodField()
    since = serializers.DateTimeField(source="confirmed_at")

    class Meta:
        model = Support
        fields = ("kind", "name", "organisation", "country", "city", "message", "since")

    def get_name(self, support: Support) -> str:
        """The organisation's, or the consented one."""
        return support.organisation.name if support.organisation else support.name

    def get_city(self, support: Support) -> str:
        """The organisation's, or the one the person gave."""
        return support.organisation.city if support.organisation else support.city


class SupporterList(generics.ListAPIView[Support]):
    """Supporters by name, oldest first; persons who did not agree to be named are not here."""

    serializer_class = SupporterSerializer
    queryset = Support.objects.listed().select_related("organisation")


class HeldVersionSerializer(serializers.Serializer[Any]):
    """A version of the charter and how many co-sponsors hold it today."""

    document_version = serializers.CharField()
    document_sha256 = serializers.CharField()
    count = serializers.IntegerField()


class HeldVersions(generics.ListAPIView[Any]):
    """Official co-sponsors counted by the version of the charter each holds, newest version first."""

    serializer_class = HeldVersionSerializer
    pagination_class = None
    queryset = Cosponsorship.objects.none()

    def get_queryset(self) -> Any:
        """One row a version that somebody holds."""
        return newest_first(Cosponsorship.objects.by_version())


class LocalChangeSerializer(serializers.ModelSerializer[LocalChange]):
    """What a local text does to one article; `article` is empty for what it adds."""

    article = serializers.CharField(source="article_key")
    title = serializers.CharField(source="article_title")

    class Meta:
        model = LocalChange
        fields = ("article", "title", "kind", "text")


class LocalAdoptionSerializer(serializers.ModelSerializer[LocalAdoption]):
    """The charter as an organisation adopted it by a decision of its own."""

    organisation = serializers.CharField(source="organisation.slug")
    name = serializers.CharField(source="organisation.name")
    country = serializers.CharField(source="organisation.country.code")
    changes = LocalChangeSerializer(many=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = LocalAdoption
        fields = (
            "organisation",
            "name",
            "country",
            "document_title",
            "document_version",
            "document_sha256",
            "adopted_on",
            "decision_reference",
            "decision_url",
            "note",
            "changes",
            "url",
        )

    def get_url(self, adoption: LocalAdoption) -> str:
        """The page of the adoption."""
        return reverse("adoption", args=[adoption.pk])


class LocalAdoptionList(generics.ListAPIView[LocalAdoption]):
    """Standing local adoptions of the charter, latest first."""

    serializer_class = LocalAdoptionSerializer
    queryset = LocalAdoption.objects.published().select_related("organisation").prefetch_related("changes")


class LocalAdoptionDetail(generics.RetrieveAPIView[LocalAdoption]):
    """One standing local adoption."""

    serializer_class = LocalAdoptionSerializer
    queryset = LocalAdoptionList.queryset


@require_safe
def cosponsors_csv(request: HttpRequest) -> HttpResponse:
    """The public list of co-sponsors as a table."""
    acts = Cosponsorship.objects.official().select_related("organisation").prefetch_related("reservations")
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
            "\n".join(f"{value}: {act.sentences[value]}" for value in act.commitments if value in act.sentences),
            act.statement,
            "\n".join(f"{one.article_key}: {one.text}" for one in act.standing_reservations),
            act.decided_at.date().isoformat() if act.decided_at else "",
        )
        for act in acts
    )
    return csv_response("co-porteurs.csv", HEADER, rows)


@require_safe
def supporters_csv(request: HttpRequest) -> HttpResponse:
    """The public list of supporters as a table."""
    rows = (
        (
            support.kind,
            support.organisation.name if support.organisation else support.name,
            support.organisation.country.code if support.organisation else "",
            support.organisation.city if support.organisation else support.city,
            support.message,
            support.confirmed_at.date().isoformat() if support.confirmed_at else "",
        )
        for support in Support.objects.listed().select_related("organisation")
    )
    return csv_response("soutiens.csv", ("kind", "name", "country", "city", "message", "since"), rows)


urlpatterns = [
    path("organisations/", OrganisationList.as_view(), name="api_organisations"),
    path("organisations/<slug:slug>/", OrganisationDetail.as_view(), name="api_organisation"),
    path("cosponsors/", CosponsorList.as_view(), name="api_cosponsors"),
    path("cosponsors/withdrawals/", Withdrawals.as_view(), name="api_cosponsors_withdrawals"),
    path("cosponsors/versions/", HeldVersions.as_view(), name="api_cosponsors_versions"),
    path("adoptions/", LocalAdoptionList.as_view(), name="api_adoptions"),
    path("adoptions/<int:pk>/", LocalAdoptionDetail.as_view(), name="api_adoption"),
    path("cosponsors.csv", cosponsors_csv, name="api_cosponsors_csv"),
    path("supporters/", SupporterList.as_view(), name="api_supporters"),
    path("supporters.csv", supporters_csv, name="api_supporters_csv"),
]
