"""Who may follow and be told: an account for itself, only for what it may read."""

from typing import Any

from coalition.core.access import Verdict, access_rule, is_known, is_signed_in, refuse
from coalition.core.following import Target


@access_rule("target.follow")
def may_follow(account: Any, target: Target | None) -> Verdict:
    """Every account with a verified address, what it may read. What it may not read does not exist."""
    if target is None:
        return Verdict.HIDDEN
    return Verdict.ALLOWED if is_known(account) else refuse(account)


@access_rule("target.unfollow")
def may_unfollow(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own follows, whatever became of the thing followed."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("preferences.edit")
def may_edit_preferences(account: Any, _obj: Any = None) -> Verdict:
    """Every account, its own: the page asks for nobody else's."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN
