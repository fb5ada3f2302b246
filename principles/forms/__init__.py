"""Forms of the charter. The actions check again; here the answers stand beside their questions."""

from principles.forms.amendments import WRITTEN, AmendmentForm, PlacedForm, places, said_by
from principles.forms.decisions import (
    CoAuthorForm,
    DecisionForm,
    EndorseForm,
    HidingForm,
    LegForm,
    PhasesForm,
    PositionForm,
    ResolveForm,
    RevisionForm,
    RuleForm,
)
from principles.forms.fields import TEAM, DomainForm, SettledField, VoiceForm
from principles.forms.versions import DocumentForm, PublishForm

__all__ = [
    "TEAM",
    "WRITTEN",
    "AmendmentForm",
    "CoAuthorForm",
    "DecisionForm",
    "DocumentForm",
    "DomainForm",
    "EndorseForm",
    "HidingForm",
    "LegForm",
    "PhasesForm",
    "PlacedForm",
    "PositionForm",
    "PublishForm",
    "ResolveForm",
    "RevisionForm",
    "RuleForm",
    "SettledField",
    "VoiceForm",
    "places",
    "said_by",
]
