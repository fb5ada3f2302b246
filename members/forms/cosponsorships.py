"""Forms of co-sponsorship, and the organisers’ answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coalition.core.consents import current_purpose
from coalition.core.documents import SignableArticle
from members.enums import Commitment
from members.forms.fields import area
from members.models import Cosponsorship, Organisation
from members.rules.consents import NAME_PURPOSE

LONGEST_SENTENCE = 300
LONGEST_RESERVATION = 1000
RESERVATION = "reservation_"
SENTENCE = "sentence_"
BEFORE_WORDS = ("organisation", "function", "mandate_reference", "mandate_date", "document", "commitments")


class DecisionForm(forms.Form):
    """An organiser's answer, with a reason when it is no."""

    YES = "yes"
    NO = "no"

    decision = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[(YES, _("Accepter")), (NO, _("Ne pas retenir"))],
        widget=forms.RadioSelect,
    )
    motive = forms.CharField(
        label=_("Motif"),
        max_length=1000,
        required=False,
        widget=area(4),
        help_text=_("Nécessaire pour un refus. Il est envoyé à qui a demandé."),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.NO and not (cleaned.get("motive") or "").strip():
            self.add_error("motive", _("Dites pourquoi : ce motif sera envoyé."))
        return cleaned


class ActDecisionForm(DecisionForm):
    """An organiser's answer to a signature: yes, no, or a document first."""

    ASK = "ask"

    decision = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[
            (DecisionForm.YES, _("Accepter")),
            (ASK, _("Demander une pièce avant de répondre")),
            (DecisionForm.NO, _("Ne pas retenir")),
        ],
        widget=forms.RadioSelect,
    )
    motive = forms.CharField(
        label=_("Motif, ou pièce demandée"),
        max_length=1000,
        required=False,
        widget=area(4),
        help_text=_("Nécessaire pour un refus ou une demande de pièce. L’organisation le reçoit par courriel."),
    )

    def clean(self) -> dict[str, Any]:
        """A request names the document."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.ASK and not (cleaned.get("motive") or "").strip():
            self.add_error("motive", _("Dites quelle pièce vous attendez."))
        return cleaned


class WithdrawForm(forms.Form):
    """Why an organisation withdraws."""

    reason = forms.CharField(
        label=_("Pourquoi votre organisation se retire-t-elle ?"),
        max_length=1000,
        widget=area(4),
        help_text=_("Une phrase suffit. Elle reste au registre avec l’acte."),
    )


class DocumentForm(forms.Form):
    """The proof of a mandate."""

    document = forms.FileField(
        label=_("La pièce"),
        max_length=200,
        help_text=_("Un PDF, ou une photo lisible (JPEG ou PNG), de 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )


class WordsForm(forms.Form):
    """What an organisation will do: commitments, a sentence for each, and a statement if it wants one."""

    commitments = forms.MultipleChoiceField(
        label=_("Vos engagements"),
        choices=Commitment.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Un au moins. Pour chacun, dites en une phrase ce que vous ferez : elle sera publiée."),
        error_messages={"required": _("Choisissez au moins un engagement.")},
    )
    statement = forms.CharField(
        label=_("Quelques mots de plus"),
        max_length=1000,
        required=False,
        widget=area(3),
        help_text=_("Pourquoi vous signez, ce que vous en attendez. Ces mots seront publiés."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in Commitment.choices:
            self.fields[f"{SENTENCE}{value}"] = forms.CharField(
                label=format_lazy(_("{commitment} : ce que vous ferez"), commitment=label),
                max_length=LONGEST_SENTENCE,
                required=False,
                widget=area(2),
            )

    def promises(self) -> list[tuple[Any, forms.BoundField]]:
        """Each commitment as its box and the question that goes with it."""
        boxes = {str(box.data["value"]): box for box in self["commitments"]}
        return [(boxes[value], self[f"{SENTENCE}{value}"]) for value in Commitment.values]

    def sentences(self) -> dict[str, str]:
        """The sentences by commitment, those of boxes left empty included."""
        return {value: self.cleaned_data.get(f"{SENTENCE}{value}", "") for value in Commitment.values}

    def clean(self) -> dict[str, Any]:
        """A box and its sentence go together."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("commitments")
        if chosen is None:
            return cleaned
        for value in Commitment.values:
            name = f"{SENTENCE}{value}"
            said = (cleaned.get(name) or "").strip()
            if value in chosen and not said and name not in self.errors:
                self.add_error(name, _("Dites en une phrase ce que vous ferez."))
            if said and value not in chosen:
                self.add_error(name, _("Cochez aussi cet engagement, ou effacez la phrase."))
        return cleaned


