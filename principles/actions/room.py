"""Writing a draft together: a save is brought together with what others saved meanwhile, or waits for its writer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _, gettext_lazy

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.privacy import PurgeStep, register_purge
from members.actions import acting_for
from principles.actions.wording import WrittenMeanwhile, readable
from principles.enums import AmendmentKind, AmendmentState
from principles.models import (
    LONGEST,
    WORDS,
    Amendment,
    DraftRevision,
    Joined,
    Presence,
    VersionArticle,
    Words,
    join_words,
    settled,
    words_shown,
    written_words,
)

REVISIONS_KEPT = timedelta(days=30)
PRESENCE_KEPT = timedelta(days=1)
SITTING = timedelta(hours=1)
"""The log tells of a person's saves once in this time, not every few seconds."""


@dataclass(frozen=True)
class Saved:
    """What became of a save.

    `words` is the text of the draft after it, `number` the revision it stands in, `own` the revision that holds exactly
    what was typed. `pending` is that revision when it waits for its writer, with `joined` for the passages to decide.
    `ended`: the draft was proposed meanwhile; what was typed is `pending` (None when the amendment says it already).
    """

    words: dict[str, str]
    number: int
    own: int
    pending: DraftRevision | None = None
    joined: Joined | None = None
    ended: bool = False


@transaction.atomic
def save_together(
    *,
    actor: Any,
    amendment: Amendment,
    base: int,
    words: Mapping[str, str],
    now: datetime,
    key: str = "",
    read_in: int | None = None,
) -> Saved:
    """Save what one of the writers of a draft typed on its revision `base` (0: as it was before anybody saved).

    Merged sentence by sentence with what others saved since; where two wrote one sentence the draft stays as it is and
    the words wait for their writer (`settle_words`). Nothing has to be complete. `words` by field, those missing
    unchanged; `read_in` is the number of the charter's version beside it. The same `key` and words again give the same
    answer. On a draft proposed meanwhile they are kept for the writer alone. UnreadableText for what cannot be kept.
    """
    draft = _locked(amendment)
    if draft.state != AmendmentState.DRAFT:
        return _kept_aside(draft, actor, words, key, now)
    require(actor, "amendment.edit", draft)
    head = _head(draft, now)
    sent = draft.revisions.filter(saved_by=actor, key=key).first() if key else None
    read = sent or _read(draft, actor, base)
    typed = {**(read or head).words, **_readable(draft, words, read_in)}
    if read is not None and read.words == typed:
        return _answer(draft, read, head)
    return _Place(draft, actor, now, "" if sent else key).write(read, typed, head)


@transaction.atomic
def settle_words(*, actor: Any, revision: DraftRevision, choices: Sequence[str], seen: str, now: datetime) -> Saved:
    """Bring one's waiting words together with the draft: one text for each passage two people wrote differently.

    The writer of `revision` only. `seen` names the passages the choices are for (`Joined.seen`): when others changed
    them meanwhile nothing is written, and the answer has the passages as they are now. WrongState when it no longer
    waits, UnreadableText for a choice that cannot be kept.
    """
    draft = _locked(revision.amendment)
    if draft.state != AmendmentState.DRAFT:
        require(actor, "amendment.keep_words", draft)
        return Saved(written_words(draft), 0, revision.number, ended=True)
    require(actor, "amendment.edit", draft)
    waiting = draft.revisions.filter(pk=revision.pk, into=None, saved_by=actor).first()
    if waiting is None:
        raise WrongState(_("Ce passage est déjà décidé."))
    head = _head(draft, now)
    joined = joined_with(draft=draft, revision=waiting, head=head)
    if joined.seen != seen or len(choices) != len(joined.clashes):
        return Saved(head.words, head.number, waiting.number, waiting, joined)
    words = _readable(draft, joined.resolved(choices), None)
    after = head if words == head.words else _Place(draft, actor, now, "").line(words, head.number)
    draft.revisions.filter(pk=waiting.pk).update(into=after.number)
    return Saved(after.words, after.number, after.number)


@transaction.atomic
def show_presence(*, actor: Any, amendment: Amendment, field: str, now: datetime) -> Presence:
    """Tell the other writers that one has the draft open, and what one writes in (a field of the form, or "").

    Those who may write the draft. A field that does not exist counts as none.
    """
    require(actor, "amendment.edit", amendment)
    told = {"seen_at": now, "field": field if field in LONGEST else ""}
    found: Presence = Presence.objects.update_or_create(amendment=amendment, account=actor, defaults=told)[0]
    return found


def room_text(*, amendment: Amendment, account: Any) -> tuple[dict[str, str], int]:
    """What the account goes on from: its words, and the revision that holds them (0 before anybody saved).

    Its own waiting words before the text of the draft.
    """
    own = amendment.revisions.pending_of(account).first() or amendment.revisions.line().first()
    return (
        (words_shown(amendment, own.words), own.number)
        if own
        else (words_shown(amendment, written_words(amendment)), 0)
    )


