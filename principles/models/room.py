"""The drafting room: every text a draft had while people wrote it together, and who is there."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from principles.enums import AmendmentKind
from principles.models.amendments import Amendment
from principles.models.joining import WORDS, Words
from principles.models.texts import MAX_MOTIVE, MAX_TEXT, MAX_TITLE
from principles.querysets import DraftRevisionQuerySet, PresenceQuerySet


class DraftRevision(models.Model):
    """What somebody saved of a draft. Its words never change; it goes when the draft is proposed or deleted.

    `number` counts the saves of a draft. `base` is the one it was written on, 0 when that is not known any more. `into`
    says what became of it: its own number, it was the text of the draft; another, that one took it up, merged or
    written on; empty, it waits for whoever wrote it to settle what somebody else wrote differently. `key` is the
    writer's own name for the save, so that sending it again saves nothing twice.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("numéro"))
    base = models.PositiveIntegerField()
    into = models.PositiveIntegerField(null=True)
    key = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=MAX_TITLE, blank=True)
    article_title_fr = models.CharField(max_length=MAX_TITLE, blank=True)
    text_fr = models.TextField(max_length=MAX_TEXT, blank=True)
    article_title_en = models.CharField(max_length=MAX_TITLE, blank=True)
    text_en = models.TextField(max_length=MAX_TEXT, blank=True)
    motive = models.TextField(max_length=MAX_MOTIVE, blank=True)
    after_key = models.SlugField(max_length=60, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("enregistrée le"))

    objects: ClassVar[DraftRevisionQuerySet] = DraftRevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("enregistrement d’un brouillon")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "number"], name="unique_draft_revision"),
            models.UniqueConstraint(
                fields=["amendment", "saved_by", "key"], condition=~models.Q(key=""), name="unique_draft_save"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.number}"

    @property
    def is_pending(self) -> bool:
        """It waits for whoever wrote it."""
        return self.into is None

    @property
    def words(self) -> dict[str, str]:
        return written_words(self)


class Presence(models.Model):
    """Somebody has a draft open, and since when nothing was heard of them; `field` is what they write in."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("vu le"))
    field = models.SlugField(max_length=20, blank=True)

    objects: ClassVar[PresenceQuerySet] = PresenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["account__name", "pk"]
        verbose_name = _("présence")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["amendment", "account"], name="unique_presence"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.account_id}"


def written_words(holder: Any) -> dict[str, str]:
    """The words of a draft, or of one of its revisions, by field."""
    return {name: getattr(holder, name) for name in WORDS}


def words_shown(amendment: Amendment, words: Words) -> dict[str, str]:
    """`words` as the form shows them: a title or an English text nobody has touched is that of the article."""
    shown = dict(words)
    if amendment.kind != AmendmentKind.EDIT:
        return shown
    article = amendment.current_article or amendment.base_article
    for name in ("article_title_fr", "article_title_en"):
        if shown.get(name) == "":
            shown[name] = getattr(article, name.removeprefix("article_"))
    if shown["text_fr"] and not shown["text_en"]:
        shown["text_en"] = article.text_en
    return shown
