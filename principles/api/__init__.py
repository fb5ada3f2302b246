"""Read API of the charter: versions with their canonical form, amendments once proposed. No draft is reachable here."""

from django.urls import path

from principles.api import reading, tracing

urlpatterns = [
    path("charter/", reading.CurrentCharter.as_view(), name="api_charter"),
    path("charter/versions/", reading.Versions.as_view(), name="api_charter_versions"),
    path("charter/versions/<int:number>/", reading.OneVersion.as_view(), name="api_charter_version"),
    path("charter/amendments/", reading.Amendments.as_view(), name="api_amendments"),
    path("charter/amendments/<int:number>/", reading.OneAmendment.as_view(), name="api_amendment"),
    path("charter/versions/<int:number>/origins/", tracing.Origins.as_view(), name="api_charter_origins"),
    path(
        "charter/versions/<int:number>/origins/<slug:key>/",
        tracing.ArticleOrigins.as_view(),
        name="api_charter_article_origins",
    ),
    path("charter/versions/<int:old>/compare/<int:new>/", tracing.Comparison.as_view(), name="api_charter_compare"),
    path("charter/timeline/", tracing.Timeline.as_view(), name="api_charter_timeline"),
]
