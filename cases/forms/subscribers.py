"""What superusers ask of the list of subscribers, and what they bring into it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.enums import Frequency, SubscriberState
from cases.models import Terms
from cases.models.alerts import LANGUAGES, selection_words, stored_selection
from cases.models.listing import vocabularies
from cases.search import Selection, read_selection, unknown_parameters
from coalition.core.text import one_line

LONGEST_TEXT = 1_000_000
"""Characters of a pasted list."""
SHORTEST_SOURCE = 10
EVERYTHING = "*"
OF_THE_PAGE = frozenset({"page", "view", "sort"})
"""Parameters of the list of cases that say how it is shown, not what is asked."""


def asked_of(address: str) -> QueryDict:
    """The parameters an address of the list holds; those left empty ask nothing."""
    _before, mark, after = address.partition("#")[0].rpartition("?")
    given = QueryDict(after if mark or "=" in after else "", mutable=True)
    for name, values in list(given.lists()):
        given.setlist(name, [value for value in values if value])
        if not given.getlist(name):
            del given[name]
    return given


class SubscriberFilterForm(forms.Form):
    """Which part of the list."""

    state = forms.ChoiceField(label=_("État"), required=False, choices=[("", _("Tous")), *SubscriberState.choices])
    language = forms.ChoiceField(label=_("Langue"), required=False, choices=[("", _("Toutes")), *LANGUAGES])
    frequency = forms.ChoiceField(label=_("Rythme"), required=False, choices=[("", _("Tous")), *Frequency.choices])

    def asked(self) -> dict[str, str]:
        """What was chosen; a value nobody knows counts as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SubscriberSearchForm(forms.Form):
    """An address, or a part of one."""

    address = forms.CharField(
        label=_("Adresse électronique, ou une partie"),
        min_length=3,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )


class SubscriberImportForm(forms.Form):
    """Addresses, and the question they would be told about."""

    known = forms.ChoiceField(label=_("Ce qui serait suivi"), required=False)
    other = forms.CharField(
        label=_("Ou l’adresse d’une liste de cas"),
        max_length=2_000,
        required=False,
        help_text=_("Cherchez dans le catalogue avec les filtres voulus, puis copiez l’adresse de la page."),
    )
    file = forms.FileField(
        label=_("Fichier d’adresses"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "CSV ou XLSX, 5 000 lignes au plus. Colonnes : adresse, langue, rythme ; seule la première est nécessaire."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
    )
    pasted = forms.CharField(
        label=_("Ou les adresses, une par ligne"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Langue, quand la ligne n’en dit rien"), choices=LANGUAGES, initial="fr", widget=forms.RadioSelect
    )
    frequency = forms.ChoiceField(
        label=_("Rythme, quand la ligne n’en dit rien"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("D’où viennent ces adresses"),
        max_length=300,
        help_text=_(
            "Par exemple : la feuille d’inscription de la rencontre de mai. Cette phrase reste au journal des actes ; "
            "n’y écrivez pas d’adresse."
        ),
    )

    def __init__(self, *args: Any, questions: list[str], terms: Terms, **kwargs: Any) -> None:
        """`questions`: those somebody follows, as they are kept."""
        super().__init__(*args, **kwargs)
        self.terms = terms
        known: Any = self.fields["known"]
        known.choices = [
            ("", _("Une liste dont je donne l’adresse")),
            (EVERYTHING, _("Tous les nouveaux cas")),
            *((query, " · ".join(selection_words(stored_selection(query), terms))) for query in questions if query),
        ]

    def clean_source(self) -> str:
        """Enough to be understood later, and no address: the log is kept."""
        said = one_line(self.cleaned_data["source"])
        if len(said) < SHORTEST_SOURCE:
            raise forms.ValidationError(_("Dites en une phrase d’où viennent ces adresses."))
        if "@" in said:
            raise forms.ValidationError(_("N’écrivez pas d’adresse ici : le journal des actes garde cette phrase."))
        return said

    def clean_other(self) -> str:
        """An address of the list of cases that asks something we know."""
        given = one_line(self.cleaned_data["other"])
        if not given:
            return ""
        query = asked_of(given)
        strange = unknown_parameters(query, terms=vocabularies(self.terms), besides=OF_THE_PAGE)
        if strange:
            words = _("Nous ne savons pas lire « %(word)s » dans cette adresse.")
            raise forms.ValidationError(words % {"word": strange[0][:80]})
        if not read_selection(query).without("sort").pairs():
            none = _("Cette adresse ne porte aucun filtre : choisissez plutôt « Tous les nouveaux cas ».")
            raise forms.ValidationError(none)
        return given

    def clean(self) -> dict[str, Any]:
        """One question, one list."""
        cleaned = super().clean() or {}
        words = {
            ("known", "other"): (
                _("Choisissez une recherche dans la liste, ou donnez l’adresse d’une autre : pas les deux."),
                _("Choisissez ce qui serait suivi, ou donnez l’adresse d’une liste de cas."),
            ),
            ("file", "pasted"): (
                _("Donnez un fichier, ou collez les adresses : pas les deux."),
                _("Donnez un fichier d’adresses, ou collez-les."),
            ),
        }
        for names, (both, none) in words.items():
            given = [bool(str(cleaned[name] or "").strip()) for name in names if name in cleaned]
            if len(given) == len(names) and sum(given) != 1:
                self.add_error(names[0], both if any(given) else none)
        return cleaned

    @property
    def selection(self) -> Selection:
        """What would be followed, once the form is valid."""
        if self.cleaned_data["other"]:
            return read_selection(asked_of(self.cleaned_data["other"]))
        known = self.cleaned_data["known"]
        return Selection() if known == EVERYTHING else stored_selection(known)


class SubscriberConfirmForm(forms.Form):
    """What was read, on its way back: judged again before anything is written."""

    question = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, max_length=2_000)
    rows = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=2 * LONGEST_TEXT)
    source = forms.CharField(widget=forms.HiddenInput, max_length=300)
