"""What organisers decide about a case, and say to those who wrote it."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import PART_LABELS, SECTIONS
from cases.forms.widgets import area, day

LONGEST_COMMENT = 2_000
COMMENTED: tuple[tuple[str, Any], ...] = (
    ("title", _("Titre")),
    ("summary", _("En deux phrases")),
    *SECTIONS,
    *PART_LABELS.items(),
    ("source_title", _("Source")),
)
"""What a comment can be about: the name of a word, and its heading."""


class ReasonForm(forms.Form):
    """Why: read by those who wrote the case."""

    reason = area(_("Motif"), _("Ceux qui ont écrit le cas le liront."), 2_000, required=True, rows=4)


class PublishForm(forms.Form):
    """Which revision was read before publishing."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ScheduleForm(PublishForm):
    """The same, for a later day; at six in the morning, universal time."""

    publish_on = day(_("Publier le"), _("À six heures, temps universel."), required=True)

    def moment(self) -> datetime:
        """When it becomes public."""
        chosen = self.cleaned_data["publish_on"]
        return datetime(chosen.year, chosen.month, chosen.day, 6, tzinfo=UTC)

    def clean_publish_on(self) -> Any:
        """A day to come."""
        chosen = self.cleaned_data["publish_on"]
        if chosen <= timezone.now().date():
            raise forms.ValidationError(_("Choisissez un jour à venir, ou publiez maintenant."))
        return chosen


class CommentForm(forms.Form):
    """A remark about one part of the sheet."""

    about = forms.ChoiceField(label=_("À propos de"), choices=COMMENTED)
    text = area(_("Votre remarque"), _("Ceux qui ont écrit le cas la liront à côté de leur texte."), LONGEST_COMMENT,
                required=True, rows=3)  # fmt: skip


class RestoreForm(forms.Form):
    """Which revision stood when the writer chose an older one."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
