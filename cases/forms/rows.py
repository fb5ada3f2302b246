"""Rows of what repeats in a case. They work without scripts: one more row is one more press of a button."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from cases.enums import MOST_ROWS, PARTS
from cases.forms.widgets import day, plain
from cases.models import Terms
from cases.models.parts import PART_MODELS
from cases.models.terms import TermField

HELP_OF_ROWS: dict[str, Any] = {
    "partners": _("Qui a fait quoi, et de quel côté : celui qui fournit, celui qui décide, celui qui s’en sert."),
    "indicators": _("Un bon indicateur dit quelque chose d’important, se mesure, et peut changer. Un par ligne."),
    "evidence": _("Ce qu’une autre ville peut aller lire ou réutiliser."),
    "pictures": _("Pour retirer une image, cochez sa case. Pour en ajouter une, utilisez le bouton plus bas."),
    "updates": _("Ce qui s’est passé depuis la publication."),
}


class RowForm(forms.Form):
    """One row; its questions are the fields of the part's model."""

    part = ""

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTS[self.part]:
            self.fields[name] = self._question(PART_MODELS[self.part]._meta.get_field(name), terms)

    def _question(self, field: Any, terms: Terms) -> forms.Field:
        if isinstance(field, TermField):
            held = self.initial.get(field.name) or ""
            choices = [("", "—"), *terms.choices(field.vocabulary, keep=[held])]
            return forms.ChoiceField(label=_label(field), required=not field.blank, choices=choices)
        if isinstance(field, models.ForeignKey):
            return forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
        if isinstance(field, models.DateField):
            return day(_label(field), required=not field.null)
        if isinstance(field, models.URLField):
            return forms.URLField(label=_label(field), required=not field.blank, max_length=500, assume_scheme="https")
        question: forms.Field = field.formfield(label=_label(field))
        if isinstance(field, models.DecimalField):
            question.widget = forms.TextInput(attrs={"inputmode": "decimal"})
            question.localize = False
        return question

    def clean(self) -> dict[str, Any]:
        """What the model itself refuses about a row is said here, beside its question."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and self.has_changed():
            values = {f"{name}_id" if name == "picture" else name: data.get(name) for name in PARTS[self.part]}
            try:
                PART_MODELS[self.part](**values).clean()
            except ValidationError as error:
                for name, sentences in error.message_dict.items():
                    self.add_error(name, sentences)
        return data

    def row(self) -> dict[str, Any]:
        """The row as the actions take it; an answer that was left out of a text is an empty text."""
        return {name: plain(self.cleaned_data.get(name)) for name in PARTS[self.part]}


def _label(field: Any) -> str:
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


class Rows(BaseFormSet):
    """The rows of one part: those that are there, and an empty one. What is left empty is not kept."""

    part = ""

    def initial_form_count(self) -> int:
        """Every row may be left empty, so that emptying one takes it away."""
        return 0

    def total_form_count(self) -> int:
        """As many as were sent; before that, those there are and, unless it is a picture, one more."""
        if self.is_bound:
            return super().total_form_count()
        more = 0 if self.part == "pictures" else 1
        return min(len(self.initial or []) + more, MOST_ROWS)

    def stay_silent(self) -> None:
        """Show what was typed without judging it."""
        self._errors: Any = []
        self._non_form_errors: Any = self.error_class()
        for form in self.forms:
            form._errors = ErrorDict()

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Rows that say something and were not taken away."""
        forms_ = [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        return [form.row() for form in forms_]

    @property
    def row_errors(self) -> list[tuple[int, Any]]:
        """(rank, field) of each question that was refused."""
        return [
            (rank, form[name]) for rank, form in enumerate(self.forms, 1) for name in form.errors if name in form.fields
        ]


def rows_for(part: str, *, terms: Terms, data: Any = None, initial: Sequence[dict[str, Any]] = ()) -> Rows:
    """The rows of `part`, filled with `initial`, or with what was sent."""
    row_form = type("RowForm", (RowForm,), {"part": part})
    made: Any = formset_factory(
        row_form, formset=Rows, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True
    )
    rows: Rows = made(data, prefix=part, initial=list(initial) or None, form_kwargs={"terms": terms})
    rows.part = part
    return rows
