"""Two organisations that are one become one: everything re-attached, the old address kept, the log able to tell."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.merging import Moved, lines_to_move, move_everything
from coalition.core.text import fold
from coalition.notifications.actions import record_event
from coalition.notifications.following import move_follows
from members.actions.moving import TARGET
from members.actions.organisations import OrganisationExists
from members.enums import OrganisationState
from members.models import Affiliation, Organisation

MERGED_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "acronym": ("acronym",),
    "kind": ("kind",),
    "side": ("side",),
    "place": ("country", "city", "geoname_id", "latitude", "longitude"),
    "website": ("website",),
    "logo": ("logo",),
    "summary_fr": ("summary_fr",),
    "summary_en": ("summary_en",),
    "offers": ("offers",),
    "seeks": ("seeks",),
    "exchange_fr": ("exchange_fr",),
    "exchange_en": ("exchange_en",),
}
"""What is chosen from one or the other when two become one, and the columns each choice holds."""


class NotMergeable(DomainError):
    """An organisation and itself, or a confirmed one that would vanish into one nobody has confirmed."""


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, gone: Organisation, taken: Collection[str], actor: Any, now: datetime
) -> Organisation:
    """Make `gone` one with `kept`, which takes the MERGED_FIELDS named in `taken` from it; return `kept` as it is now.

    Rule: organisers; both hold their name, and a confirmed one never goes into one that waits. Every line that points
    to `gone` moves (`coalition.core.merging`; conflicts: `members.actions.moving`). The address of `gone` leads to
    `kept` for good. The representatives of both are told; the log says how many of what moved. Raises NotMergeable,
    OrganisationExists when the name chosen is a third one's, WrongState when either changed meanwhile.
    """
    _check_choice(kept, gone, taken)
    kept, gone = _locked(kept, gone)
    for organisation in (kept, gone):
        require(actor, "organisation.merge", organisation)
    if kept.state != OrganisationState.CONFIRMED and gone.state == OrganisationState.CONFIRMED:
        raise NotMergeable(_("Gardez celle qui est confirmée : l’autre attend encore."))
    told = _representatives(kept, gone)
    before = {name: [str(getattr(kept, column)) for column in MERGED_FIELDS[name]] for name in sorted(taken)}
    _close(gone, kept)
    dropped = _take(kept, gone, taken)
    moved = move_everything(target=TARGET, kept=kept, gone=gone, now=now)
    followers = move_follows(kind="organisation", gone=gone.slug, kept=kept.slug)
    _leave_trace(kept, gone, before, {**moved, "notifications.Follow": Moved(followers)}, actor, now)
    payload = {"accounts": told, "gone": gone.name}
    key = f"organisation.merged:{gone.pk}"
    record_event(kind="organisation.merged", key=key, subject=kept, payload=payload, now=now, actor=actor)
    if dropped is not None:
        transaction.on_commit(dropped.delete)
    return kept


def _check_choice(kept: Organisation, gone: Organisation, taken: Collection[str]) -> None:
    unknown = set(taken) - set(MERGED_FIELDS)
    if unknown:
        raise TypeError(f"not chosen in a merge: {sorted(unknown)}")
    if kept.pk == gone.pk:
        raise NotMergeable(_("C’est la même organisation."))


def _leave_trace(
    kept: Organisation,
    gone: Organisation,
    before: Mapping[str, list[str]],
    moved: Mapping[str, Moved],
    actor: Any,
    now: datetime,
) -> None:
    """Two lines in the log, one an organisation: what was what, what it said, and how many of what moved."""
    counts = {key: {"lines": done.lines, "settled": done.settled} for key, done in moved.items()}
    was = {"gone": gone.pk, "name": gone.name, "slug": gone.slug}
    record(actor=actor, action="organisation.merge", obj=kept, now=now, moved=counts, before=before, **was)
    record(actor=actor, action="organisation.merged_into", obj=gone, now=now, kept=kept.pk)


def _locked(kept: Organisation, gone: Organisation) -> tuple[Organisation, Organisation]:
    """Both rows, read anew and held until the end, always in the same order so that two merges never wait in a ring."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("logo").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(kept.pk, gone.pk))}
    if len(found) < 2:
        raise WrongState
    return found[kept.pk], found[gone.pk]


def _representatives(*organisations: Organisation) -> list[int]:
    running = Affiliation.objects.active().representatives().filter(organisation__in=organisations)
    return sorted(set(running.values_list("account_id", flat=True)))


def _close(gone: Organisation, kept: Organisation) -> None:
    """Compare-and-swap to merged; the object in hand keeps the state it had, which the moves ask for."""
    waiting = Organisation.objects.filter(pk=gone.pk, state=gone.state)
    if not waiting.update(state=OrganisationState.MERGED, merged_into=kept, logo=None):
        raise WrongState


def _take(kept: Organisation, gone: Organisation, taken: Collection[str]) -> Any:
    """Write the chosen fields of `gone` to `kept`; return the logo that nobody has any more, or None."""
    dropped: Any = kept.logo if "logo" in taken else gone.logo
    for name in taken:
        for column in MERGED_FIELDS[name]:
            setattr(kept, column, getattr(gone, column))
    namesakes = Organisation.objects.not_refused().filter(folded_name=fold(kept.name)[:500], country=kept.country)
    third = namesakes.exclude(pk=kept.pk).first()
    if third is not None:
        raise OrganisationExists(third)
    kept.save()
    return dropped


def preview_merge(*, gone: Organisation) -> list[tuple[str, int]]:
    """What would move, in the reader's words: label and number of lines."""
    return lines_to_move(target=TARGET, gone=gone)
