"""What an organisation answers to a new version of the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.core.documents import SignableArticle
from members.forms.fields import area
from members.models import Reservation

LONGEST_RESERVATION = 1000


class VersionForm(forms.Form):
    """Confirm, confirm with reservations, or leave; one text an article, one box for each reservation that is open.

    `articles` are those of the version in force; `standing` the open reservations by key, some perhaps on articles
    that are gone.
    """

    CONFIRM = "confirm"
    RESERVE = "reserve"
    LEAVE = "leave"

    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[
            (CONFIRM, _("Confirmer cette version")),
            (RESERVE, _("Confirmer avec une réserve sur certains articles")),
            (LEAVE, _("Quitter la coalition")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si votre organisation confirme, confirme avec réserve, ou quitte.")},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        articles: Sequence[SignableArticle],
        standing: Mapping[str, Reservation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.articles, self.standing = articles, standing
        for article in articles:
            open_one = article.key in standing
            self.fields[f"reservation_{article.key}"] = forms.CharField(
                label=_("Votre nouvelle rédaction") if open_one else _("Votre réserve"),
                max_length=LONGEST_RESERVATION,
                required=False,
                widget=area(3),
                help_text=_("Laissez vide pour garder la réserve telle quelle.") if open_one else "",
            )
        for key in standing:
            self.fields[f"lift_{key}"] = forms.BooleanField(label=_("Lever cette réserve"), required=False)
        self.order_fields([name for name in self.fields if name != "answer"] + ["answer"])

    @property
    def reservations(self) -> dict[str, str]:
        """What was written, by key of article; for a form found valid."""
        said = ((article.key, self.cleaned_data.get(f"reservation_{article.key}", "")) for article in self.articles)
        return {key: text for key, text in said if text}

    @property
    def lifted(self) -> list[str]:
        """Keys of the articles whose reservation falls without another in its place."""
        return [key for key in self.standing if self.cleaned_data.get(f"lift_{key}") and key not in self.reservations]

    @property
    def kept(self) -> list[Reservation]:
        """The open reservations that stay as they are."""
        gone = {*self.lifted, *self.reservations}
        return [reservation for key, reservation in self.standing.items() if key not in gone]

    def clean(self) -> dict[str, Any]:
        """The answer and the texts say the same."""
        cleaned = super().clean() or {}
        answer, written = cleaned.get("answer"), self.reservations
        if answer == self.CONFIRM and written:
            self.add_error(
                "answer",
                _("Vous avez écrit une réserve : choisissez « Confirmer avec une réserve », ou effacez-la."),
            )
        if answer == self.RESERVE and not written and not self.kept:
            self.add_error("answer", _("Écrivez votre réserve sous l’article qu’elle concerne."))
        return cleaned
