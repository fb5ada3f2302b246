"""Writing an amendment, until it is proposed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.actions import acting_for
from members.models import Organisation
from principles.actions.charter import lock_charter
from principles.actions.content import changed_sentence, checked_content
from principles.actions.rebasing import renew_touches, wording_row
from principles.actions.room import check_revision, close_room, follow_in_room
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import ArticleChanged, PhaseClosed, motive_of, readable
from principles.enums import WITH_PLACE, WITH_TEXT, AmendmentKind, AmendmentState, Phase, WordingCause, sources_of
from principles.models import MAX_TITLE, Amendment, Charter, Version, VersionArticle, rebase, written_words


@transaction.atomic
def draft_amendment(
    *,
    actor: Any,
    charter: Charter,
    organisation: Organisation | None,
    title: str,
    motive: str,
    now: datetime,
    kind: str = AmendmentKind.EDIT,
    article_key: str = "",
    text_fr: str = "",
    text_en: str = "",
    after_key: str = "",
    article_title_fr: str = "",
    article_title_en: str = "",
    base_version: Version | None = None,
) -> Amendment:
    """Begin an amendment to the current version; only those who write it see it.

    Members and representatives of a confirmed organisation, in its name; organisers without one. Texts are whole; one
    language may be "" and come later. `after_key`: where to insert or move ("" is the beginning). `base_version` is
    what the author read (None: the current one). DomainErrors: ArticleChanged when it reads otherwise now, PhaseClosed
    once the charter is settled, and for what is unchanged, unreadable, overlong, without motive, or without place.
    """
    require_voice(actor=actor, organisation=organisation)
    charter = _receiving(charter, now)
    content = checked_content(
        charter=charter, kind=kind, key=article_key, read_in=base_version, title=title, motive=motive, text_fr=text_fr,
        text_en=text_en, after_key=after_key, article_title_fr=article_title_fr, article_title_en=article_title_en,
    )  # fmt: skip
    made = {"charter": charter, "kind": kind, "base_version": charter.in_force, "created_at": now, **content}
    amendment: Amendment = Amendment.objects.create(author=actor, organisation=organisation, **made)
    facts = acting_for(account=actor, organisation=organisation) | {"article": amendment.article_key}
    record(actor=actor, action="amendment.draft", obj=amendment, now=now, **facts)
    return amendment


def _receiving(charter: Charter, now: datetime) -> Charter:
    """The charter as it is; PhaseClosed once it is settled."""
    found: Charter = Charter.objects.select_related("current_version").get(pk=charter.pk)
    if found.phase(now) == Phase.ADOPTED:
        raise PhaseClosed(_("La charte est arrêtée : elle ne reçoit plus d’amendement."))
    return found


@transaction.atomic
def edit_draft(
    *,
    actor: Any,
    amendment: Amendment,
    base_version: Version,
    organisation: Organisation | None,
    title: str,
    motive: str,
    now: datetime,
    text_fr: str = "",
    text_en: str = "",
    after_key: str = "",
    article_title_fr: str = "",
    article_title_en: str = "",
    seen_revision: int | None = None,
) -> Amendment:
    """Rewrite a draft: its author, or a co-author, who leaves the organisation that proposes it as it is.

    `base_version` is the version the writer had beside it while writing, `seen_revision` the revision of the drafting
    room. Raises ArticleChanged when the article reads differently in the current version, WrittenMeanwhile when another
    revision came, so that nobody's change is written over unread; WrongState when the draft was proposed meanwhile;
    DomainError as `draft_amendment`.
    """
    require(actor, "amendment.edit", amendment)
    check_revision(draft=amendment, seen=seen_revision)
    organisation = _proposing(actor, amendment, organisation)
    charter = Charter.objects.select_related("current_version").get(pk=amendment.charter_id)
    content = checked_content(
        charter=charter, kind=amendment.kind, key=amendment.article_key, read_in=base_version, title=title,
        motive=motive, text_fr=text_fr, text_en=text_en, after_key=after_key, article_title_fr=article_title_fr,
        article_title_en=article_title_en,
    )  # fmt: skip
    moved = Amendment.objects.filter(pk=amendment.pk, state=AmendmentState.DRAFT).update(
        base_version=charter.current_version, organisation=organisation, **content
    )
    if not moved:
        raise WrongState(_("Cet amendement a déjà été proposé : son texte ne change plus."))
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="amendment.edit", obj=amendment, now=now, **facts)
    return follow_in_room(draft=Amendment.objects.whole().get(pk=amendment.pk), actor=actor, now=now)


def _proposing(actor: Any, amendment: Amendment, organisation: Organisation | None) -> Organisation | None:
    """The organisation that proposes: its author chooses among those they speak for."""
    if amendment.author_id != actor.pk:
        return amendment.organisation
    require_voice(actor=actor, organisation=organisation)
    return organisation


@transaction.atomic
def open_amendment(*, actor: Any, amendment: Amendment, now: datetime) -> Amendment:
    """Propose one's draft: it gets its number and its text is frozen.

    It is public at once, unless the charter asks for supporting organisations first: then the coalition alone reads it
    until enough have asked for its examination (`endorse_amendment`). The author must still speak for the organisation.
    Raises PhaseClosed out of the time for amendments, ArticleChanged when the article has changed since the draft was
    written, WrongState when it was proposed already, DomainError while something is missing in it.
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.open", amendment)
    _check_phase(charter, now)
    if amendment.article_changed:
        raise ArticleChanged(changed_sentence())
    _check_whole(charter, amendment)
    after = _place_today(amendment) if amendment.kind in WITH_PLACE and amendment.is_behind else amendment.after_key
    supported = amendment.coauthors.accepted().count() >= charter.supporters_needed
    state = AmendmentState.OPEN if supported else AmendmentState.SUBMITTED
    number = charter.amendments_numbered + 1
    moved = Amendment.objects.filter(pk=amendment.pk, state__in=sources_of(state)).update(
        state=state,
        number=number,
        after_key=after,
        submitted_at=now,
        opened_at=now if supported else None,
        base_version=charter.current_version_id,
        wording=1,
    )
    if not moved:
        raise WrongState(_("Cet amendement a déjà été proposé : son texte ne change plus."))
    Charter.objects.filter(pk=charter.pk).update(amendments_numbered=F("amendments_numbered") + 1)
    return _opened(amendment, actor, now)


