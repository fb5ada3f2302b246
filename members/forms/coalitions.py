"""The numbers and rules of a coalition, for the organisers."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.enums import Kind
from members.models import Coalition

MOST = 9999


class CoalitionRulesForm(forms.ModelForm):
    """How many co-sponsors, of which kinds, for how long, and what stays of those who leave."""

    class Meta:
        model = Coalition
        fields = ("cosponsors_needed", "renewal_months", "withdrawal_trace")

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = dict(self.instance.kind_thresholds.values_list("kind", "minimum")) if self.instance.pk else {}
        for kind, label in Kind.choices:
            self.fields[f"minimum_{kind}"] = forms.IntegerField(
                label=format_lazy(_("Au moins, de nature « {kind} »"), kind=label),
                min_value=0,
                max_value=MOST,
                required=False,
                initial=asked.get(kind, 0),
            )

    def minimums(self) -> dict[str, int]:
        """The least number by kind, 0 for none."""
        return {kind: self.cleaned_data.get(f"minimum_{kind}") or 0 for kind in Kind.values}
