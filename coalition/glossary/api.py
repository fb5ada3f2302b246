"""Read API of the glossary: every term in both languages."""

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from coalition.glossary.models import Term

COLUMNS = (
    "slug", "term_fr", "term_en", "acronym", "definition_fr", "definition_en", "synonyms_fr", "synonyms_en", "source",
    "url",
)  # fmt: skip


class GlossaryTermSerializer(serializers.ModelSerializer[Term]):
    """A term, its definitions and its synonyms."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Term
        fields = COLUMNS

    def get_url(self, term: Term) -> str:
        return f"{settings.BASE_URL}{term.get_absolute_url()}"


@extend_schema(summary="Terms of the glossary")
class GlossaryList(generics.ListAPIView[Term]):
    """Terms, by address."""

    serializer_class = GlossaryTermSerializer
    queryset = Term.objects.all()


@extend_schema(summary="One term")
class GlossaryDetail(generics.RetrieveAPIView[Term]):
    """A term by its address."""

    serializer_class = GlossaryTermSerializer
    queryset = Term.objects.all()
    lookup_field = "slug"


urlpatterns = [
    path("glossary/", GlossaryList.as_view(), name="api_glossary"),
    path("glossary/<slug:slug>/", GlossaryDetail.as_view(), name="api_glossary_term"),
]
