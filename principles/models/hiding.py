"""The words of a hidden amendment: out of its row, where nothing that reads amendments can come upon them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from principles.enums import ADOPTED, AmendmentKind
from principles.models.amendments import Amendment
from principles.models.texts import MAX_MOTIVE, MAX_TEXT, MAX_TITLE

WORDS = ("title", "motive", "article_title_fr", "article_title_en", "text_fr", "text_en")


class HiddenWords(models.Model):
    """What an amendment said when it was hidden: its row holds none of it until it is shown again.

    The key of an article to add is made of its title: it waits here too, unless the article stands in the charter.
    """

    amendment = models.OneToOneField(Amendment, on_delete=models.CASCADE, related_name="hidden_words")
    article_key = models.SlugField(max_length=60)
    title = models.CharField(_("titre"), max_length=MAX_TITLE)
    motive = models.TextField(_("motif"), max_length=MAX_MOTIVE)
    article_title_fr = models.CharField(_("titre de l’article en français"), max_length=MAX_TITLE, blank=True)
    article_title_en = models.CharField(_("titre de l’article en anglais"), max_length=MAX_TITLE, blank=True)
    text_fr = models.TextField(_("texte en français"), max_length=MAX_TEXT, blank=True)
    text_en = models.TextField(_("texte en anglais"), max_length=MAX_TEXT, blank=True)

    class Meta:
        verbose_name = _("mots masqués")

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.title}"

    objects: ClassVar[models.Manager["HiddenWords"]] = models.Manager()


def words_of(amendment: Amendment) -> HiddenWords:
    """The unsaved row that keeps the words of an amendment while it is hidden."""
    kept = {name: getattr(amendment, name) for name in WORDS}
    return HiddenWords(amendment=amendment, article_key=amendment.article_key, **kept)


def columns_without_words(amendment: Amendment) -> dict[str, Any]:
    """The columns of a hidden amendment's row: no word of its author is in them."""
    key = amendment.article_key
    if amendment.kind == AmendmentKind.INSERT and amendment.state not in ADOPTED:
        key = f"masque-{amendment.number}"
    return {**dict.fromkeys(WORDS, ""), "article_key": key}


def columns_with_words(words: HiddenWords) -> dict[str, Any]:
    """The columns of the row of an amendment that is shown again."""
    return {"article_key": words.article_key, **{name: getattr(words, name) for name in WORDS}}


def uncover(amendment: Amendment) -> Amendment:
    """Give an amendment its words for one who may read them, in memory only; one that is not hidden has them."""
    if amendment.hidden_at is not None:
        for name, value in columns_with_words(HiddenWords.objects.get(amendment=amendment.pk)).items():
            setattr(amendment, name, value)
    return amendment
