"""A version the organisers prepare: begun from a file, from the text in force or from an older one, then published."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.models import Coalition
from principles.actions.charter import check_charter_text, lock_charter, publish_version
from principles.actions.wording import NothingChanged, UnreadableText, motive_of, readable
from principles.enums import Language
from principles.merge import merge_texts
from principles.models import (
    MAX_TEXT,
    MAX_TITLE,
    ArticleText,
    Charter,
    CharterText,
    DraftVersion,
    Version,
    settle_text,
)

MOST_ARTICLES = 150
LONGEST_NAME = 200
Conflicts = tuple[str, ...]


@transaction.atomic
def draft_version(
    *, actor: Any, coalition: Coalition, text: CharterText, now: datetime, authentic_language: str = Language.FRENCH
) -> DraftVersion:
    """Begin the next version of the coalition's charter, or its first one; only organisers see it.

    A leg may be empty until it is published. Raises UnreadableText for a text too long or unreadable, or more than
    MOST_ARTICLES articles. A coalition without charter gets one, which stays unseen until its first version.
    """
    require(actor, "charter.edit")
    settled = _settled(text)
    charter = coalition.charters.order_by("pk").first()
    if charter is None:
        charter = Charter.objects.create(
            coalition=coalition,
            slug=f"charte-{slugify(coalition.slug)}"[:50],
            title_fr=settled.title_fr or settled.title_en,
            title_en=settled.title_en or settled.title_fr,
            authentic_language=authentic_language,
        )
    draft = DraftVersion.objects.create(
        charter=charter,
        base_version=charter.current_version,
        created_by=actor,
        created_at=now,
        edited_at=now,
        **_columns(settled),
    )
    record(actor=actor, action="charter.draft", obj=draft, now=now, articles=len(settled.articles))
    return draft


@transaction.atomic
def edit_draft_version(
    *, actor: Any, draft: DraftVersion, revision: int, text: CharterText, now: datetime
) -> DraftVersion:
    """Keep another text, if nobody kept one since `revision`. Organisers. WrongState when somebody did, or published.

    UnreadableText as `draft_version`.
    """
    require(actor, "charter.edit")
    _keep(draft, revision, now, **_columns(_settled(text)))
    record(actor=actor, action="charter.edit_draft", obj=draft, now=now, revision=revision + 1)
    return DraftVersion.objects.unpublished().get(pk=draft.pk)


@transaction.atomic
def restore_version(*, actor: Any, version: Version, now: datetime) -> DraftVersion:
    """Begin a next version that says what an older one said: publishing it rolls the charter back. Organisers.

    NothingChanged for the version in force.
    """
    require(actor, "charter.edit")
    if version.charter.current_version_id == version.pk:
        raise NothingChanged(_("Cette version est en vigueur : il n’y a rien à rétablir."))
    return draft_version(actor=actor, coalition=version.charter.coalition, text=version.text(), now=now)


@transaction.atomic
def rebase_draft_version(
    *, actor: Any, draft: DraftVersion, revision: int, now: datetime
) -> tuple[DraftVersion, Conflicts]:
    """Take a draft up again on the version in force: what changed there since comes in, article by article.

    Where both changed the same words the draft keeps its own, and the titles of these articles are returned: they must
    be read again beside the version in force. Organisers. WrongState as `edit_draft_version`.
    """
    require(actor, "charter.edit")
    charter = lock_charter(pk=draft.charter_id)
    if charter.current_version is None or draft.base_version is None:
        raise WrongState(_("Aucune version n’est parue depuis."))
    text, conflicts = _merged(draft.base_version.text(), draft.text(), charter.current_version.text())
    _keep(draft, revision, now, base_version=charter.current_version, **_columns(_settled(text)))
    record(actor=actor, action="charter.rebase_draft", obj=draft, now=now, version=charter.current_version.number)
    return DraftVersion.objects.unpublished().get(pk=draft.pk), conflicts


@transaction.atomic
def publish_draft_version(*, actor: Any, draft: DraftVersion, motive: str, now: datetime) -> Version:
    """Make a draft the version in force, with the reason everybody may read. Organisers.

    It must be whole in both languages (UnreadableText), differ from the version in force (NothingChanged) and have been
    written on it: WrongState when another version was adopted since, or when the draft was published already.
    """
    require(actor, "charter.publish")
    charter = lock_charter(pk=draft.charter_id)
    draft = DraftVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
    if draft.version_id is not None or draft.base_version_id != charter.current_version_id:
        raise WrongState(_("Une autre version est parue depuis : reprenez votre texte sur elle, puis publiez-le."))
    reason, text = motive_of(text=motive), draft.text()
    check_charter_text(text)
    if charter.current_version is not None and _settled(charter.current_version.text()) == text:
        raise NothingChanged(_("Ce texte est celui de la version en vigueur."))
    version = publish_version(charter=charter, text=text, previous=charter.current_version, actor=actor, now=now)
    if not DraftVersion.objects.filter(pk=draft.pk, version=None).update(version=version, motive=reason):
        raise WrongState(_("Cette version est déjà publiée."))
    return version


@transaction.atomic
def delete_draft_version(*, actor: Any, draft: DraftVersion, now: datetime) -> None:
    """Throw a draft away. Organisers. WrongState when it was published."""
    require(actor, "charter.edit")
    record(actor=actor, action="charter.delete_draft", obj=draft.charter, now=now, draft=draft.pk)
    deleted, _rows = DraftVersion.objects.filter(pk=draft.pk, version=None).delete()
    if not deleted:
        raise WrongState(_("Cette version est déjà publiée."))


def _keep(draft: DraftVersion, revision: int, now: datetime, **columns: Any) -> None:
    """Compare-and-swap of the text of a draft."""
    same = DraftVersion.objects.filter(pk=draft.pk, revision=revision, version=None)
    if not same.update(revision=F("revision") + 1, edited_at=now, **columns):
        raise WrongState(_("Quelqu’un a modifié cette version entre-temps. Relisez-la, puis reprenez vos changements."))


def _columns(text: CharterText) -> dict[str, Any]:
    names = ("title_fr", "title_en", "preamble_fr", "preamble_en")
    return {**{name: getattr(text, name) for name in names}, "articles": [asdict(one) for one in text.articles]}


def _settled(text: CharterText) -> CharterText:
    """The text as a version keeps it, legs may be empty; UnreadableText for what no version could hold."""
    if len(text.articles) > MOST_ARTICLES:
        raise UnreadableText(_("Une charte a au plus %(n)d articles.") % {"n": MOST_ARTICLES})
    return CharterText(
        title_fr=_fit(text.title_fr, LONGEST_NAME),
        title_en=_fit(text.title_en, LONGEST_NAME),
        preamble_fr=_fit(text.preamble_fr, MAX_TEXT),
        preamble_en=_fit(text.preamble_en, MAX_TEXT),
        articles=tuple(_settled_article(one) for one in text.articles),
    )


def _settled_article(one: ArticleText) -> ArticleText:
    if one.key != slugify(one.key) or not 0 < len(one.key) <= 60:
        raise UnreadableText(_("La clé : lettres sans accent, chiffres et traits d’union."))
    titles = {name: _fit(getattr(one, name), MAX_TITLE) for name in ("title_fr", "title_en")}
    texts = {name: _fit(getattr(one, name), MAX_TEXT) for name in ("text_fr", "text_en")}
    return replace(one, **titles, **texts)


def _fit(text: str, longest: int) -> str:
    return readable(text=text, field="", longest=longest, shortest=0)


Articles = Mapping[str, ArticleText]


def _merged(base: CharterText, own: CharterText, current: CharterText) -> tuple[CharterText, Conflicts]:
    """The draft with what the version in force changed since, and the titles of the articles both changed."""
    olds, mine, news = ({one.key: one for one in text.articles} for text in (base, own, current))
    conflicts = _at_odds(olds, mine, news)
    articles = [_joined(one, olds, news, conflicts) for one in own.articles if _stays(one, olds, news)]
    articles += [one for one in current.articles if one.key not in olds and one.key not in mine]
    heads = _read_together(("title_fr", "title_en", "preamble_fr", "preamble_en"), base, own, current)
    if None in heads.values():
        conflicts.append(_("Préambule"))
    whole = replace(own, **_settled_ones(heads), articles=tuple(articles))
    return whole, tuple(dict.fromkeys(conflicts))


def _read_together(names: tuple[str, ...], base: Any, own: Any, current: Any) -> dict[str, str | None]:
    """Each field of three objects merged; None where a person must choose."""
    return {name: _join(*(getattr(one, name) for one in (base, own, current))) for name in names}


def _settled_ones(said: dict[str, str | None]) -> dict[str, Any]:
    return {name: text for name, text in said.items() if text is not None}


def _stays(one: ArticleText, olds: Articles, news: Articles) -> bool:
    """False for an article the version in force took out and the draft left as it was."""
    return one.key in news or one != olds.get(one.key)


def _joined(one: ArticleText, olds: Articles, news: Articles, conflicts: list[str]) -> ArticleText:
    """An article of the draft with what changed elsewhere; its title goes to `conflicts` when that cannot be."""
    if one.key not in olds or one.key not in news:
        return one
    said = _read_together(("title_fr", "title_en", "text_fr", "text_en"), olds[one.key], one, news[one.key])
    if None in said.values():
        conflicts.append(one.title_fr or one.title_en)
    return replace(one, **_settled_ones(said))


def _join(base: str, own: str, current: str) -> str | None:
    """Three readings of one text merged; None when a person must choose."""
    return merge_texts(settle_text(base), settle_text(own), settle_text(current)).text


def _at_odds(olds: Articles, mine: Articles, news: Articles) -> list[str]:
    """Titles of the articles one side took out and the other changed, or both added in two ways."""
    found = []
    for key in dict.fromkeys((*olds, *mine)):
        old, own, new = olds.get(key), mine.get(key), news.get(key)
        if own != old and new != old and own != new and None in (old, own, new):
            shown = own or new or old
            found.append(shown.title_fr or shown.title_en if shown else key)
    return found
