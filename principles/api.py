"""Read API of the charter: versions with their canonical form, amendments once proposed. No draft is reachable here."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.response import Response

from principles.history.causes import Cause, causes_of, numbers_in, places_of
from principles.history.compare import compare_articles
from principles.history.origins import origins_in
from principles.history.timeline import Moment, moments_of, moments_told_by
from principles.merge import diff_words
from principles.models import Amendment, Charter, Decision, MinorityOpinion, Position, Version, VersionArticle


@extend_schema_field(serializers.DictField(child=serializers.CharField()))
class Bilingual(serializers.Field):
    """A text kept in two columns, as one object: {"fr": ..., "en": ...}."""

    def __init__(self, name: str) -> None:
        super().__init__(source="*", read_only=True)
        self.name = name

    def to_representation(self, value: Any) -> dict[str, str]:
        return {language: getattr(value, f"{self.name}_{language}") for language in ("fr", "en")}


class ArticleSerializer(serializers.ModelSerializer[VersionArticle]):
    title = Bilingual("title")
    text = Bilingual("text")

    class Meta:
        model = VersionArticle
        fields: tuple[str, ...] = ("key", "position", "title", "text")


class VersionSummarySerializer(serializers.ModelSerializer[Version]):
    """A version by its number, its hash and the hash of the one before."""

    previous_sha256 = serializers.CharField(source="previous.sha256", default=None, allow_null=True, read_only=True)
    title = Bilingual("title")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields: tuple[str, ...] = ("number", "sha256", "previous_sha256", "adopted_at", "title", "url")

    def get_url(self, version: Version) -> str:
        return f"{settings.BASE_URL}{version.get_absolute_url()}"


class VersionSerializer(VersionSummarySerializer):
    """A version whole: `canonical` is the text whose UTF-8 bytes have `sha256`."""

    charter = serializers.SlugRelatedField[Charter](slug_field="slug", read_only=True)
    authentic_language = serializers.CharField(source="charter.authentic_language", read_only=True)
    preamble = Bilingual("preamble")
    articles = ArticleSerializer(many=True, read_only=True)

    class Meta(VersionSummarySerializer.Meta):
        fields: tuple[str, ...] = (
            *VersionSummarySerializer.Meta.fields, "charter", "authentic_language", "preamble", "articles", "canonical"
        )  # fmt: skip


class MinoritySerializer(serializers.ModelSerializer[MinorityOpinion]):
    class Meta:
        model = MinorityOpinion
        fields: tuple[str, ...] = ("organisation_name", "choice", "reason", "before_revision")


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    decided_by = serializers.CharField(source="decided_by.name", read_only=True)
    version = serializers.IntegerField(source="version.number", default=None, allow_null=True, read_only=True)
    minority = MinoritySerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = (
            "outcome", "motive", "decided_by", "decided_at", "version", "departs", "standing", "minority"
        )  # fmt: skip


class PositionSerializer(serializers.ModelSerializer[Position]):
    """What one organisation says; `before_revision` when the amendment was reworded since."""

    organisation = serializers.CharField(source="organisation.name", read_only=True)
    before_revision = serializers.SerializerMethodField()

    class Meta:
        model = Position
        fields: tuple[str, ...] = ("organisation", "choice", "reason", "given_at", "before_revision")

    def get_before_revision(self, position: Position) -> bool:
        return position.wording < position.amendment.reworded


class AmendmentSummarySerializer(serializers.ModelSerializer[Amendment]):
    """An amendment by what identifies it."""

    article = serializers.CharField(source="article_key", read_only=True)
    base_version = serializers.IntegerField(source="base_version.number", read_only=True)
    organisation = serializers.CharField(source="organisation.name", default=None, allow_null=True, read_only=True)
    author = serializers.CharField(source="author.name", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Amendment
        fields: tuple[str, ...] = (
            "number",
            "title",
            "state",
            "kind",
            "article",
            "base_version",
            "organisation",
            "author",
            "opened_at",
            "url",
        )

    def get_url(self, amendment: Amendment) -> str:
        return f"{settings.BASE_URL}{amendment.get_absolute_url()}"


class AmendmentSerializer(AmendmentSummarySerializer):
    """An amendment whole, with its positions and its decision. A leg of `text` is empty while it is still to come.

    `after` is the key of the article after which one is inserted or moved, "" for the beginning.
    """

    text = Bilingual("text")
    article_title = Bilingual("article_title")
    after = serializers.CharField(source="after_key", read_only=True)
    positions = PositionSerializer(many=True, read_only=True)
    decision = DecisionSerializer(default=None, allow_null=True, read_only=True)

    class Meta(AmendmentSummarySerializer.Meta):
        fields: tuple[str, ...] = (
            *AmendmentSummarySerializer.Meta.fields,
            "after",
            "article_title",
            "text",
            "motive",
            "wording",
            "needs_rebase",
            "withdrawn_at",
            "positions",
            "decision",
        )


class ReadOnly(generics.GenericAPIView[Any]):
    """GET, HEAD and OPTIONS only."""

    http_method_names = ("get", "head", "options")


@extend_schema(summary="The charter in force")
class CurrentCharter(ReadOnly, generics.RetrieveAPIView[Version]):
    serializer_class = VersionSerializer

    def get_object(self) -> Version:
        version: Version = Charter.objects.main_or_404().current_version
        return version


@extend_schema(summary="Versions of the charter, latest first")
class Versions(ReadOnly, generics.ListAPIView[Version]):
    serializer_class = VersionSummarySerializer
    queryset = Version.objects.none()

    def get_queryset(self) -> QuerySet[Version]:
        return Charter.objects.main_or_404().versions.select_related("previous").newest_first()


@extend_schema(summary="One version of the charter, with its canonical form")
class OneVersion(ReadOnly, generics.RetrieveAPIView[Version]):
    serializer_class = VersionSerializer
    queryset = Version.objects.none()

    def get_object(self) -> Version:
        versions = Charter.objects.main_or_404().versions.select_related("previous", "charter")
        version: Version = get_object_or_404(versions, number=self.kwargs["number"])
        return version


class PublicAmendments(ReadOnly):
    """Amendments everybody may read."""

    queryset = Amendment.objects.none()

    def get_queryset(self) -> QuerySet[Amendment]:
        public = Charter.objects.main_or_404().amendments.public()
        return public.select_related("base_version", "organisation", "author").order_by("-number")


@extend_schema(summary="Amendments once proposed, latest first")
class Amendments(PublicAmendments, generics.ListAPIView[Amendment]):
    serializer_class = AmendmentSummarySerializer


@extend_schema(summary="One amendment, with its decision")
class OneAmendment(PublicAmendments, generics.RetrieveAPIView[Amendment]):
    serializer_class = AmendmentSerializer

    def get_object(self) -> Amendment:
        whole = self.get_queryset().select_related("decision__decided_by", "decision__version")
        whole = whole.prefetch_related("positions__organisation", "decision__minority")
        amendment: Amendment = get_object_or_404(whole, number=self.kwargs["number"])
        return amendment


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


urlpatterns = [
    path("charter/", CurrentCharter.as_view(), name="api_charter"),
    path("charter/versions/", Versions.as_view(), name="api_charter_versions"),
    path("charter/versions/<int:number>/", OneVersion.as_view(), name="api_charter_version"),
    path("charter/amendments/", Amendments.as_view(), name="api_amendments"),
    path("charter/amendments/<int:number>/", OneAmendment.as_view(), name="api_amendment"),
    path("charter/versions/<int:number>/origins/", Origins.as_view(), name="api_charter_origins"),
    path(
        "charter/versions/<int:number>/origins/<slug:key>/",
        ArticleOrigins.as_view(),
        name="api_charter_article_origins",
    ),
    path("charter/versions/<int:old>/compare/<int:new>/", Comparison.as_view(), name="api_charter_compare"),
    path("charter/timeline/", Timeline.as_view(), name="api_charter_timeline"),
]
