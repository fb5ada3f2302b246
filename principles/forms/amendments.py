"""Forms of amendments: to edit, to add, to remove, to move an article. The actions check again."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.templatetags.bilingual import tr
from principles.forms.fields import LIVE, NUMBER, SettledField, VoiceForm
from principles.models import MAX_MOTIVE, MAX_TEXT, MAX_TITLE, MIN_MOTIVE, Amendment, VersionArticle

WRITTEN = ("article_title_fr", "text_fr", "article_title_en", "text_en")
"""What an amendment says of an article."""


def said_by(article: Any, name: str) -> str:
    """What an article has in the place of one of WRITTEN."""
    return str(getattr(article, name.removeprefix("article_")))


def renamed(language: str, label: Any) -> SettledField:
    """The title of an article that may change with its text."""
    return SettledField(
        label=label,
        max_length=MAX_TITLE,
        required=False,
        widget=forms.TextInput(attrs={"lang": language, **LIVE}),
        help_text=_("Laissez-le tel quel s’il ne change pas."),
    )


class AmendmentForm(VoiceForm):
    """Another wording for one article. `base` is the number of the version the reader had before their eyes."""

    title = SettledField(
        label=_("Ce que vous proposez, en une ligne"),
        max_length=MAX_TITLE,
        help_text=_("Par exemple : « Publier aussi les raisons d’un arrêt »."),
    )
    article_title_fr = renamed("fr", _("Le titre de l’article, en français"))
    text_fr = SettledField(
        label=_("Le nouveau texte de l’article, en français"),
        max_length=MAX_TEXT,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "fr", **LIVE}),
        help_text=_(
            "Le texte entier, tel qu’il se lira. Changez ce qui doit changer, laissez le reste. "
            "Vous n’écrivez pas le français ? Videz ce champ et écrivez l’anglais : il sera complété avant l’adoption."
        ),
    )
    article_title_en = renamed("en", _("Son titre, en anglais"))
    text_en = SettledField(
        label=_("Le même, en anglais"),
        max_length=MAX_TEXT,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en", **LIVE}),
        help_text=_("Vous n’écrivez pas l’anglais ? Laissez-le tel quel : il sera complété avant l’adoption."),
    )
    motive = SettledField(
        label=_("Pourquoi"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce que ce changement apporte, si possible avec un exemple de chez vous. Chacun pourra le lire."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, article: VersionArticle, draft: Amendment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.fields["organisation"].help_text = gettext(
            "L’organisation qui propose ; elle sera nommée avec l’amendement."
        )
        if draft is not None and draft.author_id != kwargs["account"].pk:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """The text or the title must differ from the article's, in one language at least."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if set(WRITTEN) <= data.keys() and not self.changes({name: data[name] for name in WRITTEN}):
            self.add_error("text_fr", gettext("Votre texte est celui de l’article : changez-le avant de le proposer."))
        return data

    def changes(self, written: dict[str, str]) -> bool:
        """The titles and texts are not those of the article."""
        return any(words not in ("", said_by(self.article, name)) for name, words in written.items())

    def wording(self) -> dict[str, Any]:
        """The answers an action takes."""
        names = ("organisation", "title", *WRITTEN, "motive")
        return {name: self.cleaned_data.get(name) for name in names}


class PlacedForm(VoiceForm):
    """An article to add, to remove or to move: what is asked depends on the kind."""

    title = SettledField(label=_("Ce que vous proposez, en une ligne"), max_length=MAX_TITLE)
    after_key = forms.ChoiceField(label=_("À quelle place"), required=False)
    article_title_fr = SettledField(label=_("Titre de l’article, en français"), max_length=MAX_TITLE, required=False)
    text_fr = SettledField(
        label=_("Texte de l’article, en français"), max_length=MAX_TEXT, strip=False, required=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "fr"}),
    )  # fmt: skip
    article_title_en = SettledField(label=_("Titre de l’article, en anglais"), max_length=MAX_TITLE, required=False)
    text_en = SettledField(
        label=_("Texte de l’article, en anglais"), max_length=MAX_TEXT, strip=False, required=False,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        help_text=_("Une langue suffit pour proposer : l’autre peut venir d’une autre organisation, avant l’adoption."),
    )  # fmt: skip
    motive = SettledField(
        label=_("Pourquoi"),
        max_length=MAX_MOTIVE,
        min_length=MIN_MOTIVE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce que ce changement apporte, si possible avec un exemple de chez vous. Chacun pourra le lire."),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, **NUMBER)

    def __init__(self, *args: Any, kind: str, articles: list[VersionArticle], key: str = "", **kwargs: Any) -> None:
        draft: Amendment | None = kwargs.pop("draft", None)
        super().__init__(*args, **kwargs)
        unasked = {
            "insert": (),
            "move": ("article_title_fr", "text_fr", "article_title_en", "text_en"),
            "remove": ("after_key", "article_title_fr", "text_fr", "article_title_en", "text_en"),
        }[kind]
        for name in unasked:
            del self.fields[name]
        if draft is not None and draft.author_id != kwargs["account"].pk:
            del self.fields["organisation"]
        if "after_key" in self.fields:
            field: Any = self.fields["after_key"]
            field.choices = places(articles, key)

    def content(self) -> dict[str, Any]:
        """The answers an action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "base"}


def places(articles: list[VersionArticle], key: str = "") -> list[tuple[str, str]]:
    """The places an article can stand at: the beginning, and after each other article."""
    words = gettext("Après l’article %(position)d, %(title)s")
    after = [
        (one.key, words % {"position": one.position, "title": tr(one, "title")}) for one in articles if one.key != key
    ]
    return [("", gettext("Au début de la charte")), *after]
