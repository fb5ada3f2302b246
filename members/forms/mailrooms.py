"""What is asked of representatives about their organisation's mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.enums import MAIL_ROLES, USUAL_ROLES, MailboxMode, OrganisationMail
from members.models import LANGUAGES, MailRule, Organisation, SharedMailbox


def _roles(category: OrganisationMail) -> forms.MultipleChoiceField:
    choices = [(role.value, role.label) for role in MAIL_ROLES[category]]
    return forms.MultipleChoiceField(
        label=category.label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins un rôle : quelqu’un doit être averti.")},
    )


class MailRulesForm(forms.Form):
    """The roles told of each category."""

    cosponsorship = _roles(OrganisationMail.COSPONSORSHIP)
    charter = _roles(OrganisationMail.CHARTER)
    own_case = _roles(OrganisationMail.OWN_CASE)
    contact = _roles(OrganisationMail.CONTACT)
    challenges = _roles(OrganisationMail.CHALLENGES)


class MailboxForm(forms.Form):
    """A mailbox people share."""

    address = forms.EmailField(
        label=_("Adresse de la boîte commune"),
        max_length=254,
        help_text=_("Un courriel y demande de confirmer ; rien d’autre n’y part avant."),
    )
    language = forms.ChoiceField(label=_("Langue des courriels"), choices=LANGUAGES)
    mode = forms.ChoiceField(
        label=_("Ce qu’elle reçoit"), choices=MailboxMode.choices, widget=forms.RadioSelect, initial=MailboxMode.COPY
    )
    categories = forms.MultipleChoiceField(
        label=_("Sur quels sujets"), choices=OrganisationMail.choices, widget=forms.CheckboxSelectMultiple
    )


def rules_of(organisation: Organisation) -> dict[str, list[str]]:
    """The roles told of each category today, chosen or usual."""
    chosen = dict(MailRule.objects.filter(organisation=organisation).values_list("category", "roles"))
    return {name: chosen.get(name) or [role.value for role in USUAL_ROLES[name]] for name in OrganisationMail.values}


def mailbox_answers(box: SharedMailbox | None) -> dict[str, Any]:
    """What the form shows of the mailbox there is."""
    if box is None:
        return {"categories": OrganisationMail.values, "language": "fr"}
    return {name: getattr(box, name) for name in ("address", "language", "mode", "categories")}
