"""Everything that changes organisations, mandates, co-sponsorships and profiles: one function a change."""

from members.actions.accounts import UnknownTimeZone, change_profile
from members.actions.affiliations import LastRepresentative, add_affiliation, end_affiliation
from members.actions.coalitions import define_coalition
from members.actions.cosponsorships import (
    DocumentChanged,
    NothingToSign,
    StaleLink,
    approve_cosponsorship,
    confirm_cosponsorship,
    decline_cosponsorship,
    sign_cosponsorship,
    withdraw_cosponsorship,
)
from members.actions.organisations import (
    OrganisationExists,
    TooManyRequests,
    confirm_organisation,
    edit_organisation,
    import_organisation,
    refuse_organisation,
    request_organisation,
)
from members.notifications import CONFIRM_PURPOSE

__all__ = [
    "CONFIRM_PURPOSE",
    "DocumentChanged",
    "LastRepresentative",
    "NothingToSign",
    "OrganisationExists",
    "StaleLink",
    "TooManyRequests",
    "UnknownTimeZone",
    "add_affiliation",
    "approve_cosponsorship",
    "change_profile",
    "confirm_cosponsorship",
    "confirm_organisation",
    "decline_cosponsorship",
    "define_coalition",
    "edit_organisation",
    "end_affiliation",
    "import_organisation",
    "refuse_organisation",
    "request_organisation",
    "sign_cosponsorship",
    "withdraw_cosponsorship",
]