def joined_with(*, draft: Amendment, revision: DraftRevision, head: DraftRevision) -> Joined:
    """The waiting words of `revision` beside the text of the draft (`head`), on what its writer had read."""
    return _joined(draft, draft.revisions.filter(number=revision.base).first(), revision.words, head)


def check_revision(*, draft: Amendment, seen: int | None) -> None:
    """The draft stays as it is until the end of the transaction; WrittenMeanwhile when `seen` is not its revision."""
    head = _locked(draft).revisions.line().first()
    if seen is not None and head is not None and head.number != seen:
        raise WrittenMeanwhile(_("Quelqu’un a écrit entre-temps : relisez le texte, puis recommencez."))


def follow_in_room(*, draft: Amendment, actor: Any, now: datetime) -> Amendment:
    """The draft was rewritten beside the room: its new text is the next revision, where a room exists.

    The caller changed the draft in this transaction and asked the door.
    """
    head = draft.revisions.line().first()
    words = written_words(draft)
    if head is not None and head.words != words:
        DraftRevision.objects.create(**_row(draft, actor, now, words, base=head.number), **_own_number(draft))
    return draft


def close_room(*, draft: Amendment) -> None:
    """The draft is proposed: what led to it goes, and who was there; words that still wait stay with their writer.

    The caller changed the state in this transaction and asked the door.
    """
    draft.presences.all().delete()
    draft.revisions.filter(into__isnull=False).delete()


def forget_waiting_words(*, account: Any, now: datetime) -> None:
    """Before an account is erased: words of its own that never came into a draft go.

    Rule: none of its own; it is a step of erasing the account (`register_erasure_step`), which asked the door.
    """
    found, _per_table = DraftRevision.objects.pending_of(account).delete()
    if found:
        record(actor=None, action="amendment.forget_words", obj=account, now=now, count=found)


def register_steps() -> None:
    """Called once, when the app is ready."""
    title = gettext_lazy("Enregistrements successifs des brouillons d’amendement")
    register_purge(PurgeStep("draft_revisions", title, REVISIONS_KEPT, _forget_revisions))
    register_purge(
        PurgeStep("presences", gettext_lazy("Présences dans un brouillon"), PRESENCE_KEPT, _forget_presences)
    )


def _forget_revisions(cutoff: datetime, dry_run: bool) -> int:
    found = DraftRevision.objects.spent(cutoff)
    return int(found.count()) if dry_run else int(found.delete()[0])


def _forget_presences(cutoff: datetime, dry_run: bool) -> int:
    found = Presence.objects.filter(seen_at__lt=cutoff)
    return int(found.count()) if dry_run else int(found.delete()[0])


def _locked(amendment: Amendment) -> Amendment:
    """The amendment as it is, alone until the end of the transaction."""
    Amendment.objects.select_for_update().only("pk").get(pk=amendment.pk)
    found: Amendment = Amendment.objects.whole().get(pk=amendment.pk)
    return found


def _head(draft: Amendment, now: datetime) -> DraftRevision:
    """The revision that is the text of the draft; the first one is what the draft said before anybody saved here."""
    found: DraftRevision | None = draft.revisions.line().first()
    if found is None:
        found = DraftRevision.objects.create(
            **_row(draft, draft.author, now, written_words(draft), base=0), number=1, into=1
        )
    return found


