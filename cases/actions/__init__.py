"""Every change to a case: writing, review, translation, the catalogue, import."""

from cases.actions.importing import CaseRecord, Outcome, import_case
from cases.actions.index import ensure_case_index, ensure_review_workflow
from cases.actions.projection import project_case, project_tree, withdraw_case
from cases.actions.publication import delete_case, publish_case, return_case, unpublish_case
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
    "InvalidCase",
    "NoCaseIndex",
    "Outcome",
    "create_case",
    "delete_case",
    "ensure_case_index",
    "ensure_review_workflow",
    "import_case",
    "project_case",
    "project_tree",
    "publish_case",
    "return_case",
    "save_case",
    "submit_case",
    "take_back_case",
    "translate_case",
    "unpublish_case",
    "withdraw_case",
]
