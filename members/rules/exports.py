"""Who takes data away that is not public."""

from typing import Any

from coalition.core.access import Verdict, access_rule, organisers_only


@access_rule("export.contacts")
def may_export_contacts(account: Any, _obj: Any = None) -> Verdict:
    """Organisers; the view asks for their password or second factor again."""
    return organisers_only(account)
