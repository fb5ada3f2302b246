"""Accounts, organisations, who speaks for whom, the coalition, its co-sponsors and supporters."""

from members.models.accounts import LANGUAGES, User, UserManager
from members.models.adoptions import LocalAdoption, LocalChange
from members.models.coalitions import Coalition, CoalitionSection, KindThreshold
from members.models.cosponsorships import Cosponsorship, CosponsorshipChange, Reservation, SignedVersion
from members.models.mailrooms import MailRule, SharedMailbox
from members.models.mandates import Affiliation, Invitation, JoinRequest
from members.models.organisations import DistinctPair, Organisation, VerifiedDomain
from members.models.support import Support
from members.models.tokens import OrganisationToken

__all__ = [
    "LANGUAGES",
    "Affiliation",
    "Coalition",
    "CoalitionSection",
    "Cosponsorship",
    "CosponsorshipChange",
    "DistinctPair",
    "Invitation",
    "JoinRequest",
    "KindThreshold",
    "LocalAdoption",
    "LocalChange",
    "MailRule",
    "Organisation",
    "OrganisationToken",
    "Reservation",
    "SharedMailbox",
    "SignedVersion",
    "Support",
    "User",
    "UserManager",
    "VerifiedDomain",
]