def _own_number(draft: Amendment) -> dict[str, int]:
    number = (draft.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    return {"number": number, "into": number}


def _row(draft: Amendment, actor: Any, now: datetime, words: Words, *, base: int) -> dict[str, Any]:
    return {"amendment": draft, "base": base, "saved_by": actor, "saved_at": now, **words}


def _read(draft: Amendment, actor: Any, base: int) -> DraftRevision | None:
    """The revision the writer went on from, if it is still there and theirs to read."""
    found: DraftRevision | None = draft.revisions.filter(number=base or 1).first()
    if found is not None and found.into != found.number and found.saved_by_id != actor.pk:
        return None
    return found


def _readable(draft: Amendment, words: Mapping[str, str], read_in: int | None) -> dict[str, str]:
    """The words as a draft keeps them, however incomplete; UnreadableText for the field at fault."""
    kept = {
        name: settled(name, readable(text=words[name], field=name, longest=LONGEST[name], shortest=0))
        for name in WORDS
        if name in words
    }
    if draft.kind == AmendmentKind.EDIT:
        kept |= dict.fromkeys(_left_as_it_was(draft, kept, read_in or draft.charter.in_force.number), "")
    return kept


def _left_as_it_was(draft: Amendment, kept: Mapping[str, str], number: int) -> list[str]:
    """The fields that say what the article says in this version: still to come, whatever it says by then."""
    articles = VersionArticle.objects.filter(version__charter=draft.charter_id, key=draft.article_key)
    article = articles.filter(version__number=number).first()
    names = ["article_title_fr", "article_title_en", *(["text_en"] if kept.get("text_fr") else [])]
    return [one for one in names if one in kept and kept[one] == getattr(article, one.removeprefix("article_"), None)]


def _joined(draft: Amendment, read: DraftRevision | None, typed: Words, head: DraftRevision) -> Joined:
    """`typed` and the text of the draft on what the writer had read; where that is gone, all is compared."""
    base = words_shown(draft, read.words) if read else dict.fromkeys(WORDS, "")
    return join_words(base, words_shown(draft, typed), words_shown(draft, head.words))


def _answer(draft: Amendment, sent: DraftRevision, head: DraftRevision) -> Saved:
    """What is to be said of a save that is known already."""
    if sent.is_pending:
        joined = joined_with(draft=draft, revision=sent, head=head)
        return Saved(head.words, head.number, sent.number, sent, joined)
    return Saved(head.words, head.number, sent.number)


def _kept_aside(draft: Amendment, actor: Any, words: Mapping[str, str], key: str, now: datetime) -> Saved:
    """The draft was proposed while they typed: their words are kept for them, unless the amendment says them."""
    require(actor, "amendment.keep_words", draft)
    said = written_words(draft)
    typed = {**said, **_readable(draft, words, draft.base_version.number)}
    known: DraftRevision | None = draft.revisions.pending_of(actor).filter(**typed).first()
    if typed == said or known is not None:
        return Saved(said, 0, known.number if known else 0, known, ended=True)
    place = _Place(draft, actor, now, "" if draft.revisions.filter(saved_by=actor, key=key).exists() else key)
    kept = place.aside(typed, 0)
    return Saved(said, 0, kept.number, kept, ended=True)


def _long_ago(before: DraftRevision, now: datetime) -> bool:
    return bool(before.saved_at <= now - SITTING)


@dataclass(frozen=True)
class _Place:
    """Where a save of `actor` is written in the history of `draft`; the key goes to the first row."""

    draft: Amendment
    actor: Any
    now: datetime
    key: str

    def write(self, read: DraftRevision | None, typed: Words, head: DraftRevision) -> Saved:
        """Merge what was typed on `read` with the text of the draft; waiting words are gone on from, and taken up."""
        before = read if read is not None and read.is_pending else None
        if before is not None:
            read = self.draft.revisions.filter(number=before.base).first()
        joined, base = Joined(dict(typed)), read.number if read else 0
        if base != head.number:
            joined = _joined(self.draft, read, typed, head)
        if joined.clashes:
            own = after = self.aside(typed, base)
        else:
            own, after = self._merged(typed, _readable(self.draft, joined.words, None), base, head)
        if before is not None:
            self.draft.revisions.filter(pk=before.pk).update(into=after.number)
        if joined.clashes:
            return Saved(head.words, head.number, own.number, own, joined)
        return Saved(after.words, after.number, own.number)

    def _merged(
        self, typed: Words, merged: Words, base: int, head: DraftRevision
    ) -> tuple[DraftRevision, DraftRevision]:
        """What holds the words typed, and what is the text of the draft now: one row where they are the same."""
        if typed == merged:
            row = head if merged == head.words else self.line(merged, base, key=self.key)
            return row, row
        own = self.aside(typed, base)
        after = head if merged == head.words else self.line(merged, own.number)
        self.draft.revisions.filter(pk=own.pk).update(into=after.number)
        return own, after

    def aside(self, words: Words, base: int) -> DraftRevision:
        """What was typed, waiting."""
        number = _own_number(self.draft)["number"]
        row = _row(self.draft, self.actor, self.now, words, base=base)
        return DraftRevision.objects.create(**row, number=number, into=None, key=self.key or uuid.uuid4().hex)

    def line(self, words: Words, base: int, *, key: str = "") -> DraftRevision:
        """The next text of the draft, there and in its own columns; a draft without a title keeps the one it had."""
        before = self.draft.revisions.line().first()
        row = _row(self.draft, self.actor, self.now, words, base=base)
        made: DraftRevision = DraftRevision.objects.create(**row, **_own_number(self.draft), key=key)
        columns = {**words, "title": words["title"] or self.draft.title}
        Amendment.objects.filter(pk=self.draft.pk).update(**columns)
        if before is None or not before.base or before.saved_by_id != self.actor.pk or _long_ago(before, self.now):
            facts = acting_for(account=self.actor, organisation=self.draft.organisation)
            record(actor=self.actor, action="amendment.edit", obj=self.draft, now=self.now, **facts)
        return made
