"""The form in which the organising team copies what a paper says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.core.documents import SignableArticle
from members.forms.cosponsorships import LONGEST_RESERVATION, RESERVATION, SENTENCE, WordsForm
from members.forms.fields import area


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, help_text=_("Exemple : 2026-11-06."), **options)


class PaperForm(WordsForm):
    """What the signed paper says, and its scan; `articles` are those of the version that was signed."""

    signatory_name = forms.CharField(label=_("Nom de la personne qui a signé"), max_length=150)
    signatory_function = forms.CharField(label=_("Sa fonction"), max_length=150)
    signed_on = _day(_("Signé le"))
    mandate_reference = forms.CharField(
        label=_("Délibération ou mandat"),
        max_length=200,
        help_text=_("La décision citée sur le papier. Exemple : délibération nº 2026-114."),
    )
    mandate_date = _day(_("Date de cette décision"), required=False)
    document = forms.FileField(
        label=_("Le papier signé, numérisé"),
        max_length=200,
        help_text=_("Un PDF, ou une photo lisible (JPEG ou PNG), de 10 Mo au plus. Il n’est jamais publié."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    name_is_public = forms.BooleanField(
        label=_("Le papier dit que le nom et la fonction du signataire peuvent être publiés."), required=False
    )

    def __init__(self, *args: Any, articles: Sequence[SignableArticle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.articles = articles
        self.fields["commitments"].label = _("Engagements cochés sur le papier")
        self.fields["commitments"].help_text = _("Recopiez pour chacun sa phrase : elle sera publiée.")
        self.fields["statement"].help_text = _("S’il y en a sur le papier. Ces mots seront publiés.")
        for article in articles:
            self.fields[f"{RESERVATION}{article.key}"] = forms.CharField(
                label=_("Réserve sur « %(title)s »") % {"title": article.title},
                max_length=LONGEST_RESERVATION,
                required=False,
                widget=area(2),
            )
        words = [name for name in self.fields if name.startswith(SENTENCE)]
        last = [name for name in self.fields if name.startswith(RESERVATION)]
        own = ["document", "signatory_name", "signatory_function", "signed_on", "mandate_reference", "mandate_date"]
        self.order_fields([*own, "commitments", *words, "statement", "name_is_public", *last])

    def facts(self) -> dict[str, Any]:
        """The answers as `record_paper_signature` takes them."""
        data = self.cleaned_data
        own = ("signatory_name", "signatory_function", "signed_on", "mandate_reference", "mandate_date")
        return {
            **{name: data[name] for name in (*own, "commitments", "statement", "name_is_public")},
            "scan": data["document"],
            "sentences": self.sentences(),
            "reservations": {one.key: data.get(f"{RESERVATION}{one.key}", "") for one in self.articles},
        }
