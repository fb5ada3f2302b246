"""Forms of an organisation's people: invitations, mandates, hand-over, requests to enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.enums import Role
from members.forms.fields import area
from members.models import LANGUAGES, Affiliation

DATE = {"type": "date"}


def _function(**options: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Fonction"),
        max_length=150,
        required=False,
        help_text=_("Exemple : adjointe chargée du numérique."),
        **options,
    )


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Langue du courriel"), choices=LANGUAGES, widget=forms.RadioSelect, initial="fr")


class InvitationForm(forms.Form):
    """Whom to invite, and into what."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("L’invitation ne vaudra que pour cette adresse."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.MEMBER)
    function = _function()
    message = forms.CharField(
        label=_("Un mot pour elle ou lui"),
        max_length=1000,
        required=False,
        widget=area(4),
        help_text=_("Il part avec le courriel."),
    )
    language = _language()


class AffiliationForm(forms.Form):
    """Role, function and mandate of somebody who is inside."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, widget=forms.RadioSelect)
    function = _function()
    mandate_reference = forms.CharField(
        label=_("Délibération ou mandat"),
        max_length=200,
        required=False,
        help_text=_("Exemple : délibération nº 2026-114."),
    )
    mandate_date = forms.DateField(
        label=_("Date de cette décision"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE)
    )
    mandate_until = forms.DateField(
        label=_("Fin prévue du mandat"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DATE),
        help_text=_("Le dernier jour compris. Nous vous écrivons trente jours avant."),
    )
    document = forms.FileField(
        label=_("Justificatif"),
        required=False,
        help_text=_(
            "PDF ou photo, 10 Mo au plus. Seules les personnes qui représentent l’organisation et l’équipe "
            "d’organisation peuvent le lire."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )


class HandOverForm(forms.Form):
    """Who takes the mandate: somebody inside, or the owner of an address."""

    OTHER = "other"

    successor = forms.ChoiceField(label=_("Qui vous succède ?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Adresse électronique de cette autre personne"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    function = _function()
    message = forms.CharField(label=_("Un mot pour elle ou lui"), max_length=1000, required=False, widget=area(4))
    language = _language()
    stays_member = forms.BooleanField(
        label=_("Je reste membre de l’organisation"),
        required=False,
        help_text=_("Sans cela, vous quittez l’organisation à l’instant où la personne accepte."),
    )

    def __init__(self, *args: Any, colleagues: list[Affiliation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(line.pk): line for line in colleagues}
        people = [(key, f"{line.account}, {line.get_role_display()}") for key, line in self.colleagues.items()]
        self.fields["successor"].choices = [*people, (self.OTHER, _("Une autre personne"))]  # type: ignore[attr-defined]
        if not people:
            self.fields["successor"].initial = self.OTHER

    def clean(self) -> dict[str, Any]:
        """Another person needs an address; a colleague has one."""
        cleaned = super().clean() or {}
        line = self.colleagues.get(str(cleaned.get("successor")))
        if line is not None:
            cleaned["email"] = line.account.email
        elif cleaned.get("successor") == self.OTHER and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Donnez l’adresse de la personne qui vous succède."))
        return cleaned


class JoinRequestForm(forms.Form):
    """What somebody who asks to come in says of themselves."""

    role = forms.ChoiceField(
        label=_("Ce que vous voulez faire"),
        choices=[
            (Role.MEMBER, _("Participer : proposer des amendements, suivre les actes")),
            (Role.EDITOR, _("Écrire les cas de l’organisation")),
        ],
        widget=forms.RadioSelect,
        initial=Role.MEMBER,
    )
    function = _function()
    message = forms.CharField(
        label=_("Votre message"),
        max_length=1000,
        required=False,
        widget=area(4),
        help_text=_("Pour que la personne qui répond vous reconnaisse."),
    )


class JoinDecisionForm(forms.Form):
    """The answer to a request to enter, with the role given or the reason why not."""

    YES = "yes"
    NO = "no"

    decision = forms.ChoiceField(
        label=_("Votre réponse"), choices=[(YES, _("Accepter")), (NO, _("Ne pas retenir"))], widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label=_("Rôle donné"), choices=Role.choices)
    motive = forms.CharField(
        label=_("Motif"),
        max_length=1000,
        required=False,
        widget=area(3),
        help_text=_("Nécessaire pour un refus. Il est envoyé à qui a demandé."),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.NO and not (cleaned.get("motive") or "").strip():
            self.add_error("motive", _("Dites pourquoi : ce motif sera envoyé."))
        return cleaned


class InvitationListForm(forms.Form):
    """A file of people to invite."""

    file = forms.FileField(
        label=_("La liste"),
        allow_empty_file=True,
        help_text=_(
            "CSV ou XLSX, 500 lignes au plus. Colonnes : organisation, courriel, nom, fonction, rôle, langue ; "
            "les deux premières sont nécessaires, l’ordre est libre."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )


class InvitationListConfirmForm(forms.Form):
    """What was read of the file, on its way back."""

    rows = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=1_500_000)
