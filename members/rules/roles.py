"""What an account is to an organisation today."""

from typing import Any

from coalition.core.access import (
    is_known,
)
from members.enums import SPEAKERS, Role
from members.models import Organisation
from members.querysets import OrganisationQuerySet

EDITORS = (Role.EDITOR, Role.REPRESENTATIVE)


def role_in(account: Any, organisation: Organisation) -> str | None:
    """The account's running role in the organisation, or None; unverified and suspended accounts have none."""
    return account.roles.get(organisation.pk) if is_known(account) else None


def is_member_of(account: Any, organisation: Organisation) -> bool:
    """Any running affiliation."""
    return role_in(account, organisation) is not None


def speaking_organisations(account: Any) -> OrganisationQuerySet:
    """The confirmed organisations in whose name the account may say or propose something."""
    if not is_known(account):
        return Organisation.objects.none()
    return Organisation.objects.confirmed().of_account(account, *SPEAKERS)


def is_editor_of(account: Any, organisation: Organisation) -> bool:
    """May write for the organisation: editors and representatives."""
    return role_in(account, organisation) in EDITORS


def is_representative_of(account: Any, organisation: Organisation) -> bool:
    """May commit the organisation."""
    return role_in(account, organisation) == Role.REPRESENTATIVE
