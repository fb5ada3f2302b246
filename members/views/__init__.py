"""Accounts, organisations and co-sponsorship, as people meet them."""

from members.views.account import account_overview
from members.views.act_changes import cosponsorship_change, cosponsorship_change_decide
from members.views.act_documents import cosponsorship_document, cosponsorship_document_new
from members.views.adoptions import (
    adoption,
    adoption_document,
    adoption_edit,
    adoption_new,
    adoption_withdraw,
    adoptions,
)
from members.views.cosponsorship import (
    cosponsors,
    cosponsorship,
    cosponsorship_decide,
    cosponsorship_hide_name,
    cosponsorship_resend,
    cosponsorship_withdraw,
)
from members.views.directory import organisations
from members.views.directory_exports import organisation_csv, organisation_feed, organisation_geojson
from members.views.duplicates import organisation_distinct, organisation_duplicates, organisation_new
from members.views.exports import export_contacts_file, export_contacts_new
from members.views.invitations import (
    invitation,
    invitation_answer,
    invitation_cancel,
    invitation_list,
    invitation_new,
    invitation_resend,
)
from members.views.joining import (
    join_domain,
    join_request,
    join_request_decide,
    join_request_withdraw,
)
from members.views.merging import (
    organisation_domain_new,
    organisation_domain_remove,
    organisation_merge,
    organisation_merge_choose,
    organisation_remove,
)
from members.views.mydata import erase, my_data, my_data_file
from members.views.paper import cosponsorship_paper, cosponsorship_paper_new
from members.views.people import (
    affiliation_admin_entry,
    affiliation_edit,
    affiliation_end,
    hand_over,
    mandate_document,
    people,
)
from members.views.profile import organisation, organisation_decide, organisation_edit
from members.views.signing import cosponsorship_confirm, cosponsorship_discard, cosponsorship_sign
from members.views.supports import (
    support_confirm,
    support_leave,
    support_new,
    support_one_click,
    support_organisation,
    support_sent,
    support_withdraw,
    supporters,
)
from members.views.tokens import token_revoke, tokens
from members.views.versions import cosponsorship_renew, cosponsorship_version

__all__ = [
    "account_overview",
    "adoption",
    "adoption_document",
    "adoption_edit",
    "adoption_new",
    "adoption_withdraw",
    "adoptions",
    "affiliation_admin_entry",
    "affiliation_edit",
    "affiliation_end",
    "cosponsors",
    "cosponsorship",
    "cosponsorship_change",
    "cosponsorship_change_decide",
    "cosponsorship_confirm",
    "cosponsorship_decide",
    "cosponsorship_discard",
    "cosponsorship_document",
    "cosponsorship_document_new",
    "cosponsorship_hide_name",
    "cosponsorship_paper",
    "cosponsorship_paper_new",
    "cosponsorship_renew",
    "cosponsorship_resend",
    "cosponsorship_sign",
    "cosponsorship_version",
    "cosponsorship_withdraw",
    "erase",
    "export_contacts_file",
    "export_contacts_new",
    "hand_over",
    "invitation",
    "invitation_answer",
    "invitation_cancel",
    "invitation_list",
    "invitation_new",
    "invitation_resend",
    "join_domain",
    "join_request",
    "join_request_decide",
    "join_request_withdraw",
    "mandate_document",
    "my_data",
    "my_data_file",
    "organisation",
    "organisation_csv",
    "organisation_decide",
    "organisation_distinct",
    "organisation_domain_new",
    "organisation_domain_remove",
    "organisation_duplicates",
    "organisation_edit",
    "organisation_feed",
    "organisation_geojson",
    "organisation_merge",
    "organisation_merge_choose",
    "organisation_new",
    "organisation_remove",
    "organisations",
    "people",
    "support_confirm",
    "support_leave",
    "support_new",
    "support_one_click",
    "support_organisation",
    "support_sent",
    "support_withdraw",
    "supporters",
    "token_revoke",
    "tokens",
]
