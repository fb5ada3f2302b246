"""Forms of decisions and of what comes before them: positions, another wording, the missing language, the rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from members.models import Organisation
from principles.enums import Choice, Language
from principles.forms.amendments import WRITTEN, renamed
from principles.forms.fields import LIVE, NUMBER, DomainForm, SettledField, VoiceForm
from principles.models import MAX_MOTIVE, MAX_TEXT, MAX_TITLE, MIN_MOTIVE, Amendment, Charter


def _text(language: str, label: Any, **options: Any) -> SettledField:
    live = LIVE if options.pop("live", False) else {}
    area = forms.Textarea(attrs={"rows": 10, "lang": language, **live})
    return SettledField(label=label, max_length=MAX_TEXT, strip=False, required=False, widget=area, **options)


def _seen() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False, **NUMBER)


ADOPTED_WORDS = ("title_fr", "fr", "title_en", "en")


class DecisionForm(DomainForm):
    """The public reason of a decision; the English leg too where adoption waits for it; other words, where it is
    adopted with changes. `seen_version` and `seen_wording` are what the organiser reviewed."""

    motive = SettledField(
        label=_("Le motif de la décision"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Il est public, signé de votre nom, et part aussitôt à l’auteur de l’amendement."),
    )
    text_en = SettledField(
        label=_("Le texte anglais de l’article, une fois l’amendement adopté"),
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        help_text=_(
            "L’amendement change le français seulement. Écrivez ici l’article entier en anglais. "
            "Le texte anglais d’aujourd’hui est rappelé plus haut."
        ),
    )

    modified_title_fr = SettledField(
        label=_("Titre français adopté, s’il change"), max_length=MAX_TITLE, required=False
    )
    modified_fr = _text("fr", _("Texte français adopté, s’il change"))
    modified_title_en = SettledField(label=_("Titre anglais adopté, s’il change"), max_length=MAX_TITLE, required=False)
    modified_en = _text(
        "en",
        _("Texte anglais adopté, s’il change"),
        help_text=_("Laissez ces textes et ces titres tels quels pour adopter ce qui est proposé."),
    )
    departs = forms.BooleanField(
        label=_("Cette décision s’écarte du résultat de la règle, et son motif dit pourquoi"), required=False
    )
    seen_version = _seen()
    seen_wording = _seen()

    def __init__(
        self, *args: Any, needs_english: bool, modifies: bool = False, may_depart: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        dropped = [] if needs_english else ["text_en"]
        dropped += [] if modifies else [f"modified_{name}" for name in ADOPTED_WORDS]
        for name in dropped + ([] if may_depart else ["departs"]):
            del self.fields[name]

    def clean_departs(self) -> bool:
        """Asked only where the rule gives something else: then it must be said. The action says so too."""
        if not self.cleaned_data["departs"]:
            raise forms.ValidationError(
                gettext("La règle de la charte donne autre chose. Dites-le, et que le motif l’explique.")
            )
        return True

    def modified(self) -> dict[str, str] | None:
        """The words to adopt instead of the proposed ones, None when these were not asked or left empty."""
        given = {one: self.cleaned_data.get(f"modified_{one}") or "" for one in ADOPTED_WORDS}
        return {one: text for one, text in given.items() if text} or None


class HidingForm(DomainForm):
    """Why the words of an amendment are hidden."""

    reason = SettledField(
        label=_("La raison"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Chacun la lit à la place du texte, et ses auteurs la reçoivent par courriel."),
    )


class PositionForm(VoiceForm):
    """What an organisation says of an amendment."""

    choice = forms.ChoiceField(label=_("Votre position"), choices=Choice.choices, widget=forms.RadioSelect)
    reason = SettledField(
        label=_("La raison"),
        max_length=MAX_MOTIVE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Demandée pour une réserve ou une objection : ce qui la lèverait, par exemple. Chacun la lira."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, team=False, **kwargs)


class EndorseForm(VoiceForm):
    """In whose name an examination is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, team=False, **kwargs)


