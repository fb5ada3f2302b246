"""A term: one name, one definition and one address for each word of ours that not everybody knows."""
# mypy: disable-error-code="var-annotated"

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from coalition.core.languages import reader_language
from coalition.core.page_cache import mark_changed
from coalition.core.text import fold
from coalition.glossary.querysets import TermQuerySet

LONGEST_NAME = 80
LONGEST_SLUG = 60
NO_NULL = ProhibitNullCharactersValidator()


def _line(label: Any, length: int, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=length, validators=[NO_NULL], **options)


def _names(label: Any) -> ArrayField:
    help_text = _("Séparés par des virgules. La recherche des cas les tient pour le même mot.")
    return ArrayField(_line(label, LONGEST_NAME), verbose_name=label, default=list, blank=True, help_text=help_text)


class Term(models.Model):
    """A word and what we mean by it. Its slug is its address in both languages and never changes."""

    slug = models.SlugField(_("adresse"), max_length=LONGEST_SLUG, unique=True, editable=False)
    term_fr = _line(_("nom français"), LONGEST_NAME, unique=True)
    term_en = _line(_("nom anglais"), LONGEST_NAME)
    definition_fr = models.TextField(_("définition française"), max_length=700, validators=[NO_NULL])
    definition_en = models.TextField(_("définition anglaise"), max_length=700, validators=[NO_NULL])
    acronym = _line(_("sigle"), 20, blank=True)
    synonyms_fr = _names(_("synonymes français"))
    synonyms_en = _names(_("synonymes anglais"))
    source = _line(_("source"), 250, blank=True)

    objects: ClassVar[Any] = TermQuerySet.as_manager()

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("term_fr"), FieldPanel("term_en"), FieldPanel("acronym")]),
        MultiFieldPanel([FieldPanel("definition_fr"), FieldPanel("definition_en")], heading=_("Définition publique")),
        MultiFieldPanel([FieldPanel("synonyms_fr"), FieldPanel("synonyms_en")], heading=_("Autres façons de le dire")),
        FieldPanel("source"),
    ]

    class Meta:
        ordering: ClassVar = ["slug"]
        verbose_name = _("terme du glossaire")
        verbose_name_plural = _("termes du glossaire")

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new term its address, from its French name; forget the pages that may show it."""
        self.slug = self.slug or self._new_slug()
        super().save(*args, **kwargs)
        mark_changed()

    def get_absolute_url(self) -> str:
        """Its page, in the reader's language."""
        return reverse("glossary_term", args=[self.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Forget the pages that showed it."""
        gone = super().delete(*args, **kwargs)
        mark_changed()
        return gone

    def _new_slug(self) -> str:
        base = slugify(fold(self.term_fr))[: LONGEST_SLUG - 4] or "terme"
        taken = set(Term.objects.values_list("slug", flat=True))
        names = (base if rank == 1 else f"{base}-{rank}" for rank in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def _said(self, name: str) -> Any:
        return getattr(self, f"{name}_{reader_language()}")

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return str(self._said("term"))

    @property
    def definition(self) -> str:
        """Its definition in the reader's language."""
        return str(self._said("definition"))

    @property
    def synonyms(self) -> list[str]:
        """Other ways to say it in the reader's language."""
        return list(self._said("synonyms"))

    @property
    def other_label(self) -> str:
        """Its name in the other language of the site."""
        return self.term_en if reader_language() == "fr" else self.term_fr

    @property
    def letter(self) -> str:
        """The first letter of its name, folded; "#" for a figure or a sign."""
        first = fold(self.label)[:1].upper()
        return first if first.isalpha() else "#"

    def names_in(self, language: str) -> list[str]:
        """How a text in this language may call it."""
        own = [self.term_fr, *self.synonyms_fr] if language == "fr" else [self.term_en, *self.synonyms_en]
        return [name for name in (*own, self.acronym) if name]


def synonym_groups() -> list[list[str]]:
    """For `coalition.core.synonyms`: the words of each term. One query."""
    groups: list[list[str]] = Term.objects.synonym_groups()
    return groups
