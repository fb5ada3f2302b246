"""Forms of accounts, organisations and co-sponsorship."""

from members.forms.accounts import EraseForm, ProfileForm, SignupExtraForm
from members.forms.adoptions import AdoptionForm, AdoptionWithdrawForm, DecisionFileForm
from members.forms.coalitions import CoalitionRulesForm
from members.forms.cosponsorships import (
    ActDecisionForm,
    ChangeForm,
    DecisionForm,
    DocumentForm,
    SignForm,
    WithdrawForm,
)
from members.forms.exports import ContactsForm
from members.forms.mandates import (
    AffiliationForm,
    HandOverForm,
    InvitationForm,
    InvitationListConfirmForm,
    InvitationListForm,
    JoinDecisionForm,
    JoinRequestForm,
)
from members.forms.organisations import (
    MergeForm,
    OrganisationEditForm,
    OrganisationRequestForm,
    RemovalForm,
    VerifiedDomainForm,
)
from members.forms.paper import PaperForm
from members.forms.supports import OrganisationSupportForm, SupportForm, SupportWordsForm
from members.forms.versions import VersionForm

__all__ = [
    "ActDecisionForm",
    "AdoptionForm",
    "AdoptionWithdrawForm",
    "AffiliationForm",
    "ChangeForm",
    "CoalitionRulesForm",
    "ContactsForm",
    "DecisionFileForm",
    "DecisionForm",
    "DocumentForm",
    "EraseForm",
    "HandOverForm",
    "InvitationForm",
    "InvitationListConfirmForm",
    "InvitationListForm",
    "JoinDecisionForm",
    "JoinRequestForm",
    "MergeForm",
    "OrganisationEditForm",
    "OrganisationRequestForm",
    "OrganisationSupportForm",
    "PaperForm",
    "ProfileForm",
    "RemovalForm",
    "SignForm",
    "SignupExtraForm",
    "SupportForm",
    "SupportWordsForm",
    "VerifiedDomainForm",
    "VersionForm",
    "WithdrawForm",
]
