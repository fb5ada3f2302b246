"""Every change to a case: writing, review, translation, the catalogue, import."""

from cases.actions.comments import EmptyComment, comment_case, settle_comment
from cases.actions.importing import CaseRecord, Outcome, import_case
from cases.actions.index import ensure_case_index, ensure_review_workflow
from cases.actions.pictures import add_picture
from cases.actions.projection import project_case, project_tree, withdraw_case
from cases.actions.publication import (
    delete_case,
    publish_case,
    publish_due_case,
    return_case,
    schedule_case,
    unpublish_case,
)
from cases.actions.reproductions import (
    ImpossibleLink,
    link_reproduction,
    remove_reproduction,
    start_reproduction,
)
from cases.actions.revising import copy_case, restore_case
from cases.actions.writing import (
    EditConflict,
    InvalidCase,
    NoCaseIndex,
    create_case,
    save_case,
    submit_case,
    take_back_case,
    translate_case,
)

__all__ = [
    "CaseRecord",
    "EditConflict",
    "EmptyComment",
    "ImpossibleLink",
    "InvalidCase",
    "NoCaseIndex",
    "Outcome",
    "add_picture",
    "comment_case",
    "copy_case",
    "create_case",
    "delete_case",
    "ensure_case_index",
    "ensure_review_workflow",
    "import_case",
    "link_reproduction",
    "project_case",
    "project_tree",
    "publish_case",
    "publish_due_case",
    "remove_reproduction",
    "restore_case",
    "return_case",
    "save_case",
    "schedule_case",
    "settle_comment",
    "start_reproduction",
    "submit_case",
    "take_back_case",
    "translate_case",
    "unpublish_case",
    "withdraw_case",
]
