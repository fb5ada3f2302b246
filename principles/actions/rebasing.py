"""Pending amendments follow the charter from version to version; nothing proposed is lost or refused by accident."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from coalition.core.audit import record
from principles.actions.telling import tell_of_amendment
from principles.enums import WITH_PLACE, WordingCause
from principles.models import Amendment, Charter, Touch, VersionArticle, Wording, rebase, touches_of

REBASED_AT_ONCE = 200
"""Amendments merged in the transaction of an acceptance; the worker, or a decision on one, merges the rest."""
WORDED = ("after_key", "article_title_fr", "article_title_en", "text_fr", "text_en")
REBASED = ("base_version", *WORDED, "wording", "needs_rebase")
"""What a rebase may change in an amendment."""


def wording_row(
    *, amendment: Amendment, cause: WordingCause, actor: Any, now: datetime, organisation: Any = None, note: str = "",
    language: str = "",
) -> Wording:  # fmt: skip
    """The unsaved row of what the amendment says now, numbered by `amendment.wording`."""
    return Wording(
        amendment=amendment,
        number=amendment.wording,
        cause=cause,
        base_version_id=amendment.base_version_id,
        author=actor if getattr(actor, "pk", None) else None,
        organisation=organisation,
        created_at=now,
        note=note,
        language=language,
        **{name: getattr(amendment, name) for name in WORDED},
    )


def renew_touches(*, amendments: Sequence[Amendment], articles: Iterable[VersionArticle]) -> None:
    """Compute again which passages of `articles`, the version they are written on, the amendments touch."""
    by_key = {one.key: one for one in articles}
    Touch.objects.filter(amendment__in=[one.pk for one in amendments]).delete()
    Touch.objects.bulk_create(touch for one in amendments for touch in touches_of(one, by_key.get(one.article_key)))


def rebase_pending(*, charter: Charter, now: datetime, actor: Any = None, limit: int = REBASED_AT_ONCE) -> int:
    """Bring pending amendments of the charter, whose row the caller holds, to its current version; how many merged.

    Rule: none of its own; it is a part of publishing a version. One whose article says what it said moves in one
    statement with its like. The others are merged one by one, `limit` at most, oldest first: where they go together
    the amendment keeps its meaning on the new text; where they do not it is marked, kept as it was, and its authors are
    told. What is left over is found again by the worker: its base is not the current version.
    """
    current = list(VersionArticle.objects.filter(version=charter.current_version_id))
    behind = Amendment.objects.filter(charter=charter).behind()
    merged = 0
    for version in list(behind.order_by().values_list("base_version", flat=True).distinct()):
        base = list(VersionArticle.objects.filter(version=version))
        _move_untouched(charter, version, base, current)
        waiting = behind.filter(base_version=version).select_related("charter")[: limit - merged]
        merged += _merge_each(list(waiting), base, current, charter, now, actor)
        if merged >= limit:
            break
    return merged


def _move_untouched(
    charter: Charter, version: int, base: Sequence[VersionArticle], current: Sequence[VersionArticle]
) -> None:
    """Those whose article, and place, is as it was."""
    today = {one.key: one for one in current}
    same = [one.key for one in base if one.says_the_same_as(today.get(one.key))]
    untouched = Q(article_key__in=same) & ~Q(kind__in=WITH_PLACE)
    if [one.key for one in base] == [one.key for one in current]:
        untouched |= Q(kind__in=WITH_PLACE)
    rows = Amendment.objects.filter(charter=charter).behind().filter(base_version=version).filter(untouched)
    rows.order_by().update(base_version=charter.current_version_id)


def _merge_each(
    waiting: list[Amendment],
    base: Sequence[VersionArticle],
    current: Sequence[VersionArticle],
    charter: Charter,
    now: datetime,
    actor: Any,
) -> int:
    moved, stuck, wordings = [], [], []
    for amendment in waiting:
        if apply_rebase(amendment=amendment, base=base, current=current, charter=charter):
            moved.append(amendment)
            amendment.wording += 1
            cause = WordingCause.REBASE
            wordings.append(wording_row(amendment=amendment, cause=cause, actor=actor, now=now))
        else:
            stuck.append(amendment)
    Amendment.objects.bulk_update([*moved, *stuck], REBASED, batch_size=100)
    Wording.objects.bulk_create(wordings)
    renew_touches(amendments=moved, articles=current)
    for amendment in stuck:
        record(actor=actor, action="amendment.needs_rebase", obj=amendment, now=now, number=amendment.number)
        mark = str(charter.current_version_id)
        tell_of_amendment(kind="amendment.needs_rebase", amendment=amendment, actor=actor, now=now, mark=mark)
    return len(waiting)


def apply_rebase(
    *, amendment: Amendment, base: Sequence[VersionArticle], current: Sequence[VersionArticle], charter: Charter
) -> bool:
    """Write the outcome of a rebase on the unsaved amendment: its texts on the new version, or that it waits."""
    outcome = rebase(amendment, base, current)
    amendment.needs_rebase = not outcome.is_clean
    if outcome.is_clean:
        amendment.base_version_id = charter.in_force.pk
        amendment.text_fr, amendment.text_en = outcome.text_fr, outcome.text_en
        amendment.article_title_fr, amendment.article_title_en = outcome.titles["fr"], outcome.titles["en"]
        amendment.after_key = outcome.after_key
    return outcome.is_clean


@transaction.atomic
def rebase_due(*, now: datetime) -> int:
    """Rebase what a large acceptance left over, on every charter; how many were merged. Run by the worker.

    Rule: none, nobody asks. Late or twice does no harm: what is done is no longer behind.
    """
    merged = 0
    ids = Amendment.objects.behind().order_by().values_list("charter", flat=True).distinct()
    for pk in list(ids):
        charter = Charter.objects.select_for_update(no_key=True).get(pk=pk)
        merged += rebase_pending(charter=charter, now=now)
    return merged
