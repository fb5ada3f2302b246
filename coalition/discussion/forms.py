"""Forms of discussions. The actions check again; here the answers stand beside their questions."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import is_organiser
from coalition.core.errors import DomainError
from coalition.discussion.anchoring import Sentence
from coalition.discussion.enums import MAX_BODY, MAX_REASON, MIN_REASON, ReportReason
from members.models import Organisation
from members.rules import speaking_organisations

ALONE = "seul"


class DomainForm(forms.Form):
    """A form that can show what an action refused."""

    def refuse(self, error: DomainError) -> None:
        """Put the sentence of `error` beside the field it names, or on top."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))


class BodyForm(DomainForm):
    """The words of a comment."""

    body = forms.CharField(
        label=_("Votre commentaire"),
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Public, signé de votre nom. Listes, liens et **gras** se notent en Markdown."),
    )


class CommentForm(BodyForm):
    """A new comment, in the name of an organisation or in one's own."""

    organisation = forms.ChoiceField(label=_("Au nom de"))
    field_order: tuple[str, ...] = ("organisation", "body")

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices: dict[str, Organisation | None] = {str(one.pk): one for one in speaking_organisations(account)}
        choices = [(key, str(one)) for key, one in self.voices.items()]
        own = gettext("L’équipe d’organisation") if is_organiser(account) else gettext("Vous, à titre personnel")
        self.voices[ALONE] = None
        choices.append((ALONE, own))
        field: Any = self.fields["organisation"]
        field.choices = choices
        self.initial.setdefault("organisation", choices[0][0])
        if len(choices) == 1:
            field.required = False
            field.widget = forms.HiddenInput()

    def clean_organisation(self) -> Organisation | None:
        """The organisation chosen, or None for oneself (the team, for an organiser)."""
        return self.voices.get(self.cleaned_data["organisation"] or ALONE)


def _choice(rank: int, sentence: Sentence) -> str:
    """The rank and a short digest of the words, so that a sentence that changed meanwhile is no longer a choice."""
    return f"{rank}-{hashlib.sha256(sentence.text.encode()).hexdigest()[:12]}"


class RemarkForm(CommentForm):
    """A comment on one sentence of a text."""

    position = forms.ChoiceField(label=_("La phrase"), widget=forms.RadioSelect)
    field_order = ("position", "organisation", "body")

    def __init__(self, *args: Any, sentences: Sequence[Sentence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = {
            _choice(rank, sentence): (rank, sentence)
            for rank, sentence in enumerate(sentences)
            if sentence.holds_remarks
        }
        field: Any = self.fields["position"]
        field.choices = [(key, " ".join(sentence.text.split())) for key, (_rank, sentence) in self.sentences.items()]
        field.error_messages["invalid_choice"] = gettext(
            "Le texte a changé depuis que vous l’avez lu : choisissez à nouveau la phrase."
        )

    def preselect(self, rank: str) -> None:
        """Tick the sentence of this rank, if there is one."""
        chosen = (key for key, (number, _sentence) in self.sentences.items() if str(number) == rank)
        self.initial["position"] = next(chosen, None)

    def passage(self) -> dict[str, Any]:
        """The rank and the exact words chosen."""
        rank, sentence = self.sentences[self.cleaned_data["position"]]
        return {"position": rank, "quote": sentence.text}


class ReasonForm(DomainForm):
    """Why a comment is hidden, or left where it is."""

    reason = forms.CharField(
        label=_("La raison"),
        max_length=MAX_REASON,
        min_length=MIN_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Une phrase. Si vous masquez, chacun la lit à la place du commentaire, et son auteur la reçoit."),
    )


class ReportForm(DomainForm):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(label=_("Ce qui ne va pas"), choices=ReportReason.choices, widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seule l’équipe d’organisation la lit."),
    )
