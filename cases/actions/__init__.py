"""Every change to a case: writing, review, translation, the catalogue, import."""

from cases.actions.alert_runs import tell_searches
from cases.actions.alerts import (
    SearchTooLong,
    StaleAlertLink,
    ask_alert,
    confirm_alerts,
    end_search,
    end_search_by_link,
    follow_search,
    hush_search,
    pace_search,
    pace_search_by_link,
)
from cases.actions.comments import EmptyComment, comment_case, settle_comment
from cases.actions.freshness import StaleCheckLink, ask_due_cases, confirm_case, confirm_case_by_link
from cases.actions.importing import CaseRecord, Outcome, import_case
from cases.actions.index import ensure_case_index, ensure_review_workflow
from cases.actions.ownership import NoNewOwner, archive_case, hand_over_case
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
    "NoNewOwner",
    "Outcome",
    "SearchTooLong",
    "StaleAlertLink",
    "StaleCheckLink",
    "add_picture",
    "archive_case",
    "ask_alert",
    "ask_due_cases",
    "comment_case",
    "confirm_alerts",
    "confirm_case",
    "confirm_case_by_link",
    "copy_case",
    "create_case",
    "delete_case",
    "end_search",
    "end_search_by_link",
    "ensure_case_index",
    "ensure_review_workflow",
    "follow_search",
    "hand_over_case",
    "hush_search",
    "import_case",
    "link_reproduction",
    "pace_search",
    "pace_search_by_link",
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
    "tell_searches",
    "translate_case",
    "unpublish_case",
    "withdraw_case",
]
