"""Where each sentence of the charter comes from, what changed between two versions, and when: read by programs."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from principles.api.reading import ReadOnly
from principles.history.causes import Cause, causes_of, numbers_in, places_of
from principles.history.compare import compare_articles
from principles.history.origins import origins_in
from principles.history.timeline import Moment, moments_of, moments_told_by
from principles.merge import diff_words
from principles.models import Charter, Version


class CauseSerializer(serializers.Serializer[Any]):
    """A version and what made it; `amendment` is null for one the organising team published."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()
    who = serializers.CharField()
    amendment = serializers.IntegerField(allow_null=True)
    amendment_title = serializers.CharField()
    amendment_url = serializers.SerializerMethodField()
    amendment_motive = serializers.CharField()
    decision_motive = serializers.CharField(source="motive")
    decided_by = serializers.CharField()
    positions = serializers.SerializerMethodField()

    def get_url(self, cause: Cause) -> str:
        return f"{settings.BASE_URL}{cause.url}"

    def get_amendment_url(self, cause: Cause) -> str:
        return f"{settings.BASE_URL}{cause.amendment_url}" if cause.amendment_url else ""

    def get_positions(self, cause: Cause) -> list[dict[str, str]]:
        return [{"who": one.who, "stance": str(one.stance), "reason": one.reason} for one in cause.voices]


class SentenceSerializer(serializers.Serializer[Any]):
    """A sentence: `made` is the version that gave it its words, `earlier` those of what it was written from."""

    place = serializers.CharField()
    text = serializers.CharField()
    made = serializers.IntegerField()
    earlier = serializers.ListField(child=serializers.IntegerField())


class OriginsSerializer(serializers.Serializer[Any]):
    """The sentences of a version in one language, and the versions they come from."""

    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    language = serializers.CharField()
    sentences = SentenceSerializer(many=True)
    versions = CauseSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """An article in two versions: state is same, changed, added or removed; `operations` are [kind, text] pairs."""

    key = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)
    moved = serializers.BooleanField()
    renamed = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    operations = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class ComparisonSerializer(serializers.Serializer[Any]):
    """Two versions of the charter in one language."""

    before = serializers.IntegerField()
    after = serializers.IntegerField()
    language = serializers.CharField()
    preamble = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    articles = ChangeSerializer(many=True)


class MomentSerializer(serializers.Serializer[Any]):
    """Something that happened to the charter, or is to happen."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    url = serializers.SerializerMethodField()

    def get_url(self, moment: Moment) -> str:
        return f"{settings.BASE_URL}{moment.url}" if moment.url else ""


LANGUAGE = OpenApiParameter("language", str, enum=["fr", "en"], description="fr unless told otherwise")


def _language(request: Any) -> str:
    asked = request.query_params.get("language", "fr")
    return asked if asked in ("fr", "en") else "fr"


def _public_version(number: int) -> Version:
    versions = Charter.objects.main_or_404().versions.select_related("charter")
    version: Version = get_object_or_404(versions, number=number)
    return version


class ReadOrigins(ReadOnly):
    """Where the sentences of some texts of a version come from."""

    serializer_class = OriginsSerializer
    queryset = Version.objects.none()

    def answer(self, request: Any, version: Version, keys: list[str]) -> Response:
        language = _language(request)
        traced = origins_in(version, language)
        found = [(place, one) for key in keys for place in places_of(key) for one in traced.get(place, ())]
        causes = causes_of(Version.objects.chain_until(version))
        data = {
            "version": version.number,
            "sha256": version.sha256,
            "language": language,
            "sentences": [
                {"place": place, "text": one.text, "made": one.origin.made, "earlier": list(one.origin.earlier)}
                for place, one in found
            ],
            "versions": [causes[number] for number in numbers_in([[one for _place, one in found]])],
        }
        return Response(OriginsSerializer(data).data)


class Origins(ReadOrigins):
    @extend_schema(
        summary="Where each sentence of a version comes from", parameters=[LANGUAGE], operation_id="charter_origins"
    )
    def get(self, request: Any, number: int) -> Response:
        version = _public_version(number)
        return self.answer(request, version, ["", *version.articles.values_list("key", flat=True)])


class ArticleOrigins(ReadOrigins):
    @extend_schema(
        summary="Where each sentence of one article comes from (`preambule` for the preamble)",
        parameters=[LANGUAGE],
        operation_id="charter_article_origins",
    )
    def get(self, request: Any, number: int, key: str) -> Response:
        version = _public_version(number)
        if key != "preambule" and not version.articles.filter(key=key).exists():
            raise Http404
        return self.answer(request, version, ["" if key == "preambule" else key])


@extend_schema(summary="Two versions compared, article by article", parameters=[LANGUAGE])
class Comparison(ReadOnly):
    serializer_class = ComparisonSerializer
    queryset = Version.objects.none()

    def get(self, request: Any, old: int, new: int) -> Response:
        language = _language(request)
        before, after = _public_version(old), _public_version(new)
        name = f"preamble_{language}"
        data = {
            "before": old,
            "after": new,
            "language": language,
            "preamble": diff_words(getattr(before, name), getattr(after, name)),
            "articles": compare_articles(list(before.articles.all()), list(after.articles.all()), language),
        }
        return Response(ComparisonSerializer(data).data)


@extend_schema(summary="What happened to the charter, latest first")
class Timeline(ReadOnly, generics.ListAPIView[Any]):
    serializer_class = MomentSerializer
    queryset = Version.objects.none()

    def get_queryset(self) -> Any:
        found = Charter.objects.main_or_404()
        return moments_of(found, moments_told_by(found))
