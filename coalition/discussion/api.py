"""Public read API of discussions. What the public may not read is a 404 here too."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers

from coalition.core.access import require
from coalition.core.subjects import find_subject
from coalition.discussion.enums import CommentState
from coalition.discussion.models import Comment, Passage


class PassageSerializer(serializers.ModelSerializer[Passage]):
    """Where a remark points today: `quote` is the sentence, or the last one it had when it is an orphan."""

    version = serializers.IntegerField(source="last_seen", read_only=True)

    class Meta:
        model = Passage
        fields: tuple[str, ...] = ("state", "language", "version", "quote", "position")


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment; `body` (Markdown), author and organisation are null where it was hidden or taken back."""

    url = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()
    author = serializers.SerializerMethodField()
    organisation = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    passage = serializers.SerializerMethodField()
    answers = serializers.IntegerField(source="parent_id", allow_null=True, read_only=True)
    thread = serializers.IntegerField(source="thread_id", allow_null=True, read_only=True)

    class Meta:
        model = Comment
        fields: tuple[str, ...] = (
            "id", "url", "subject", "answers", "thread", "state", "author", "organisation", "for_team", "language",
            "body", "created_at", "edited_at", "hidden_reason", "passage",
        )  # fmt: skip

    def get_url(self, comment: Comment) -> str:
        return f"{settings.BASE_URL}{comment.get_absolute_url()}"

    def get_subject(self, comment: Comment) -> dict[str, str]:
        return {"kind": comment.subject_kind, "key": comment.subject_key}

    def get_author(self, comment: Comment) -> str | None:
        return str(comment.account) if comment.state == CommentState.VISIBLE else None

    def get_organisation(self, comment: Comment) -> str | None:
        shown = comment.state == CommentState.VISIBLE and comment.organisation
        return str(comment.organisation) if shown else None

    def get_body(self, comment: Comment) -> str | None:
        return comment.body if comment.state == CommentState.VISIBLE else None

    @extend_schema(responses=PassageSerializer(allow_null=True))
    def get_passage(self, comment: Comment) -> Any:
        passages = list(comment.passages.all()) if comment.state == CommentState.VISIBLE else []
        return PassageSerializer(passages[-1]).data if passages else None


class ReadOnly(generics.GenericAPIView[Any]):
    """GET, HEAD and OPTIONS only."""

    http_method_names = ("get", "head", "options")
    serializer_class = CommentSerializer
    queryset = Comment.objects.none()


@extend_schema(summary="Comments on an object, oldest first, taken back and hidden ones without their words")
class Comments(ReadOnly, generics.ListAPIView[Comment]):
    def get_queryset(self) -> QuerySet[Comment]:
        kind, key = self.kwargs["kind"], self.kwargs["key"]
        require(None, "subject.view", find_subject(kind, key))
        return Comment.objects.about(kind, key).order_by("pk").whole()


@extend_schema(summary="One comment everybody may read")
class OneComment(ReadOnly, generics.RetrieveAPIView[Comment]):
    def get_object(self) -> Comment:
        comment: Comment = get_object_or_404(Comment.objects.whole(), pk=self.kwargs["pk"])
        require(None, "comment.read", comment)
        return comment


urlpatterns = [
    path("discussions/<slug:kind>/<str:key>/comments/", Comments.as_view(), name="api_comments"),
    path("comments/<int:pk>/", OneComment.as_view(), name="api_comment"),
]
