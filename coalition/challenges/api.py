"""Read API: public challenges. Of responses, only the retained ones whose organisation agreed to be named."""

from typing import Any

from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError

from coalition.challenges.enums import Instrument, Phase, Sought
from coalition.challenges.models import Challenge, Response
from coalition.challenges.search import read_selection, unknown_parameters

PAGING = frozenset({"limit", "offset", "format"})


class ChallengeSerializer(serializers.ModelSerializer[Challenge]):
    """A public challenge. Texts are Markdown, in the language `language`; moments are in universal time."""

    organisation = serializers.CharField(source="organisation.slug")
    organisation_name = serializers.CharField(source="organisation.name")
    country = serializers.CharField(source="country.code")
    phase = serializers.ChoiceField(choices=Phase.choices)
    sought = serializers.ListField(child=serializers.ChoiceField(choices=Sought.choices))
    themes = serializers.ListField(child=serializers.CharField())
    coalition = serializers.IntegerField(source="coalition.number", default=None)
    retained = serializers.SerializerMethodField()
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Challenge
        fields = (
            "slug", "language", "title", "problem", "concerned", "brings", "sought", "themes", "instrument",
            "notice_url", "organisation", "organisation_name", "coalition", "country", "city", "phase", "published_at",
            "closes_at", "time_zone", "closed_at", "outcome", "retained", "url",
        )  # fmt: skip

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_retained(self, challenge: Any) -> list[str]:
        """Slugs of the retained organisations that agreed to be named, once it is concluded."""
        return [response.organisation.slug for response in challenge.named_responses]


def _public() -> Any:
    named = Response.objects.named().select_related("organisation")
    shown = Challenge.objects.public().with_phase(timezone.now()).select_related("organisation", "coalition")
    return shown.prefetch_related(Prefetch("responses", queryset=named, to_attr="named_responses")).defer("folded_text")


FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Words of the title or of the text, whatever accents."),
    OpenApiParameter("phase", OpenApiTypes.STR, enum=Phase.values, many=True),
    OpenApiParameter("theme", OpenApiTypes.STR, many=True, description="Key of an urban domain."),
    OpenApiParameter("sought", OpenApiTypes.STR, enum=Sought.values, many=True),
    OpenApiParameter("instrument", OpenApiTypes.STR, enum=Instrument.values, many=True),
    OpenApiParameter("country", OpenApiTypes.STR, many=True, description="ISO 3166 alpha-2 code."),
    OpenApiParameter("city", OpenApiTypes.STR, many=True, description="Country and city, as in TG:Lomé."),
]


@extend_schema(parameters=FILTERS)
class ChallengeList(generics.ListAPIView[Challenge]):
    """Public challenges, open ones first. Several values of one filter are alternatives; filters narrow each other."""

    serializer_class = ChallengeSerializer
    queryset = Challenge.objects.none()

    def get_queryset(self) -> Any:
        """Those the parameters ask for; 400 for a parameter or a value this list does not have."""
        params: Any = self.request.query_params
        strange = unknown_parameters(params, besides=PAGING)
        if strange:
            raise ValidationError({"unknown": strange})
        now = timezone.now()
        asked = Challenge.objects.answering(read_selection(params), now).order_by()
        return _public().filter(pk__in=asked.values("pk")).in_order(now)


class ChallengeDetail(generics.RetrieveAPIView[Challenge]):
    """One public challenge."""

    serializer_class = ChallengeSerializer
    queryset = Challenge.objects.none()
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """The public ones."""
        return _public()


urlpatterns = [
    path("challenges/", ChallengeList.as_view(), name="api_challenges"),
    path("challenges/<slug:slug>/", ChallengeDetail.as_view(), name="api_challenge"),
]
