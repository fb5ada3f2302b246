"""Who may read, say, correct, take back, hide and report. The subject decides first, always."""

from typing import Any

from coalition.core.access import Verdict, access_rule, hidden_unless_organiser, is_known, is_organiser, refuse
from coalition.core.subjects import Subject, may_read_subject
from coalition.discussion.enums import CommentState
from coalition.discussion.models import Comment
from members.models import Organisation
from members.rules import speaking_organisations


def has_a_voice(account: Any) -> bool:
    """An organiser, or anybody with a running place in a confirmed organisation."""
    if not is_known(account):
        return False
    return is_organiser(account) or Organisation.objects.confirmed().of_account(account).exists()


def _is_author(account: Any, comment: Comment) -> bool:
    return is_known(account) and comment.account_id == account.pk


@access_rule("subject.view")
def may_view_subject(account: Any, subject: Subject | None) -> Verdict:
    """Whoever may read the object itself; for others it does not exist."""
    return may_read_subject(account, subject)


@access_rule("comment.read")
def may_read_comment(account: Any, comment: Comment) -> Verdict:
    """A visible one: whoever may read its subject. A hidden one: its author and the organisers. One taken back: nobody.

    Where the subject cannot be read, the comment does not exist, not even for its author.
    """
    if not may_read_subject(account, comment.subject):
        return Verdict.HIDDEN
    if comment.state == CommentState.VISIBLE:
        return Verdict.ALLOWED
    reads = comment.state == CommentState.HIDDEN and (_is_author(account, comment) or is_organiser(account))
    return Verdict.ALLOWED if reads else Verdict.HIDDEN


@access_rule("comment.create")
def may_create_comment(account: Any, subject: Subject | None) -> Verdict:
    """Members of confirmed organisations and organisers, where they may read, while the subject is open."""
    if subject is None or not may_read_subject(account, subject):
        return Verdict.HIDDEN
    if not has_a_voice(account):
        return refuse(account)
    return Verdict.ALLOWED if subject.is_open else Verdict.CONFLICT


@access_rule("comment.speak_for")
def may_speak_for(account: Any, organisation: Organisation) -> Verdict:
    """Its members and representatives, once it is confirmed."""
    return Verdict.ALLOWED if speaking_organisations(account).filter(pk=organisation.pk).exists() else refuse(account)


@access_rule("comment.edit")
def may_edit_comment(account: Any, comment: Comment) -> Verdict:
    """Its author, while it is visible; the action also counts the minutes."""
    if not may_read_comment(account, comment):
        return Verdict.HIDDEN
    if not _is_author(account, comment):
        return refuse(account)
    return Verdict.ALLOWED if comment.state == CommentState.VISIBLE else Verdict.CONFLICT


@access_rule("comment.delete")
def may_delete_comment(account: Any, comment: Comment) -> Verdict:
    """Its author and organisers."""
    if not may_read_comment(account, comment):
        return Verdict.HIDDEN
    return Verdict.ALLOWED if _is_author(account, comment) or is_organiser(account) else refuse(account)


def _organisers_while(account: Any, comment: Comment, state: str) -> Verdict:
    if not may_read_comment(account, comment):
        return Verdict.HIDDEN
    if not is_organiser(account):
        return refuse(account)
    return Verdict.ALLOWED if comment.state == state else Verdict.CONFLICT


@access_rule("comment.hide")
def may_hide_comment(account: Any, comment: Comment) -> Verdict:
    """Organisers, while it is visible."""
    return _organisers_while(account, comment, CommentState.VISIBLE)


@access_rule("comment.restore")
def may_restore_comment(account: Any, comment: Comment) -> Verdict:
    """Organisers, while it is hidden."""
    return _organisers_while(account, comment, CommentState.HIDDEN)


@access_rule("comment.report")
def may_report_comment(account: Any, comment: Comment) -> Verdict:
    """Every account with a verified address that may read it, while it is visible."""
    if not may_read_comment(account, comment):
        return Verdict.HIDDEN
    if not is_known(account):
        return refuse(account)
    return Verdict.ALLOWED if comment.state == CommentState.VISIBLE else Verdict.CONFLICT


@access_rule("report.list")
def may_list_reports(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; for others the list does not exist."""
    return hidden_unless_organiser(account)
