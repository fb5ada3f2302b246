"""What an organisation says of its own adoption of the charter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.core.documents import SignableArticle
from members.enums import LocalChangeKind
from members.forms.fields import area

ADDED_SLOTS = 3
LONGEST_TEXT = 5000


class AdoptionForm(forms.Form):
    """The decision, then one choice an article of the version adopted, then what the local text adds."""

    adopted_on = forms.DateField(
        label=_("Adoptée le"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("La date de la décision. Exemple : 2026-11-06."),
    )
    decision_reference = forms.CharField(
        label=_("Décision"),
        max_length=200,
        help_text=_("Exemple : délibération nº 2026-114 du conseil municipal."),
    )
    decision_url = forms.URLField(
        label=_("Adresse de la décision"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Si elle est en ligne. Vous pourrez aussi joindre le document à l’étape suivante."),
    )
    note = forms.CharField(
        label=_("En quelques mots"),
        max_length=1000,
        required=False,
        widget=area(4),
        help_text=_("Comment la charte a été adoptée chez vous, et ce qu’elle change. Ce texte sera public."),
    )
    document_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, articles: Sequence[SignableArticle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.articles = articles
        choices = [
            ("", _("Repris tel quel")),
            (LocalChangeKind.ADAPTED, _("Adapté")),
            (LocalChangeKind.LEFT_OUT, _("Laissé de côté")),
        ]
        for article in articles:
            self.fields[f"kind_{article.key}"] = forms.ChoiceField(
                label=_("Chez vous, cet article est"), choices=choices, required=False
            )
            self.fields[f"text_{article.key}"] = forms.CharField(
                label=_("Votre texte, si vous l’adaptez"), max_length=LONGEST_TEXT, required=False, widget=area(6)
            )
        for number in range(1, ADDED_SLOTS + 1):
            self.fields[f"added_title_{number}"] = forms.CharField(
                label=_("Titre de l’article ajouté"), max_length=200, required=False
            )
            self.fields[f"added_text_{number}"] = forms.CharField(
                label=_("Son texte"), max_length=LONGEST_TEXT, required=False, widget=area(4)
            )

    @property
    def of_articles(self) -> list[dict[str, Any]]:
        """Each article with its two questions."""
        return [
            {"article": one, "kind": self[f"kind_{one.key}"], "text": self[f"text_{one.key}"]} for one in self.articles
        ]

    @property
    def of_additions(self) -> list[dict[str, Any]]:
        """The questions about what the local text adds."""
        return [
            {"title": self[f"added_title_{number}"], "text": self[f"added_text_{number}"]}
            for number in range(1, ADDED_SLOTS + 1)
        ]

    @property
    def has_additions(self) -> bool:
        """Something is said, or wrong, about added articles."""
        return any(field.value() or field.errors for one in self.of_additions for field in one.values())

    @property
    def of_decision(self) -> list[Any]:
        """The questions about the decision itself."""
        return [self[name] for name in ("adopted_on", "decision_reference", "decision_url", "note")]

    @property
    def changes(self) -> list[dict[str, str]]:
        """The local changes {kind, key, title, text}, in the order of the articles, additions last; once valid."""
        said = self.cleaned_data
        changes = [
            {"kind": said[f"kind_{one.key}"], "key": one.key, "title": one.title, "text": said[f"text_{one.key}"]}
            for one in self.articles
            if said[f"kind_{one.key}"]
        ]
        for number in range(1, ADDED_SLOTS + 1):
            title, text = said[f"added_title_{number}"], said[f"added_text_{number}"]
            if title and text:
                changes.append({"kind": str(LocalChangeKind.ADDED), "key": "", "title": title, "text": text})
        return changes

    def clean(self) -> dict[str, Any]:
        """An adapted article has its text, a text its choice, an addition both halves."""
        cleaned = super().clean() or {}
        for article in self.articles:
            self._check_article(article.key, cleaned)
        for number in range(1, ADDED_SLOTS + 1):
            self._check_addition(number, cleaned)
        return cleaned

    def _check_article(self, key: str, cleaned: dict[str, Any]) -> None:
        kind, text = cleaned.get(f"kind_{key}"), cleaned.get(f"text_{key}")
        if kind == LocalChangeKind.ADAPTED and not text:
            self.add_error(f"text_{key}", _("Donnez le texte local de l’article que vous adaptez."))
        if text and kind != LocalChangeKind.ADAPTED:
            self.add_error(
                f"kind_{key}",
                _("Vous avez écrit un texte local : choisissez « Adapté », ou effacez-le."),
            )

    def _check_addition(self, number: int, cleaned: dict[str, Any]) -> None:
        halves = [f"added_title_{number}", f"added_text_{number}"]
        missing = [name for name in halves if not cleaned.get(name)]
        if len(missing) == 1:
            self.add_error(missing[0], _("Un article ajouté a un titre et un texte."))

    @classmethod
    def said_by(cls, adoption: Any) -> dict[str, Any]:
        """What a recorded adoption answers to the questions of this form."""
        answers: dict[str, Any] = {
            "adopted_on": adoption.adopted_on,
            "decision_reference": adoption.decision_reference,
            "decision_url": adoption.decision_url,
            "note": adoption.note,
        }
        added = 0
        for change in adoption.changes.all():
            if change.kind == LocalChangeKind.ADDED:
                added += 1
                answers |= {f"added_title_{added}": change.article_title, f"added_text_{added}": change.text}
            else:
                answers |= {f"kind_{change.article_key}": change.kind, f"text_{change.article_key}": change.text}
        return answers


class DecisionFileForm(forms.Form):
    """The decision itself, joined on the page where one reads all again."""

    document = forms.FileField(
        label=_("Le document de la décision"),
        required=False,
        help_text=_("PDF ou photo, 10 Mo au plus. Il sera public avec l’adoption."),
    )


class AdoptionWithdrawForm(forms.Form):
    """Why an adoption no longer holds."""

    reason = forms.CharField(
        label=_("Pourquoi cette adoption ne tient-elle plus ?"),
        max_length=1000,
        widget=area(4),
        help_text=_("Une phrase suffit. Elle restera publique sur la page de l’adoption."),
    )
