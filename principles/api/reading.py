"""Versions of the charter with their canonical form, amendments once proposed, for programs to read."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers

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
    """An amendment by what identifies it; `title` is empty and `hidden_reason` says why where its words are hidden."""

    article = serializers.CharField(source="article_key", read_only=True)
    base_version = serializers.IntegerField(source="base_version.number", read_only=True)
    organisation = serializers.CharField(source="organisation.name", default=None, allow_null=True, read_only=True)
    author = serializers.CharField(source="author.name", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Amendment
        fields: tuple[str, ...] = (
            "number", "title", "state", "kind", "article", "base_version", "organisation", "author", "opened_at",
            "hidden_at", "hidden_reason", "url",
        )  # fmt: skip

    def get_url(self, amendment: Amendment) -> str:
        return f"{settings.BASE_URL}{amendment.get_absolute_url()}"


class AmendmentSerializer(AmendmentSummarySerializer):
    """An amendment whole, with its positions and its decision. A leg of `text` is empty while it is still to come.

    `article_title` of one that changes an article is empty where the title stays. `after` is the key of the article
    after which one is inserted or moved, "" for the beginning.
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


@extend_schema(summary="One amendment, with its decision; none where its words are hidden")
class OneAmendment(PublicAmendments, generics.RetrieveAPIView[Amendment]):
    serializer_class = AmendmentSerializer

    def get_object(self) -> Amendment:
        readable = self.get_queryset().filter(hidden_at=None)
        whole = readable.select_related("decision__decided_by", "decision__version")
        whole = whole.prefetch_related("positions__organisation", "decision__minority")
        amendment: Amendment = get_object_or_404(whole, number=self.kwargs["number"])
        return amendment