def _opened(amendment: Amendment, actor: Any, now: datetime) -> Amendment:
    """Its first wording, the passages it touches, the log, and who is told."""
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    proposed = {"cause": WordingCause.PROPOSED, "organisation": amendment.organisation, "actor": actor, "now": now}
    close_room(draft=amendment)
    wording_row(amendment=amendment, **proposed).save()
    renew_touches(amendments=[amendment], articles=amendment.base_version.articles.all())
    facts = acting_for(account=actor, organisation=amendment.organisation)
    record(actor=actor, action="amendment.open", obj=amendment, now=now, number=amendment.number, **facts)
    kind = "amendment.opened" if amendment.state == AmendmentState.OPEN else "amendment.submitted"
    tell_of_amendment(kind=kind, amendment=amendment, actor=actor, now=now)
    return amendment


def _check_whole(charter: Charter, amendment: Amendment) -> None:
    """The drafting room keeps incomplete drafts: here one has a title, a motive, and a text that changes something."""
    if amendment.kind in WITH_TEXT:
        words: dict[str, Any] = written_words(amendment) | {"after_key": "", "read_in": None}
        checked_content(charter=charter, kind=amendment.kind, key=amendment.article_key, **words)
        return
    readable(text=amendment.title, field="title", longest=MAX_TITLE)
    motive_of(text=amendment.motive)


def _check_phase(charter: Charter, now: datetime) -> None:
    phase = charter.phase(now)
    if phase == Phase.DRAFTING:
        raise PhaseClosed(_("Les amendements ne sont pas encore ouverts : gardez votre brouillon jusque-là."))
    if phase != Phase.AMENDMENTS:
        raise PhaseClosed(_("Le temps des amendements est passé : la charte est en délibération, ou arrêtée."))


def _place_today(amendment: Amendment) -> str:
    base, current = amendment.base_version_id, amendment.charter.current_version_id
    rows = VersionArticle.objects.filter(version__in=(base, current))
    by_version = {pk: [row for row in rows if row.version_id == pk] for pk in (base, current)}
    return rebase(amendment, by_version[base], by_version[current or base]).after_key


@transaction.atomic
def delete_drafts_of(*, account: Any, now: datetime) -> None:
    """Before an account is erased: the drafts only it could read go with it; what was proposed stays.

    Rule: none of its own; it is a step of erasing the account (`register_erasure_step`), which asked the door.
    """
    for draft in Amendment.objects.filter(author=account, state=AmendmentState.DRAFT):
        record(actor=None, action="amendment.delete_draft", obj=draft.charter, now=now)
        draft.delete()


def require_voice(*, actor: Any, organisation: Organisation | None) -> None:
    """The account may act in the name of `organisation`, or, for None, of the organising team; refusals otherwise."""
    if organisation is None:
        require(actor, "amendment.create_for_team")
    else:
        require(actor, "amendment.create", organisation)
