"""« Nous l’avons refait » : which case, what changed, what came out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import RedoOutcome
from cases.forms.widgets import area
from cases.models.reproductions import LONGEST_WORDS

NEW = "new"


class RedoForm(forms.Form):
    """A case of one's own that redoes the one being read, or a new one that starts from it."""

    redo = forms.ChoiceField(label=_("Votre cas"))
    organisation: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Pour un nouveau cas, au nom de quelle organisation ?"),
    )
    what_changed = area(
        _("Ce que vous avez changé"),
        _("Le lieu, les moyens, les outils, les gens : ce qui n’était pas pareil chez vous."),
        LONGEST_WORDS, required=True, rows=4,
    )  # fmt: skip
    what_came_out = area(
        _("Ce que cela a donné"), _("Un chiffre si vous en avez un ; rien s’il est trop tôt."), LONGEST_WORDS, rows=4
    )
    outcome = forms.ChoiceField(
        label=_("En un mot"), choices=RedoOutcome.choices, initial=RedoOutcome.EARLY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, cases: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [(str(page.pk), f"{page} ({page.number})") for page in cases]
        redo: Any = self.fields["redo"]
        redo.choices = [(NEW, _("Un nouveau cas, qui part de celui-ci")), *mine]
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            field.initial = only[0].pk

    def clean(self) -> dict[str, Any]:
        """A new case needs its organisation."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("redo") == NEW and not data.get("organisation"):
            self.add_error("organisation", _("Choisissez au nom de qui vous écrivez le nouveau cas."))
        return data
