"""Every change of a discussion."""

from coalition.discussion.actions.answering import answer_comment, answer_subject
from coalition.discussion.actions.moderating import (
    AlreadyReported,
    dismiss_reports,
    hide_comment,
    report_comment,
    restore_comment,
)
from coalition.discussion.actions.reanchoring import reanchor_passages
from coalition.discussion.actions.retention import retire_personal_comments
from coalition.discussion.actions.wording import TooMany, UnreadableText
from coalition.discussion.actions.writing import (
    PassageGone,
    delete_comment,
    edit_comment,
    write_comment,
    write_remark,
)

__all__ = [
    "AlreadyReported",
    "PassageGone",
    "TooMany",
    "UnreadableText",
    "answer_comment",
    "answer_subject",
    "delete_comment",
    "dismiss_reports",
    "edit_comment",
    "hide_comment",
    "reanchor_passages",
    "report_comment",
    "restore_comment",
    "retire_personal_comments",
    "write_comment",
    "write_remark",
]
