"""Writing an amendment, until it is proposed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.text import one_line
from members.actions import acting_for
from members.models import Organisation
from principles.actions.charter import lock_charter, tell_of_amendment
from principles.actions.wording import ArticleChanged, NothingChanged, motive_of, readable
from principles.enums import AmendmentState, sources_of
from principles.models import MAX_TEXT, MAX_TITLE, Amendment, Charter, Version, VersionArticle


@transaction.atomic
def draft_amendment(
    *,
    actor: Any,
    charter: Charter,
    article_key: str,
    organisation: Organisation | None,
    title: str,
    text_fr: str,
    text_en: str,
    motive: str,
    now: datetime,
    base_version: Version | None = None,
) -> Amendment:
    """Begin an amendment to an article of the current version; only its author sees it.

    Members and representatives of a confirmed organisation, in its name; organisers without one. `text_fr` is the
    whole new text of the article in Markdown, `text_en` its English leg or "" for one to come later. `base_version`
    is the version the author had before their eyes (None: the current one): ArticleChanged when the article reads
    differently today. Other DomainErrors: an unchanged, unreadable or overlong text, a missing title or motive.
    """
    _require_voice(actor, organisation)
    charter = Charter.objects.select_related("current_version").get(pk=charter.pk)
    article = _article(charter, article_key, read_in=base_version)
    amendment = Amendment.objects.create(
        charter=charter,
        article_key=article_key,
        base_version=charter.in_force,
        author=actor,
        organisation=organisation,
        created_at=now,
        **_wording(article, title=title, text_fr=text_fr, text_en=text_en, motive=motive),
    )
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="amendment.draft", obj=amendment, now=now, article=article_key, **facts)
    return amendment


@transaction.atomic
def edit_draft(
    *,
    actor: Any,
    amendment: Amendment,
    base_version: Version,
    organisation: Organisation | None,
    title: str,
    text_fr: str,
    text_en: str,
    motive: str,
    now: datetime,
) -> Amendment:
    """Rewrite one's own draft. `base_version` is the version the author had beside it while writing.

    Raises ArticleChanged when the article reads differently in the current version, so that nobody's change is
    written over unread; WrongState when the draft was proposed meanwhile; DomainError as `draft_amendment`.
    """
    require(actor, "amendment.edit", amendment)
    _require_voice(actor, organisation)
    charter = Charter.objects.select_related("current_version").get(pk=amendment.charter_id)
    article = _article(charter, amendment.article_key, read_in=base_version)
    wording = _wording(article, title=title, text_fr=text_fr, text_en=text_en, motive=motive)
    moved = Amendment.objects.filter(pk=amendment.pk, state=AmendmentState.DRAFT).update(
        base_version=charter.current_version, organisation=organisation, **wording
    )
    if not moved:
        raise WrongState(_("Cet amendement a déjà été proposé : son texte ne change plus."))
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="amendment.edit", obj=amendment, now=now, **facts)
    return Amendment.objects.whole().get(pk=amendment.pk)


@transaction.atomic
def open_amendment(*, actor: Any, amendment: Amendment, now: datetime) -> Amendment:
    """Propose one's draft: it gets its number, becomes public, and its text is frozen.

    The author must still speak for the organisation. Raises ArticleChanged when the article has changed since the
    draft was written, WrongState when it was proposed already.
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.open", amendment)
    if amendment.conflicts:
        raise ArticleChanged(_changed_sentence())
    number = charter.amendments_numbered + 1
    moved = Amendment.objects.filter(pk=amendment.pk, state__in=sources_of(AmendmentState.OPEN)).update(
        state=AmendmentState.OPEN, number=number, opened_at=now, base_version=charter.current_version_id
    )
    if not moved:
        raise WrongState(_("Cet amendement a déjà été proposé : son texte ne change plus."))
    Charter.objects.filter(pk=charter.pk).update(amendments_numbered=F("amendments_numbered") + 1)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    facts = acting_for(account=actor, organisation=amendment.organisation)
    record(actor=actor, action="amendment.open", obj=amendment, now=now, number=number, **facts)
    tell_of_amendment(kind="amendment.opened", amendment=amendment, actor=actor, now=now)
    return amendment


@transaction.atomic
def delete_drafts_of(*, account: Any, now: datetime) -> None:
    """Before an account is erased: the drafts only it could read go with it; what was proposed stays.

    Rule: none of its own; it is a step of erasing the account (`register_erasure_step`), which asked the door.
    """
    for draft in Amendment.objects.filter(author=account, state=AmendmentState.DRAFT):
        record(actor=None, action="amendment.delete_draft", obj=draft.charter, now=now)
        draft.delete()


def _require_voice(actor: Any, organisation: Organisation | None) -> None:
    if organisation is None:
        require(actor, "amendment.create_for_team")
    else:
        require(actor, "amendment.create", organisation)


def _article(charter: Charter, key: str, *, read_in: Version | None) -> VersionArticle:
    """The article of the current version, which must say what it said in the version the author read."""
    article = VersionArticle.objects.filter(version=charter.current_version_id, key=key).first()
    if article is None:
        raise ArticleChanged(_("Cet article n’est pas dans la version en vigueur."))
    if read_in is not None and read_in.pk != charter.current_version_id:
        read = VersionArticle.objects.filter(version=read_in, version__charter=charter, key=key).first()
        if not article.says_the_same_as(read):
            raise ArticleChanged(_changed_sentence())
    return article


def _changed_sentence() -> str:
    return _("L’article a changé depuis que vous l’avez lu. Relisez-le, puis reprenez votre texte.")


def _wording(article: VersionArticle, *, title: str, text_fr: str, text_en: str, motive: str) -> dict[str, str]:
    """The four texts of an amendment, settled and checked against the article they change."""
    wording = {
        "title": one_line(readable(text=title, field="title", longest=MAX_TITLE)),
        "text_fr": readable(text=text_fr, field="text_fr", longest=MAX_TEXT),
        "text_en": readable(text=text_en, field="text_en", longest=MAX_TEXT, shortest=0),
        "motive": motive_of(text=motive),
    }
    if wording["text_fr"] == article.text_fr and wording["text_en"] in ("", article.text_en):
        same = _("Votre texte est celui de l’article : changez-le avant de le proposer.")
        raise NothingChanged(same, field="text_fr")
    if wording["text_en"] == article.text_en:
        wording["text_en"] = ""  # left as it was: still to come, whatever the article says by then
    return wording
