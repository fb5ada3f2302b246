"""Who may do what with organisations, co-sponsorships, accounts and the admin.

The predicates register themselves when this package is imported, which `coalition.core.access.load_rules` does.
"""

from members.rules import (
    adoptions,
    consents,
    cosponsorships,
    exports,
    mandates,
    organisations,
    paper,
    site,
    supports,
    tokens,
    versions,
)
from members.rules.roles import is_editor_of, is_member_of, is_representative_of, role_in, speaking_organisations

__all__ = [
    "adoptions",
    "consents",
    "cosponsorships",
    "exports",
    "is_editor_of",
    "is_member_of",
    "is_representative_of",
    "mandates",
    "organisations",
    "paper",
    "role_in",
    "site",
    "speaking_organisations",
    "supports",
    "tokens",
    "versions",
]
