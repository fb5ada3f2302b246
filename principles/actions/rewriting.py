"""Another wording for a proposed amendment: a revision, the language it lacks, or its text on a newer version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState
from coalition.core.audit import record
from coalition.core.text import one_line
from members.actions import acting_for
from members.models import Organisation
from principles.actions.charter import lock_charter
from principles.actions.content import TITLES, checked_content
from principles.actions.drafts import require_voice
from principles.actions.rebasing import renew_touches, wording_row
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import NothingChanged, PhaseClosed, UnreadableText, readable, require_readable
from principles.enums import PENDING, REWORDED, AmendmentKind, Language, Phase, WordingCause
from principles.models import MAX_MOTIVE, MAX_TEXT, MAX_TITLE, Amendment, Charter, VersionArticle, settle_text

CONTENT = ("article_key", "after_key", *TITLES, "text_fr", "text_en")


@transaction.atomic
def revise_amendment(
    *,
    actor: Any,
    amendment: Amendment,
    note: str,
    now: datetime,
    seen_wording: int,
    text_fr: str = "",
    text_en: str = "",
    after_key: str = "",
    article_title_fr: str = "",
    article_title_en: str = "",
    still_says: str = "",
) -> Amendment:
    """Give a proposed amendment another wording: numbered, its difference readable, with a word on why (`note`).

    Those who wrote it, or a representative of its organisation; until it is decided or the charter settled. Positions
    taken stay, marked as older, and those who took them are asked to confirm. Where one language changes alone, the
    other is stale, unless `still_says` names it. `seen_wording` is the wording the writer read: WrongState for an older
    one, so that nobody's text is written over. DomainErrors as `draft_amendment`; NothingChanged for the same words.
    """
    charter, amendment = _locked(amendment)
    require_readable(actor=actor, action="amendment.revise", amendment=amendment)
    _check(amendment, charter, now, seen_wording)
    if amendment.needs_rebase or amendment.is_behind:
        raise WrongState(_("La charte a changé : reprenez d’abord l’amendement sur la nouvelle version."))
    before = {name: getattr(amendment, name) for name in CONTENT}
    given = {"article_title_fr": article_title_fr, "article_title_en": article_title_en}
    content = checked_content(
        charter=charter, kind=amendment.kind, key=amendment.article_key, read_in=None, title=amendment.title,
        motive=amendment.motive, text_fr=text_fr, text_en=text_en, after_key=after_key, **given,
    )  # fmt: skip
    after = {name: content[name] for name in CONTENT} | _said_again(amendment, given)
    if after == before:
        raise NothingChanged(_("Cette rédaction est celle que l’amendement a déjà."), field="text_fr")
    stale = _stale_leg(before, after, still_says, amendment.stale_leg)
    reason = readable(text=note, field="note", longest=MAX_MOTIVE)
    return _reworded(amendment, WordingCause.REVISION, actor, now, reason, **after, stale_leg=stale)


@transaction.atomic
def write_leg(
    *,
    actor: Any,
    amendment: Amendment,
    organisation: Organisation | None,
    language: str,
    text: str,
    now: datetime,
    seen_wording: int | None = None,
    article_title: str = "",
) -> Amendment:
    """Write the language an amendment lacks, or bring it up to the other; whoever writes it is credited.

    Members and representatives of any confirmed organisation, in its name; organisers for the team. WrongState when
    that language is not waited for any more, or the other one changed since it was read (`seen_wording`).
    DomainError for an unreadable, overlong or empty text.
    """
    _charter, amendment = _locked(amendment)
    require_readable(actor=actor, action="amendment.write_leg", amendment=amendment)
    require_voice(actor=actor, organisation=organisation)
    if language not in amendment.missing_legs or seen_wording not in (None, amendment.wording):
        raise WrongState(_("Ce texte a été écrit ou a changé entre-temps : relisez l’amendement."))
    written = {f"text_{language}": readable(text=text, field=f"text_{language}", longest=MAX_TEXT)}
    if amendment.kind == AmendmentKind.INSERT or amendment.renames:
        field = f"article_title_{language}"
        written[field] = readable(text=article_title, field=field, longest=MAX_TITLE)
    stale = "" if amendment.stale_leg == language else amendment.stale_leg
    return _reworded(
        amendment, WordingCause.LEG, actor, now, "", by=organisation, language=language, stale_leg=stale, **written
    )


@transaction.atomic
def resolve_rebase(
    *,
    actor: Any,
    amendment: Amendment,
    seen_version: int,
    seen_wording: int,
    now: datetime,
    text_fr: str = "",
    text_en: str = "",
    note: str = "",
    article_title_fr: str | None = None,
    article_title_en: str | None = None,
) -> Amendment:
    """Bring an amendment that does not go together with the version in force to it, in its authors' words.

    Those who wrote it, or a representative of its organisation. To edit: the whole text on top of today's article, and
    its title (None: as the amendment has it, "" leaves today's); an article that is gone meanwhile is proposed again
    where it stood. To remove: confirms that the article may go as it reads now. `seen_version` is the number of the
    version it was resolved against: WrongState when another came, or when somebody resolved it meanwhile.
    NothingChanged when the charter says it already.
    """
    charter, amendment = _locked(amendment)
    require_readable(actor=actor, action="amendment.resolve", amendment=amendment)
    _check(amendment, charter, now, seen_wording)
    if charter.in_force.number != seen_version:
        raise WrongState(_("La charte a encore changé : relisez l’amendement sur la dernière version."))
    amendment.charter = charter
    titles = {"article_title_fr": article_title_fr, "article_title_en": article_title_en}
    titles = {name: getattr(amendment, name) if one is None else one for name, one in titles.items()}
    changes = _resolution(amendment, charter, titles, text_fr, text_en)
    remark = readable(text=note, field="note", longest=MAX_MOTIVE, shortest=0)
    return _reworded(
        amendment, WordingCause.RESOLUTION, actor, now, remark, base_version_id=charter.current_version_id,
        needs_rebase=False, **changes,
    )  # fmt: skip


def _resolution(
    amendment: Amendment, charter: Charter, titles: dict[str, Any], text_fr: str, text_en: str
) -> dict[str, Any]:
    """The columns of the amendment on the version in force. DomainError where there is nothing left to propose."""
    current = list(VersionArticle.objects.filter(version=charter.current_version_id))
    keys = {one.key for one in current}
    if amendment.kind == AmendmentKind.EDIT and amendment.article_key not in keys:
        return _as_insertion(amendment, current, titles, text_fr, text_en)
    content = checked_content(
        charter=charter, kind=amendment.kind, key=amendment.article_key, read_in=None, title=amendment.title,
        motive=amendment.motive, text_fr=text_fr, text_en=text_en, after_key=amendment.after_key, **titles,
    )  # fmt: skip
    return {name: content[name] for name in CONTENT}


def _as_insertion(
    amendment: Amendment, current: list[VersionArticle], titles: dict[str, Any], text_fr: str, text_en: str
) -> dict[str, Any]:
    """The article was removed: its amended text is proposed as an article again, under its key, where it stood."""
    texts = {"text_fr": text_fr, "text_en": text_en}
    settled = {name: readable(text=text, field=name, longest=MAX_TEXT, shortest=0) for name, text in texts.items()}
    if not any(settled.values()):
        raise UnreadableText(_("Écrivez le nouveau texte dans une langue au moins."), field="text_fr")
    was, present = amendment.base_article, {one.key for one in current}
    before = [one.key for one in amendment.base_version.articles.all() if one.position < was.position]
    return {
        **settled,
        "kind": AmendmentKind.INSERT,
        "after_key": next((key for key in reversed(before) if key in present), ""),
        "article_title_fr": _title(titles, "fr", was),
        "article_title_en": _title(titles, "en", was),
    }


def _title(titles: dict[str, Any], language: str, was: VersionArticle) -> str:
    """The title given, or the one the article had."""
    field = f"article_title_{language}"
    given = one_line(readable(text=titles[field], field=field, longest=MAX_TITLE, shortest=0))
    return given or str(getattr(was, f"title_{language}"))


def _locked(amendment: Amendment) -> tuple[Charter, Amendment]:
    """The charter's row, held, and the amendment as it is behind that lock."""
    charter = lock_charter(pk=amendment.charter_id)
    return charter, Amendment.objects.whole().get(pk=amendment.pk)


def _check(amendment: Amendment, charter: Charter, now: datetime, seen_wording: int) -> None:
    if charter.phase(now) == Phase.ADOPTED:
        raise PhaseClosed(_("La charte est arrêtée : ses amendements ne changent plus."))
    if amendment.wording != seen_wording:
        raise WrongState(_("L’amendement a changé pendant que vous écriviez : relisez-le, puis reprenez votre texte."))


def _said_again(amendment: Amendment, given: dict[str, str]) -> dict[str, str]:
    """Titles of an article to change given as the amendment has them: one said to stay as it is remains an answer."""
    if amendment.kind != AmendmentKind.EDIT:
        return {}
    settled = {name: settle_text(title) for name, title in given.items()}
    return {name: title for name, title in settled.items() if title and title == getattr(amendment, name)}


def _of(content: dict[str, str], language: str) -> tuple[str, str]:
    """Title and text of one language."""
    return content[f"article_title_{language}"], content[f"text_{language}"]


def _stale_leg(before: dict[str, str], after: dict[str, str], still_says: str, stale: str) -> str:
    """The leg left behind by a revision: the one that stayed while the other changed; the one already behind stays so
    unless it changed or is said to be right."""
    changed = [one for one in Language.values if _of(after, one) != _of(before, one)]
    if len(changed) == 1 and stale != changed[0]:
        left = Language.ENGLISH if changed[0] == Language.FRENCH else Language.FRENCH
        if left != still_says and any(_of(after, left.value)):
            return left.value
    return "" if stale in (*changed, still_says) else stale


def _reworded(
    amendment: Amendment, cause: WordingCause, actor: Any, now: datetime, note: str, *,
    by: Organisation | None = None, language: str = "", **changes: Any,
) -> Amendment:  # fmt: skip
    """Write the new wording, compare-and-swap on the one before, its row, its passages, the log, and who is told."""
    number = amendment.wording + 1
    reworded = number if cause in REWORDED else amendment.reworded
    moved = Amendment.objects.filter(pk=amendment.pk, state__in=PENDING, wording=amendment.wording).update(
        wording=number, reworded=reworded, **changes
    )
    if not moved:
        raise WrongState(_("Cet amendement n’est plus ouvert : il a été décidé ou retiré entre-temps."))
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    owner = by if cause == WordingCause.LEG else amendment.organisation
    row = wording_row(
        amendment=amendment, cause=cause, actor=actor, now=now, organisation=owner, note=note, language=language
    )
    row.save()
    renew_touches(amendments=[amendment], articles=amendment.base_version.articles.all())
    facts = acting_for(account=actor, organisation=owner)
    record(actor=actor, action=f"amendment.{cause.value}", obj=amendment, now=now, wording=number, **facts)
    kind = "amendment.leg_written" if cause == WordingCause.LEG else "amendment.revised"
    tell_of_amendment(kind=kind, amendment=amendment, actor=actor, now=now, mark=str(number))
    return amendment