class RevisionForm(DomainForm):
    """Another wording of a proposed amendment, and what changes in it."""

    article_title_fr = renamed("fr", _("Titre de l’article, en français"))
    text_fr = _text("fr", _("Le texte, en français"), live=True)
    article_title_en = renamed("en", _("Titre de l’article, en anglais"))
    text_en = _text("en", _("Le texte, en anglais"), live=True)
    after_key = forms.ChoiceField(label=_("À quelle place"), required=False)
    still_says = forms.BooleanField(
        label=_("Je ne change qu’une langue, et l’autre dit encore la même chose"), required=False
    )
    note = SettledField(
        label=_("Ce qui change, et pourquoi"),
        max_length=MAX_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Celles et ceux qui ont pris position le liront avant de confirmer."),
    )
    wording = forms.IntegerField(widget=forms.HiddenInput, **NUMBER)

    def __init__(self, *args: Any, amendment: Amendment, place_choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amendment = amendment
        titles, texts = ("article_title_fr", "article_title_en"), ("text_fr", "text_en", "still_says")
        unasked: dict[str, tuple[str, ...]] = {
            "edit": ("after_key",),
            "insert": (),
            "move": (*titles, *texts),
            "remove": (*titles, *texts, "after_key"),
        }
        for name in unasked[amendment.kind]:
            del self.fields[name]
        if "after_key" in self.fields:
            field: Any = self.fields["after_key"]
            field.choices = place_choices

    def content(self) -> dict[str, Any]:
        """The answers the action takes. The leg said to be right is the one that did not change."""
        names = ("article_title_fr", "text_fr", "article_title_en", "text_en", "after_key", "note")
        answers: dict[str, Any] = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if self.cleaned_data.get("still_says"):
            said = (self.amendment.text_fr, self.amendment.result_title(Language.FRENCH))
            french_stays = (answers.get("text_fr"), answers.get("article_title_fr")) == said
            answers["still_says"] = Language.FRENCH.value if french_stays else Language.ENGLISH.value
        return answers


class LegForm(VoiceForm):
    """The language an amendment lacks."""

    article_title = SettledField(label=_("Titre de l’article"), max_length=MAX_TITLE)
    text = SettledField(
        label=_("Le texte"), max_length=MAX_TEXT, strip=False, widget=forms.Textarea(attrs={"rows": 12, **LIVE})
    )
    wording = forms.IntegerField(widget=forms.HiddenInput, **NUMBER)

    def __init__(self, *args: Any, with_title: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language
        if not with_title:
            del self.fields["article_title"]


class ResolveForm(DomainForm):
    """The amendment on the version in force, in its authors' words."""

    article_title_fr = renamed("fr", _("Le titre de l’article, en français"))
    text_fr = _text("fr", _("Le texte entier, en français, sur la nouvelle version"), live=True)
    article_title_en = renamed("en", _("Son titre, en anglais"))
    text_en = _text("en", _("Le texte entier, en anglais, sur la nouvelle version"), live=True)
    note = SettledField(
        label=_("Un mot sur ce que vous avez choisi"),
        max_length=MAX_MOTIVE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, **NUMBER)
    wording = forms.IntegerField(widget=forms.HiddenInput, **NUMBER)

    def __init__(self, *args: Any, with_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_text:
            for name in WRITTEN:
                del self.fields[name]


class CoAuthorForm(DomainForm):
    """Which organisation to invite."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation à inviter"),
        queryset=Organisation.objects.none(),
        help_text=_("Ses membres pourront lire votre brouillon dès maintenant, et l’écrire avec vous s’ils acceptent."),
    )

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = amendment.coauthors.filter(declined_at=None).values("organisation")
        others = Organisation.objects.confirmed().exclude(pk=amendment.organisation_id).exclude(pk__in=asked)
        field: Any = self.fields["organisation"]
        field.queryset = others.order_by("folded_name")


class _MomentField(forms.DateTimeField):
    """A day and an hour, in UTC as the whole site."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **options)


class PhasesForm(DomainForm):
    """When each phase begins; an empty one never does."""

    amendments_from = _MomentField(label=_("Les amendements s’ouvrent le"))
    deliberation_from = _MomentField(label=_("La délibération commence le"))
    adopted_from = _MomentField(
        label=_("La charte est arrêtée le"),
        help_text=_("Chaque phase s’ouvre et se ferme d’elle-même. Sans aucune date, les amendements restent ouverts."),
    )


class RuleForm(forms.ModelForm, DomainForm):
    """How amendments are decided."""

    class Meta:
        model = Charter
        fields = ("decision_rule", "voters", "quorum_percent", "decision_days", "supporters_needed")
        widgets = {"decision_rule": forms.RadioSelect, "voters": forms.RadioSelect}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "decision_days": _("0 : les positions restent ouvertes jusqu’à la décision."),
            "supporters_needed": _("0 : un amendement est public et s’examine dès qu’il est proposé."),
        }

    def choices_made(self) -> dict[str, Any]:
        """The answers the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
