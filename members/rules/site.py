"""Who enters the admin, the desk, the log, and one’s own account."""

from typing import Any

from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_signed_in,
    organisers_only,
)


@access_rule("admin.enter")
def may_enter_admin(account: Any, _obj: Any = None) -> Verdict:
    """Organisers with a second factor only; cities work on the site itself."""
    return organisers_only(account)


@access_rule("audit.read")
def may_read_audit(account: Any, _obj: Any = None) -> Verdict:
    """The log of acts does not exist for anybody but organisers."""
    return hidden_unless_organiser(account)


@access_rule("desk.open")
def may_open_desk(account: Any, _obj: Any = None) -> Verdict:
    """The organisers' desk does not exist for anybody else."""
    return hidden_unless_organiser(account)


@access_rule("account.own")
def may_use_own_account(account: Any, _obj: Any = None) -> Verdict:
    """Anybody signed in, and not suspended, uses their own account."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN
