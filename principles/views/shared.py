"""What the pages of the charter have in common."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from coalition.core.languages import reader_language
from coalition.core.markdown import to_html
from coalition.core.templatetags.bilingual import tr
from coalition.core.templatetags.design import hash_groups
from principles.enums import ADOPTED, WITH_TEXT, AmendmentKind
from principles.merge import Operation, diff_words
from principles.models import Amendment, Charter, Version, VersionArticle
from principles.rules import reads_inside

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


def changes_in_words(operations: Any) -> str:
    """ "4 mots ajoutés, 2 mots retirés": a change as somebody who does not see colours hears it; "" without any."""
    counted = {kind: sum(len(text.split()) for one, text in operations if one == kind) for kind in ("insert", "delete")}
    added = ngettext("%(n)d mot ajouté", "%(n)d mots ajoutés", counted["insert"]) % {"n": counted["insert"]}
    removed = ngettext("%(n)d mot retiré", "%(n)d mots retirés", counted["delete"]) % {"n": counted["delete"]}
    said = [words for words, kind in ((added, "insert"), (removed, "delete")) if counted[kind]]
    return ", ".join(said)


def amendment_or_404(request: HttpRequest, number: int) -> Amendment:
    """The amendment of this number if the reader may know of it; Http404 otherwise."""
    charter = Charter.objects.main_or_404()
    seen = Amendment.objects.proposed().visible_to(request.user, inside=reads_inside(request.user))
    found: Amendment = get_object_or_404(seen.distinct().whole(), charter=charter, number=number)
    return found


def amendment_crumbs(found: Amendment, last: str) -> list[Crumb]:
    """The path to an act on an amendment."""
    own = _("Amendement nº %(number)d") % {"number": found.number}
    return crumbs(charter_crumb(), (own, found.get_absolute_url()), last=last)


def _titled(title: str, text: str) -> str:
    return "\n\n".join(part for part in (title, text) if part)


def article_pair(article: Any, language: str, text: str, title: str) -> tuple[str, str]:
    """An article before and after, in one language; its title stands above its text where it changes."""
    before = getattr(article, f"text_{language}", "")
    was = getattr(article, f"title_{language}", "")
    return (before, text) if title in ("", was) else (_titled(was, before), _titled(title, text))


def article_legs(article: Any, texts: dict[str, str], titles: dict[str, str]) -> list[Leg]:
    """What an article becomes, in both languages; "" leaves a text or a title as it is."""
    pairs = {
        one: article_pair(article, one, texts[one] or getattr(article, f"text_{one}"), titles[one])
        for one in ("fr", "en")
    }
    (before_fr, after_fr), (before_en, after_en) = pairs["fr"], pairs["en"]
    return legs(before_fr=before_fr, after_fr=after_fr, before_en=before_en, after_en=after_en)


def _becomes(found: Amendment, texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The texts and the titles the article gets; once adopted, those it got."""
    said = {"fr": found.result_fr, "en": found.result_en} | texts
    titles = {one: texts.get(f"title_{one}") or found.result_title(one) for one in ("fr", "en")}
    if found.state in ADOPTED:
        adopted = VersionArticle.objects.filter(version=found.decision.version_id, key=found.article_key).first()
        said = {one: getattr(adopted, f"text_{one}", said[one]) for one in ("fr", "en")}
        titles = {one: getattr(adopted, f"title_{one}", titles[one]) for one in ("fr", "en")}
    return said, titles


def amendment_legs(found: Amendment, *, texts: dict[str, str] | None = None) -> list[Leg]:
    """What an amendment changes, in both languages: nothing for a move; `texts` ("fr", "title_fr"…) shows
    other words than its own.

    An adopted one is shown as the version that followed has it.
    """
    if found.kind == AmendmentKind.MOVE:
        return []
    if found.kind == AmendmentKind.REMOVE:
        base = found.base_article
        return legs(before_fr=base.text_fr, after_fr="", before_en=base.text_en, after_en="")
    said, renamed = _becomes(found, texts or {})
    if found.kind == AmendmentKind.INSERT:
        return legs(
            before_fr="", after_fr=_titled(renamed["fr"], said["fr"]), before_en="",
            after_en=_titled(renamed["en"], said["en"]),
        )  # fmt: skip
    return article_legs(found.base_article, said, renamed)


def place_words(found: Amendment, version: Version | None = None) -> str:
    """Where an article is added or moved to, in words; "" for other kinds."""
    if found.kind not in (AmendmentKind.INSERT, AmendmentKind.MOVE):
        return ""
    if not found.after_key:
        return _("au début de la charte")
    rows = VersionArticle.objects.filter(version=version or found.base_version_id, key=found.after_key)
    before = rows.first()
    if before is None:
        return _("à la fin de la charte")
    return _("après l’article %(position)d, %(title)s") % {"position": before.position, "title": tr(before, "title")}


def has_text(found: Amendment) -> bool:
    return found.kind in WITH_TEXT
