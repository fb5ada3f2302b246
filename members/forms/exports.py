"""What is asked before contacts leave the site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import area

SHORTEST_PURPOSE = 10


class ContactsForm(forms.Form):
    """Why, and in which format."""

    CSV = "csv"
    XLSX = "xlsx"

    purpose = forms.CharField(
        label=_("À quoi servira cette liste ?"),
        min_length=SHORTEST_PURPOSE,
        max_length=300,
        widget=area(3),
        help_text=_(
            "Cette phrase reste au journal des actes. Exemple : inviter les signataires à la rencontre de mai."
        ),
    )
    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=[(XLSX, _("Classeur (XLSX)")), (CSV, _("Texte (CSV)"))],
        initial=XLSX,
        widget=forms.RadioSelect,
    )
