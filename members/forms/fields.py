"""What several forms are made of."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coalition.core.text import has_hidden_characters


class OneLineField(forms.CharField):
    """A line of text that holds nothing invisible: no control, no mark that turns the direction of writing."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if has_hidden_characters(text.replace("\x00", "")):
            raise ValidationError(
                _("Ce champ contient des caractères invisibles : effacez-le et écrivez-le de nouveau."), code="hidden"
            )
        return text


def area(rows: int, **attrs: Any) -> forms.Textarea:
    """A text of that many lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})
