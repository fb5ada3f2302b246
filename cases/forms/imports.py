"""Forms of a city's file: which file, for whom, and what its columns stand for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import CaseImport
from members.models import LANGUAGES

MEGABYTES = 10
ACCEPTED = ".jsonl,.csv,.tsv,.txt,.xlsx"


class ImportFileForm(forms.Form):
    """The file, and whose cases it holds."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Pour quelle organisation ?"))
    file = forms.FileField(
        label=_("Votre fichier"),
        help_text=_("JSONL, CSV ou XLSX ; 10 Mo et 5 000 lignes au plus. La première ligne nomme les colonnes."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    language = forms.ChoiceField(
        label=_("En quelle langue sont les cas ?"),
        choices=LANGUAGES,
        help_text=_("Une colonne « langue » du fichier passe avant cette réponse."),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if organisations[:2].count() == 1:
            field.initial = organisations.first().pk

    def clean_file(self) -> Any:
        """Too heavy is said before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("Ce fichier dépasse 10 Mo : partagez-le en plusieurs."))
        return file


class ColumnsForm(forms.Form):
    """One question a column: which field it gives."""

    def __init__(
        self, *args: Any, job: CaseImport, choices: list[tuple[str, str]], may_publish: bool, **kwargs: Any
    ) -> None:
        """`choices`: fields by name, without the blank one."""
        super().__init__(*args, **kwargs)
        offered = [("", _("Ne pas prendre cette colonne")), *choices]
        self.columns = job.columns
        for rank, column in enumerate(job.columns):
            samples = " · ".join(column["samples"])
            self.fields[f"column_{rank}"] = forms.ChoiceField(
                label=column["heading"], choices=offered, required=False, initial=column["field"], help_text=samples
            )
        if may_publish:
            self.fields["publish"] = forms.BooleanField(
                label=_("Rendre ces cas publics tout de suite"),
                required=False,
                initial=job.publish,
                help_text=_("Sinon, ils attendent en brouillon. Un cas public a besoin d’un titre et d’un résumé."),
            )

    def chosen(self) -> list[str]:
        """Field by column, in the order of the file."""
        return [self.cleaned_data[f"column_{rank}"] for rank in range(len(self.columns))]
