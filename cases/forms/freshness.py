"""What organisers choose for a case nobody holds any more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Organisation


class NewOwnerForm(forms.Form):
    """The organisation that takes the case over, among those found."""

    organisation = forms.ModelChoiceField(
        label=_("Confier ce cas à"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