class ChangeForm(WordsForm):
    """Other words for a public act; the signatory may also agree to be named with it."""

    agree_to_be_named = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, act: Cosponsorship, may_agree: bool, **kwargs: Any) -> None:
        kept = {"commitments": act.commitments, "statement": act.statement}
        kept |= {f"{SENTENCE}{value}": sentence for value, sentence in act.sentences.items()}
        super().__init__(*args, initial=kept, **kwargs)
        if may_agree:
            self.fields["agree_to_be_named"].label = current_purpose(NAME_PURPOSE).text
        else:
            del self.fields["agree_to_be_named"]


class SignForm(WordsForm):
    """Everything an act of co-sponsorship says that the site does not know already.

    `articles` are those of the text to sign, each with a place for a reservation. With `unfinished`, for a draft, any
    answer may still be missing; those that are given are checked all the same.
    """

    organisation = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    function = forms.CharField(
        label=_("Votre fonction"), max_length=150, help_text=_("Exemple : adjointe chargée du numérique.")
    )
    mandate_reference = forms.CharField(
        label=_("Délibération ou mandat"),
        max_length=200,
        help_text=_("La décision qui vous permet d’engager votre organisation. Exemple : délibération nº 2026-114."),
    )
    mandate_date = forms.DateField(
        label=_("Date de cette décision"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Exemple : 2026-11-06."),
    )
    document = forms.FileField(
        label=_("Copie de cette décision"),
        max_length=200,
        required=False,
        help_text=_("Elle accélère la vérification et n’est jamais publiée. PDF ou photo lisible, 10 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    name_is_public = forms.BooleanField(
        label="", required=False, help_text=_("Sans votre accord, seule votre organisation paraît.")
    )
    authority = forms.BooleanField(
        label=_("Je suis habilité(e) à engager cette organisation, par la décision citée plus haut."),
        error_messages={"required": _("Confirmez que vous êtes habilité à engager votre organisation.")},
    )
    document_sha256 = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        organisations: Any,
        articles: Sequence[SignableArticle] = (),
        unfinished: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.articles, self.unfinished = articles, unfinished
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["name_is_public"].label = current_purpose(NAME_PURPOSE).text
        for article in articles:
            self.fields[f"{RESERVATION}{article.key}"] = forms.CharField(
                label=_("Émettre une réserve sur cet article"),
                max_length=LONGEST_RESERVATION,
                required=False,
                widget=area(3),
            )
        self.order_fields([*BEFORE_WORDS, *self._named(SENTENCE), "statement", *self._named(RESERVATION)])
        if unfinished:
            for name, field in self.fields.items():
                field.required = field.required and name == "organisation"

    def _named(self, prefix: str) -> list[str]:
        return [name for name in self.fields if name.startswith(prefix)]

    def reading(self) -> list[dict[str, Any]]:
        """Each article to read, and the question whether the organisation makes a reservation."""
        return [{"article": one, "field": self[f"{RESERVATION}{one.key}"]} for one in self.articles]

    def reservations(self) -> dict[str, str]:
        """The reservations made, by article key."""
        said = {one.key: self.cleaned_data.get(f"{RESERVATION}{one.key}", "") for one in self.articles}
        return {key: text for key, text in said.items() if text.strip()}

    def words(self) -> dict[str, Any]:
        """The answers as the actions take them, apart from the file, the hash that was read and the authority."""
        names = (
            "organisation",
            "commitments",
            "statement",
            "function",
            "mandate_reference",
            "mandate_date",
            "name_is_public",
        )
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "sentences": self.sentences(), "reservations": self.reservations()}

    def clean(self) -> dict[str, Any]:
        """A reservation on an article that the text holds no longer is not lost in silence."""
        if self.unfinished:
            return self.cleaned_data
        cleaned = super().clean()
        known = {f"{RESERVATION}{one.key}" for one in self.articles}
        for name, text in self.data.items():
            if name.startswith(RESERVATION) and name not in known and str(text).strip():
                gone = _("Une réserve portait sur un article que le texte ne contient plus : relisez-le.")
                self.add_error(None, gone)
                break
        return cleaned
