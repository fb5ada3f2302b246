"""Read API of events: what the public reads, under the same filters as the page."""

from typing import Any

from django.conf import settings
from django.urls import path
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers

from coalition.pages.models import Event
from coalition.pages.search import FACETS, find_events, read_event_selection, read_in_order

FILTERS = [
    OpenApiParameter(facet, OpenApiTypes.STR, many=True, description="May be repeated: any of the values.")
    for facet in FACETS
]


class EventSerializer(serializers.ModelSerializer[Event]):
    """A published or cancelled event. Moments are in universal time; `time_zone` is the one it is told in."""

    kind = serializers.CharField()
    state = serializers.CharField()
    language = serializers.CharField()
    country = serializers.CharField(source="country.code", allow_null=True)
    spoken = serializers.ListField(child=serializers.CharField())
    organisation = serializers.SerializerMethodField()
    coalition = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields: tuple[str, ...] = (
            "slug", "title", "summary", "description", "kind", "state", "language", "starts_at", "ends_at",
            "time_zone", "venue", "street", "city", "geoname_id", "country", "online_url", "spoken", "access",
            "audience", "registration", "registration_url", "organisation", "coalition", "cancel_reason",
            "cancelled_at", "report", "reported_at", "published_at", "changed_at", "sequence", "url",
        )  # fmt: skip

    @extend_schema_field(OpenApiTypes.STR)
    def get_organisation(self, event: Event) -> str | None:
        """The slug of the organisation that holds it."""
        return event.organisation.slug if event.organisation else None

    @extend_schema_field(OpenApiTypes.INT)
    def get_coalition(self, event: Event) -> int | None:
        """The number of the coalition that holds it."""
        return event.coalition.number if event.coalition else None

    def get_url(self, event: Event) -> str:
        """Its page."""
        return f"{settings.BASE_URL}{event.get_absolute_url()}"


class ReadOnly(generics.GenericAPIView[Any]):
    """GET, HEAD and OPTIONS only."""

    http_method_names = ("get", "head", "options")
    serializer_class = EventSerializer
    queryset = Event.objects.none()


@extend_schema(summary="Events, those to come first", parameters=FILTERS)
class Events(ReadOnly, generics.ListAPIView[Event]):
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page of those that answer the filters; two queries."""
        found: Any = find_events(read_event_selection(request.GET), timezone.now()).keys
        keys = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(read_in_order(list(keys or [])), many=True).data)


@extend_schema(summary="One event")
class OneEvent(ReadOnly, generics.RetrieveAPIView[Event]):
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """What the public may read."""
        return Event.objects.public().whole()


urlpatterns = [
    path("events/", Events.as_view(), name="api_events"),
    path("events/<slug:slug>/", OneEvent.as_view(), name="api_event"),
]
