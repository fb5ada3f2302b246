"""Comments: on an article anybody reads, on an amendment that is closed, and where only the coalition reads."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from coalition.discussion.models import Comment
from tests.access.matrix import Answers, row
from tests.access.visitor import Visitor
from tests.world import World

REASON = "Une raison que chacun peut lire."
ARTICLE = ["article", "charte.preuve"]


def _own(world: World, visitor: Visitor, state: str) -> Comment:
    """One's own comment for those who wrote one, member_own's for everybody else."""
    return world.said.get(f"{state}_{visitor.role}") or world.said[f"{state}_member_own"]


def _words(body: str = "Une remarque à faire.") -> dict[str, Any]:
    return {"body": body, "organisation": "seul"}


def _act(visitor: Visitor, door: str, comment: Comment, **data: object) -> Any:
    return visitor.post(reverse(door, args=[comment.pk]), data)


def _fresh(world: World, visitor: Visitor) -> None:
    """Written just now."""
    Comment.objects.filter(pk=_own(world, visitor, "visible").pk).update(created_at=timezone.now())


@row(
    "comment",
    "visible",
    "read",
    api=lambda world: [
        ("GET", reverse("api_comment", args=[world.said["visible_member_own"].pk])),
        ("GET", reverse("api_comments", args=ARTICLE)),
    ],
)
def read(world: World, visitor: Visitor) -> Answers:
    one = visitor.get(reverse("comment", args=[world.said["visible_member_own"].pk]))
    whole = visitor.get(reverse("discussion", args=ARTICLE))
    feed = visitor.get(reverse("discussion_feed", args=ARTICLE))
    return [one, whole, feed, "Ce que dit member_own." in one.content.decode()]


@row(
    "comment",
    "on non-public parent",
    "read by id (HTML, API, feed, e-mail link)",
    api=lambda world: [
        ("GET", reverse("api_comment", args=[world.said["inside"].pk])),
        ("GET", reverse("api_comments", args=["inside", "i1"])),
    ],
)
def read_inside(world: World, visitor: Visitor) -> Answers:
    return [
        visitor.get(world.said["inside"].get_absolute_url()),
        visitor.get(reverse("discussion", args=["inside", "i1"])),
        visitor.get(reverse("discussion_feed", args=["inside", "i1"])),
    ]


@row(
    "comment",
    "hidden",
    "read text",
    api=lambda world: [("GET", reverse("api_comment", args=[world.said["hidden_member_own"].pk]))],
)
def read_hidden(world: World, visitor: Visitor) -> Answers:
    found = _own(world, visitor, "hidden")
    page = visitor.get(reverse("discussion", args=ARTICLE)).content.decode()
    return [visitor.get(found.get_absolute_url()), found.body.rstrip(".").split()[-1] in page]


@row(
    "comment",
    "deleted",
    "read text",
    api=lambda world: [("GET", reverse("api_comment", args=[world.said["deleted"].pk]))],
)
def read_deleted(world: World, visitor: Visitor) -> Answers:
    return visitor.get(world.said["deleted"].get_absolute_url())


@row("comment", "parent open", "create", acts=True)
def create(world: World, visitor: Visitor) -> Answers:
    answered = _act(visitor, "comment_reply", world.said["visible_member_own"], **_words("Une réponse à donner."))
    return [visitor.post(reverse("comment_new", args=ARTICLE), _words()), answered]


@row("comment", "parent closed", "create")
def create_closed(world: World, visitor: Visitor) -> Answers:
    closed = world.said["closed"]
    return visitor.post(reverse("comment_new", args=[closed.subject_kind, closed.subject_key]), _words())


@row("comment", "non-public parent", "create", acts=True)
def create_inside(world: World, visitor: Visitor) -> Answers:
    return visitor.post(reverse("comment_new", args=["inside", "i1"]), _words())


@row("comment", "visible, < 15 min", "edit", acts=True, given=_fresh)
def edit(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_edit", _own(world, visitor, "visible"), body="Mieux dit.")


@row("comment", "visible, > 15 min", "edit")
def edit_late(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_edit", _own(world, visitor, "visible"), body="Mieux dit.")


@row("comment", "visible", "delete (tombstone)", acts=True)
def delete(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_delete", _own(world, visitor, "visible"))


@row("comment", "visible", "hide with reason", acts=True)
def hide(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_hide", world.said["visible_member_own"], reason=REASON, do="hide")


@row("comment", "hidden", "restore", acts=True)
def restore(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_restore", _own(world, visitor, "hidden"))


@row("comment", "visible", "report", acts=True)
def report(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_report", world.said["visible_member_own"], reason="spam")


@row("comment", "reported", "leave visible with reason", acts=True)
def keep(world: World, visitor: Visitor) -> Answers:
    return _act(visitor, "comment_hide", world.said["reported"], reason=REASON, do="keep")


@row("comment", "reported", "list with what was decided")
def list_reports(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("reports"))


@row("answer by mail", "turned away", "list with the reason")
def list_turned_away(world: World, visitor: Visitor) -> Answers:
    return visitor.get(reverse("incoming_mail"))


@row("mail preview", "any", "list and read with examples")
def read_previews(world: World, visitor: Visitor) -> Answers:
    one = ["case.published", "fr"]
    pages = (reverse("mail_previews"), reverse("mail_preview", args=one), reverse("mail_preview_html", args=one))
    return [visitor.get(page) for page in pages]
