"""The one door: every view, API endpoint, task and admin screen asks here before it shows or changes anything.

Each app declares its predicates in `rules.py` with `@access_rule("case.edit")`; what nobody declared is refused.
The verdicts are the letters of `tests/access/matrix.csv`: A, L, F, H, V.
"""

from collections.abc import Callable
from enum import Enum
from importlib import import_module
from typing import Any

ORGANISERS = "Organisateurs"
EDITORS_LET_IN = "Éditeurs admis"


class Verdict(Enum):
    """Answer of a rule; only ALLOWED is true."""

    ALLOWED = "A"
    LOGIN = "L"
    FORBIDDEN = "F"
    HIDDEN = "H"
    CONFLICT = "V"

    def __bool__(self) -> bool:
        return self is Verdict.ALLOWED


class AccessError(Exception):
    """Base of the four refusals; the middleware turns each into its page."""

    verdict = Verdict.FORBIDDEN

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class LoginNeeded(AccessError):
    """The reader must say who they are first: login page (HTML) or 401 (API)."""

    verdict = Verdict.LOGIN


class Refused(AccessError):
    """The account is known and has no such right: 403."""

    verdict = Verdict.FORBIDDEN


class Hidden(AccessError):
    """The object does not exist for this reader: 404, the same page as for a wrong address."""

    verdict = Verdict.HIDDEN


class WrongState(AccessError):
    """The right exists, the object is no longer in a state that allows it: 409."""

    verdict = Verdict.CONFLICT


_ERRORS: dict[Verdict, type[AccessError]] = {
    Verdict.LOGIN: LoginNeeded,
    Verdict.FORBIDDEN: Refused,
    Verdict.HIDDEN: Hidden,
    Verdict.CONFLICT: WrongState,
}

Rule = Callable[[Any, Any], Verdict]
_rules: dict[str, Rule] = {}


def access_rule(action: str) -> Callable[[Rule], Rule]:
    """Register the decorated predicate as the rule of `action` ("case.edit"). Raises ValueError on a second one."""

    def register(rule: Rule) -> Rule:
        if action in _rules and _rules[action] is not rule:
            raise ValueError(f"two rules for {action}")
        _rules[action] = rule
        return rule

    return register


def declared_actions() -> frozenset[str]:
    """Every action some app declared a rule for."""
    return frozenset(_rules)


def can(account: Any, action: str, obj: Any = None) -> Verdict:
    """May `account` do `action` to `obj`? Default deny: an action nobody declared is FORBIDDEN."""
    rule = _rules.get(action)
    return rule(account, obj) if rule else Verdict.FORBIDDEN


def require(account: Any, action: str, obj: Any = None) -> None:
    """Pass silently when allowed, else raise LoginNeeded, Refused, Hidden or WrongState."""
    verdict = can(account, action, obj)
    if not verdict:
        raise _ERRORS[verdict](action)


def is_signed_in(account: Any) -> bool:
    """A live, authenticated account; a suspended one counts as nobody."""
    return bool(account and account.is_authenticated and account.is_active)


def is_known(account: Any) -> bool:
    """Signed in with a verified e-mail address."""
    return is_signed_in(account) and bool(account.has_verified_email)


def is_organiser(account: Any) -> bool:
    """Member of the organisers’ group, or superuser; both need a verified address and a second factor."""
    if not is_known(account):
        return False
    return bool((account.is_superuser or ORGANISERS in account.group_names) and account.has_second_factor)


def is_let_in(account: Any) -> bool:
    """An organiser opened the admin's editor to this account; it has a verified address and a second factor."""
    return is_known(account) and EDITORS_LET_IN in account.group_names and bool(account.has_second_factor)


def refuse(account: Any) -> Verdict:
    """The plain refusal of a visible object: log in first when anonymous, forbidden otherwise."""
    return Verdict.FORBIDDEN if is_signed_in(account) else Verdict.LOGIN


def organisers_only(account: Any, _obj: Any = None) -> Verdict:
    """Allowed to organisers, plainly refused to others; for objects everybody may see."""
    return Verdict.ALLOWED if is_organiser(account) else refuse(account)


def hidden_unless_organiser(account: Any, _obj: Any = None) -> Verdict:
    """Allowed to organisers, non-existent for others."""
    return Verdict.ALLOWED if is_organiser(account) else Verdict.HIDDEN


def load_rules(app: str) -> None:
    """Import `<app>.rules` so that its predicates are declared; called from the app's `ready()`."""
    import_module(f"{app}.rules")
