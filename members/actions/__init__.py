"""Everything that changes organisations, mandates, co-sponsorships and profiles: one function a change."""

from members.actions.accounts import UnknownTimeZone, change_profile
from members.actions.adoptions import (
    AdoptionExists,
    AdoptionUnclear,
    Change,
    edit_adoption,
    record_adoption,
    withdraw_adoption,
)
from members.actions.affiliations import (
    LastRepresentative,
    acting_for,
    add_affiliation,
    change_affiliation,
    end_affiliation,
    note_proof_read,
)
from members.actions.bindings import ArticleGone
from members.actions.changes import ChangeWaiting, NothingChanged, accept_change, decline_change, propose_change
from members.actions.coalitions import define_coalition, set_coalition_rules
from members.actions.cosponsorships import (
    approve_cosponsorship,
    ask_for_document,
    decline_cosponsorship,
    hide_signatory,
    note_document_read,
    provide_document,
    withdraw_cosponsorship,
)
from members.actions.domains import DomainRefused, add_domain, remove_domain
from members.actions.drafts import AlreadySigned, discard_draft, save_draft
from members.actions.duplicates import tell_apart
from members.actions.erasure import erase_account, erase_inactive_account, replay_erasures
from members.actions.exports import CONTACTS_EXPORT, export_contacts, note_export_read
from members.actions.handover import end_due_mandates, name_successor
from members.actions.invitation_lists import ListRefused, invite_list, judge_list, list_text, read_list
from members.actions.invitations import (
    AlreadyInvited,
    StaleInvitation,
    TooManyInvitations,
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    invite_person,
    resend_invitation,
)
from members.actions.joining import (
    TooManyJoinRequests,
    accept_join_request,
    decline_join_request,
    join_by_domain,
    request_to_join,
    withdraw_join_request,
)
from members.actions.logos import LogoChange
from members.actions.merging import NotMergeable, merge_organisations
from members.actions.mydata import KIND as PERSONAL_DATA, export_own_data
from members.actions.organisations import (
    HiddenCharacters,
    OrganisationExists,
    OrganisationRemoved,
    TooManyRequests,
    confirm_organisation,
    edit_organisation,
    import_organisation,
    refuse_organisation,
    request_organisation,
)
from members.actions.paper import ActExists, PaperUnclear, note_paper_read, record_paper_signature
from members.actions.removal import remove_organisation
from members.actions.renewals import ask_due_renewals, ask_renewal, remind_renewals, renew_cosponsorship
from members.actions.signing import (
    DocumentChanged,
    NothingToSign,
    StaleLink,
    TooManyLinks,
    confirm_cosponsorship,
    resend_confirmation,
    sign_cosponsorship,
)
from members.actions.supports import (
    AlreadyCosponsor,
    StaleSupportLink,
    ask_support,
    confirm_support,
    forget_unconfirmed_supports,
    support_as_organisation,
    withdraw_support,
    withdraw_support_by_link,
)
from members.actions.thresholds import ThresholdUnclear, set_threshold
from members.actions.versions import announce_version, confirm_version, remind_versions
from members.notifications import CONFIRM_PURPOSE

__all__ = [
    "CONFIRM_PURPOSE",
    "CONTACTS_EXPORT",
    "PERSONAL_DATA",
    "ActExists",
    "AdoptionExists",
    "AdoptionUnclear",
    "AlreadyCosponsor",
    "AlreadyInvited",
    "AlreadySigned",
    "ArticleGone",
    "Change",
    "ChangeWaiting",
    "DocumentChanged",
    "DomainRefused",
    "HiddenCharacters",
    "LastRepresentative",
    "ListRefused",
    "LogoChange",
    "NotMergeable",
    "NothingChanged",
    "NothingToSign",
    "OrganisationExists",
    "OrganisationRemoved",
    "PaperUnclear",
    "StaleInvitation",
    "StaleLink",
    "StaleSupportLink",
    "ThresholdUnclear",
    "TooManyInvitations",
    "TooManyJoinRequests",
    "TooManyLinks",
    "TooManyRequests",
    "UnknownTimeZone",
    "accept_change",
    "accept_invitation",
    "accept_join_request",
    "acting_for",
    "add_affiliation",
    "add_domain",
    "announce_version",
    "approve_cosponsorship",
    "ask_due_renewals",
    "ask_for_document",
    "ask_renewal",
    "ask_support",
    "cancel_invitation",
    "change_affiliation",
    "change_profile",
    "confirm_cosponsorship",
    "confirm_organisation",
    "confirm_support",
    "confirm_version",
    "decline_change",
    "decline_cosponsorship",
    "decline_invitation",
    "decline_join_request",
    "define_coalition",
    "discard_draft",
    "edit_adoption",
    "edit_organisation",
    "end_affiliation",
    "end_due_mandates",
    "erase_account",
    "erase_inactive_account",
    "export_contacts",
    "export_own_data",
    "forget_unconfirmed_supports",
    "hide_signatory",
    "import_organisation",
    "invite_list",
    "invite_person",
    "join_by_domain",
    "judge_list",
    "list_text",
    "merge_organisations",
    "name_successor",
    "note_document_read",
    "note_export_read",
    "note_paper_read",
    "note_proof_read",
    "propose_change",
    "provide_document",
    "read_list",
    "record_adoption",
    "record_paper_signature",
    "refuse_organisation",
    "remind_renewals",
    "remind_versions",
    "remove_domain",
    "remove_organisation",
    "renew_cosponsorship",
    "replay_erasures",
    "request_organisation",
    "request_to_join",
    "resend_confirmation",
    "resend_invitation",
    "save_draft",
    "set_coalition_rules",
    "set_threshold",
    "sign_cosponsorship",
    "support_as_organisation",
    "tell_apart",
    "withdraw_adoption",
    "withdraw_cosponsorship",
    "withdraw_join_request",
    "withdraw_support",
    "withdraw_support_by_link",
]
