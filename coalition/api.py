"""The public read API on one screen; each app brings its own endpoints."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, reverse
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView


@require_safe
def api_root(request: HttpRequest) -> HttpResponse:
    """Where to start: the OpenAPI description and the lists."""
    lists = (
        "cases", "reproductions", "charter", "amendments", "organisations", "cosponsors", "supporters", "glossary",
        "events", "challenges",
    )  # fmt: skip
    names = ("api_schema", *(f"api_{name}" for name in lists))
    return JsonResponse({name.removeprefix("api_"): request.build_absolute_uri(reverse(name)) for name in names})


urlpatterns = [
    path("api/v1/", api_root, name="api_root"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/", include("cases.api")),
    path("api/v1/", include("principles.api")),
    path("api/v1/", include("members.api")),
    path("api/v1/", include("coalition.glossary.api")),
    path("api/v1/", include("coalition.discussion.api")),
    path("api/v1/", include("coalition.pages.api")),
    path("api/v1/", include("coalition.challenges.api")),
]
