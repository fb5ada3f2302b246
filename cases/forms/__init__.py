"""What people fill in: the sheet at three depths, its rows, pictures, and what organisers decide."""

from cases.forms.draft import DraftForms
from cases.forms.pictures import PictureForm
from cases.forms.review import CommentForm, PublishForm, ReasonForm, RestoreForm, ScheduleForm
from cases.forms.sheet import CaseForm, initial_of

__all__ = [
    "CaseForm",
    "CommentForm",
    "DraftForms",
    "PictureForm",
    "PublishForm",
    "ReasonForm",
    "RestoreForm",
    "ScheduleForm",
    "initial_of",
]
