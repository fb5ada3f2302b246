"""Accounts, organisations and co-sponsorship, as people meet them."""

from members.views.account import account_overview
from members.views.cosponsorship import cosponsors, cosponsorship, cosponsorship_decide, cosponsorship_withdraw
from members.views.directory import organisations
from members.views.profile import organisation, organisation_decide, organisation_edit, organisation_new
from members.views.signing import cosponsorship_confirm, cosponsorship_sign

__all__ = [
    "account_overview",
    "cosponsors",
    "cosponsorship",
    "cosponsorship_confirm",
    "cosponsorship_decide",
    "cosponsorship_sign",
    "cosponsorship_withdraw",
    "organisation",
    "organisation_decide",
    "organisation_edit",
    "organisation_new",
    "organisations",
]
