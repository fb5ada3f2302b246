"""The form of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import OneLineField


class TokenForm(forms.Form):
    """What it is for, and for how long."""

    name = OneLineField(
        label=_("À quoi servira ce jeton ?"),
        max_length=80,
        help_text=_("Le logiciel qui l’emploiera, par exemple : « Observatoire des services »."),
    )
    days = forms.TypedChoiceField(
        label=_("Combien de temps ?"),
        coerce=int,
        choices=[(30, _("30 jours")), (90, _("90 jours")), (365, _("un an"))],
        initial=90,
        help_text=_("Passé ce délai, il ne sert plus. Vous pouvez le retirer avant."),
    )
