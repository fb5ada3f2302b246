"""The vocabularies of cases: words organisers add, define and put aside without a programmer."""
# mypy: disable-error-code="var-annotated"

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cases.enums import TERM_FIELDS, TERM_LISTS, Vocabulary
from coalition.core.languages import reader_language
from coalition.core.page_cache import mark_changed
from coalition.core.text import fold

LONGEST_KEY = 40
Choices = list[tuple[str, str]]


class Term(models.Model):
    """One value of a vocabulary. Its key never changes: it is what cases hold, and what addresses and exports say."""

    vocabulary = models.CharField(_("vocabulaire"), max_length=20, choices=Vocabulary.choices)
    key = models.CharField(
        _("clé"), max_length=LONGEST_KEY, editable=False, validators=[RegexValidator(r"^[a-z0-9_-]+$")]
    )
    label_fr = models.CharField(_("nom français"), max_length=120)
    label_en = models.CharField(_("nom anglais"), max_length=120)
    definition_fr = models.TextField(_("définition française"), max_length=600)
    definition_en = models.TextField(_("définition anglaise"), max_length=600)
    position = models.PositiveSmallIntegerField(_("rang"), default=100)
    active = models.BooleanField(
        _("proposée aux auteurs"), default=True, help_text=_("Décochée, elle reste sur les cas qui la portent.")
    )

    panels: ClassVar = [
        FieldPanel("vocabulary"),
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        MultiFieldPanel([FieldPanel("definition_fr"), FieldPanel("definition_en")], heading=_("Définition publique")),
        FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
    ]

    class Meta:
        ordering: ClassVar = ["vocabulary", "position", "key"]
        verbose_name = _("terme des cas")
        verbose_name_plural = _("termes des cas")
        constraints: ClassVar = [models.UniqueConstraint(fields=["vocabulary", "key"], name="term_key_once")]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new term its key, from its French name; forget the pages that may name it."""
        self.key = self.key or self._new_key()
        super().save(*args, **kwargs)
        mark_changed()

    def _new_key(self) -> str:
        base = slugify(fold(self.label_fr)).replace("-", "_")[: LONGEST_KEY - 4] or "terme"
        taken = set(Term.objects.filter(vocabulary=self.vocabulary).values_list("key", flat=True))
        rank = 2
        key = base
        while key in taken:
            key, rank = f"{base}_{rank}", rank + 1
        return key

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.label_fr if reader_language() == "fr" else self.label_en

    @property
    def definition(self) -> str:
        """Its definition in the reader's language."""
        return self.definition_fr if reader_language() == "fr" else self.definition_en


class Terms:
    """Every term, read in one query: names, definitions, choices."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_vocabulary: dict[str, dict[str, Term]] = {name: {} for name in Vocabulary.values}
        for term in terms:
            self._by_vocabulary.setdefault(term.vocabulary, {})[term.key] = term

    @classmethod
    def load(cls) -> "Terms":
        """Read them. One query."""
        return cls(Term.objects.all())

    def get(self, vocabulary: str, key: str) -> Term | None:
        return self._by_vocabulary[vocabulary].get(key)

    def label(self, vocabulary: str, key: str) -> str:
        """The name of a value; its key when nobody defined it."""
        term = self.get(vocabulary, key)
        return term.label if term else key

    def labels(self, vocabulary: str, keys: Iterable[str]) -> list[str]:
        """The names of several values, in the vocabulary's order."""
        wanted = set(keys)
        return [term.label for key, term in self._by_vocabulary[vocabulary].items() if key in wanted]

    def keys(self, vocabulary: str) -> list[str]:
        return list(self._by_vocabulary[vocabulary])

    def choices(self, vocabulary: str, keep: Iterable[str] = ()) -> Choices:
        """Values offered to an author: the active ones, and those the case holds already."""
        kept = set(keep)
        of_vocabulary = self._by_vocabulary[vocabulary].items()
        return [(key, term.label) for key, term in of_vocabulary if term.active or key in kept]

    def groups(self) -> list[tuple[Vocabulary, list[Term]]]:
        """Vocabularies with their terms, for the codebook."""
        return [(vocabulary, list(self._by_vocabulary[vocabulary].values())) for vocabulary in Vocabulary]


def unknown_terms(values: dict[str, Any], terms: Terms) -> dict[str, list[str]]:
    """Field -> keys nobody defined, among the term fields of a case (`values`: field name -> what it holds)."""
    held = {name: [values[name]] for name in TERM_FIELDS if values.get(name)}
    held |= {name: values[name] for name in TERM_LISTS if values.get(name)}
    vocabularies = {**TERM_FIELDS, **TERM_LISTS}
    strange = {name: [key for key in keys if not terms.get(vocabularies[name], key)] for name, keys in held.items()}
    return {name: keys for name, keys in strange.items() if keys}


def _offered(vocabulary: str, blank: bool) -> Choices:
    choices = Terms.load().choices(vocabulary)
    return [("", "—"), *choices] if blank else choices


class TermField(models.CharField):
    """The key of one term of `vocabulary`; forms of the admin offer its active terms."""

    def __init__(self, *args: Any, vocabulary: str = "", **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("max_length", LONGEST_KEY)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": str(self.vocabulary)}

    def formfield(self, *_classes: Any, **kwargs: Any) -> Any:
        """A list to choose from."""
        choices = partial(_offered, self.vocabulary, self.blank)
        return forms.ChoiceField(
            label=self.verbose_name, required=not self.blank, choices=choices, initial=self.get_default()
        )


class TermListField(ArrayField):
    """The keys of several terms of `vocabulary`; forms of the admin offer a box for each."""

    def __init__(self, *args: Any, vocabulary: str = "", **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs["base_field"] = models.CharField(max_length=LONGEST_KEY)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("base_field", None)
        return name, "cases.models.terms.TermListField", args, {**kwargs, "vocabulary": str(self.vocabulary)}

    def formfield(self, *_classes: Any, **kwargs: Any) -> Any:
        """Boxes to tick."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            required=False,
            choices=partial(_offered, self.vocabulary, False),
            widget=forms.CheckboxSelectMultiple,
        )
