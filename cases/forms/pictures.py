"""Sending one picture."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PictureForm(forms.Form):
    """The file, the words that stand for it, and who made it."""

    picture = forms.FileField(
        label=_("Image"),
        help_text=_("JPEG, PNG ou WebP, 10 Mo au plus. Le lieu et l’appareil notés dans le fichier sont effacés."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alternative = forms.CharField(
        label=_("Ce que montre l’image"),
        max_length=300,
        help_text=_("Pour ceux qui ne la voient pas : qui, quoi, où."),
    )
    credit = forms.CharField(label=_("Crédit"), max_length=200, help_text=_("Auteur et licence."))
    caption = forms.CharField(label=_("Légende"), max_length=300, required=False)
