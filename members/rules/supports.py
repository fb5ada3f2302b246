"""Who may support a coalition in an organisation's name, and end a support; what a supporter agrees to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalition.core.access import Verdict, access_rule, is_known, is_organiser, refuse
from coalition.core.consents import Purpose, register_purpose
from members.enums import OrganisationState, SupporterKind
from members.models import Organisation, Support
from members.rules.roles import is_editor_of

KEEP_PURPOSE = "support.keep"
"""Address and answers are kept as long as the support runs."""
NAME_PURPOSE = "support.name"
"""Name, city and sentence appear in the public list."""

register_purpose(
    Purpose(
        name=KEEP_PURPOSE,
        version="2026-11",
        text=_("Je soutiens cette coalition, et j’accepte que mes réponses soient gardées tant que je la soutiens."),
    )
)
register_purpose(
    Purpose(
        name=NAME_PURPOSE,
        version="2026-11",
        text=_("J’accepte que mon nom, ma ville et ma phrase paraissent dans la liste publique des soutiens."),
    )
)


@access_rule("support.give")
def may_support_as_organisation(account: Any, organisation: Organisation) -> Verdict:
    """Editors and representatives of a confirmed organisation: no charter, no mandate, no review."""
    if not is_editor_of(account, organisation):
        return refuse(account)
    return Verdict.ALLOWED if organisation.state == OrganisationState.CONFIRMED else Verdict.FORBIDDEN


@access_rule("support.withdraw")
def may_withdraw_support(account: Any, support: Support) -> Verdict:
    """Whoever gave it: the person (by account, or by the address it proved), the organisation's editors; organisers.

    An organisation's support is public, so it is plainly refused to others; a person's does not exist for them.
    """
    if is_organiser(account) or owns_support(account, support):
        return Verdict.ALLOWED
    return refuse(account) if support.kind == SupporterKind.ORGANISATION else Verdict.HIDDEN


def owns_support(account: Any, support: Support) -> bool:
    """The account gave this support, itself or for its organisation."""
    if support.organisation is not None:
        return is_editor_of(account, support.organisation)
    if not is_known(account):
        return False
    return support.account_id == account.pk or (bool(support.email) and support.email.lower() == account.email.lower())
