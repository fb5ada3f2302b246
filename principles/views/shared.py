"""What the pages of the charter have in common."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.templatetags.bilingual import tr
from coalition.core.templatetags.design import hash_groups
from principles.merge import Operation, diff_words

Crumb = dict[str, str]


def crumbs(*below: tuple[str, str], last: str) -> list[Crumb]:
    """The path from home to this page, through the charter unless this is its own page."""
    language = reader_language()
    steps = [(_("Accueil"), f"/{language}/"), *below, (last, "")]
    return [{"label": label, "url": url} for label, url in steps]


def charter_crumb() -> tuple[str, str]:
    return _("Charte"), reverse("charter")


def short_hash(sha256: str) -> SafeString:
    """The fingerprint as a reader recognises it: first and last groups."""
    return format_html("<code>{}</code>", " ".join(hash_groups(sha256, short=True)))


@dataclass(frozen=True)
class Leg:
    """One language of a changed text: what is kept, added and removed, and the two texts as they read."""

    language: str
    label: str
    operations: tuple[Operation, ...]
    before: SafeString
    after: SafeString

    @property
    def changes(self) -> bool:
        return any(operation.kind != "equal" for operation in self.operations)


def leg(language: str, before: str, after: str) -> Leg:
    """Compare two Markdown texts of one language."""
    label = {"fr": _("En français"), "en": _("En anglais")}[language]
    return Leg(language, label, diff_words(before, after), to_html(before), to_html(after))


def legs(*, before_fr: str, after_fr: str, before_en: str, after_en: str) -> list[Leg]:
    """Both languages, the reader's first unless only the other one changes."""
    french, english = leg("fr", before_fr, after_fr), leg("en", before_en, after_en)
    own, other = (english, french) if reader_language() == "en" else (french, english)
    return [own, other] if own.changes or not other.changes else [other, own]


def article_label(article: Any) -> str:
    """ "Article 3, Tenir les données en commun" in the reader's language."""
    return _("Article %(position)d, %(title)s") % {"position": article.position, "title": tr(article, "title")}
