"""Who is told what of a discussion."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import can
from coalition.core.subjects import may_read_subject, subject_authors
from coalition.discussion.enums import ANSWERS, CommentState, ReportOutcome, ReportReason
from coalition.discussion.models import Comment, Report
from coalition.notifications.examples import example_for
from coalition.notifications.intake.addresses import reply_headers
from coalition.notifications.kinds import Kind, Recipient, Targets, register_kind
from coalition.notifications.models import Event
from members.models import User
from members.notifications import organisers, recipients_of, while_allowed


def _comment(event: Event) -> Comment:
    found: Any = event.subject
    return found.comment if isinstance(found, Report) else found


def _taking_part(event: Event) -> list[Recipient]:
    """Who wrote in the thread, and who wrote the subject; never who has just spoken."""
    comment = _comment(event)
    opener = comment.thread_id or comment.pk
    wrote = Comment.objects.visible().filter(pk=opener) | Comment.objects.visible().filter(thread=opener)
    people = list(User.objects.filter(pk__in=wrote.values("account")))
    people += subject_authors(comment.subject) if comment.subject else []
    unique = {account.pk: account for account in people if account.pk != event.actor_id}
    return recipients_of(unique.values())


def _author(event: Event) -> list[Recipient]:
    comment = _comment(event)
    return recipients_of([] if comment.account_id == event.actor_id else [comment.account])


def _context(event: Event, _recipient: Recipient) -> dict[str, Any]:
    comment = _comment(event)
    report = event.subject if isinstance(event.subject, Report) else None
    return {"comment": comment, "subject": comment.subject, "report": report, "path": comment.get_absolute_url()}


def _answerable(event: Event, recipient: Recipient) -> dict[str, Any]:
    """The same, with an address to answer to for those who may write there now."""
    context = _context(event, recipient)
    comment: Comment = context["comment"]
    account = User.objects.filter(pk=recipient.account_id).first()
    if account is None or not can(account, "comment.create", comment.subject):
        return context
    headers = reply_headers(purpose=ANSWERS, recipient=recipient, number=comment.pk, told_at=event.created_at)
    return {**context, "headers": headers, "answerable": bool(headers)}


def _still_reported(event: Event, recipient: Recipient) -> bool:
    """An organiser may still act on it."""
    account = User.objects.filter(pk=recipient.account_id).first()
    return account is not None and bool(can(account, "comment.hide", _comment(event)))


def _thread(event: Event) -> Targets:
    comment = _comment(event)
    return [("thread", str(comment.thread_id or comment.pk))]


def _places(event: Event) -> Targets:
    """The thread, then what it is about."""
    comment = _comment(event)
    return [*_thread(event), (comment.subject_kind, comment.subject_key)]


COMMENT_CREATED = register_kind(
    Kind(
        name="comment.created",
        category="discussion",
        label=_("Nouveau commentaire"),
        reason=_(
            "Vous recevez ce message parce que vous avez pris part à cette discussion, ou écrit ce dont elle parle."
        ),
        recipients=_taking_part,
        context=_answerable,
        visible=while_allowed("comment.read"),
        targets=_places,
        news=_("Nouveau commentaire"),
        joins=_thread,
    )
)
COMMENT_REPORTED = register_kind(
    Kind(
        name="comment.reported",
        category="discussion",
        label=_("Commentaire signalé"),
        reason=_("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        recipients=organisers,
        context=_context,
        visible=_still_reported,
    )
)
COMMENT_HIDDEN = register_kind(
    Kind(
        name="comment.hidden",
        category="discussion",
        label=_("Votre commentaire est masqué"),
        reason=_("Vous recevez ce message parce que vous avez écrit ce commentaire."),
        recipients=_author,
        context=_context,
        visible=while_allowed("comment.read"),
    )
)

COMMENT_RESTORED = register_kind(
    Kind(
        name="comment.restored",
        category="discussion",
        label=_("Votre commentaire est de nouveau lisible"),
        reason=_("Vous recevez ce message parce que vous avez écrit ce commentaire."),
        recipients=_author,
        context=_context,
        visible=lambda event, recipient: (
            _comment(event).state == CommentState.VISIBLE and while_allowed("comment.read")(event, recipient)
        ),
    )
)


def _reports(event: Event) -> Any:
    """The reports one decision settled."""
    return Report.objects.filter(pk__in=event.payload["reports"]).select_related("account")


def _reporters(event: Event) -> list[Recipient]:
    return recipients_of(one.account for one in _reports(event) if one.account_id != event.actor_id)


def _own_report(event: Event, recipient: Recipient) -> dict[str, Any]:
    """What was decided of the recipient's report; the comment itself is not quoted."""
    return {**_context(event, recipient), "report": _reports(event).filter(account=recipient.account_id).first()}


def _may_hear(event: Event, recipient: Recipient) -> bool:
    """The report is there, and its maker may still read what the discussion is about."""
    report = _reports(event).filter(account=recipient.account_id).first()
    return report is not None and bool(may_read_subject(report.account, _comment(event).subject))


REPORT_SETTLED = register_kind(
    Kind(
        name="comment.report_settled",
        category="discussion",
        label=_("Votre signalement a sa réponse"),
        reason=_("Vous recevez ce message parce que vous avez signalé ce commentaire."),
        recipients=_reporters,
        context=_own_report,
        visible=_may_hear,
    )
)


@example_for("comment.reported", "comment.hidden", "comment.restored", "comment.report_settled")
def _example() -> Mapping[str, Any]:
    comment = SimpleNamespace(
        account=gettext("Fatou Diallo"),
        organisation=SimpleNamespace(name=gettext("Métropole des Deux-Rives")),
        body=gettext("Chez nous, l’essai a duré deux ans : un seul hiver ne suffit pas."),
        hidden_reason=gettext("Le commentaire donne l’adresse d’une personne."),
    )
    motive = gettext("Le commentaire est vif, mais il parle du texte et non des personnes.")
    report = SimpleNamespace(
        get_reason_display=ReportReason.PRIVATE.label,
        detail="",
        outcome=ReportOutcome.KEPT,
        get_outcome_display=ReportOutcome.KEPT.label,
        motive=motive,
    )
    return {
        "comment": comment,
        "report": report,
        "subject": SimpleNamespace(title=gettext("Article 4 : raconter ses cas")),
        "path": reverse("charter"),
    }


@example_for("comment.created")
def _example_to_answer() -> Mapping[str, Any]:
    return {**_example(), "answerable": True}
