"""What becomes of voices, supports and co-authors when two organisations become one (`coalition.core.merging`)."""

from datetime import datetime
from typing import Any

from coalition.core.merging import Moved
from principles.models import CoAuthor, Endorsement, Position


def merge_positions(kept: Any, gone: Any, _now: datetime) -> Moved:
    """Two organisations become one: where both spoke on an amendment, the later position is the voice that stays."""
    settled = 0
    ours = {one.amendment_id: one for one in Position.objects.filter(organisation=kept)}
    for theirs in Position.objects.filter(organisation=gone):
        mine = ours.get(theirs.amendment_id)
        if mine is not None:
            older = mine if mine.given_at <= theirs.given_at else theirs
            Position.objects.filter(pk=older.pk).delete()
            settled += 1
    return Moved(Position.objects.filter(organisation=gone).update(organisation=kept) + settled, settled)


def merge_endorsements(kept: Any, gone: Any, _now: datetime) -> Moved:
    """One support of an organisation for an examination: the earlier stays."""
    return _merge_unique(Endorsement, kept, gone)


def merge_coauthors(kept: Any, gone: Any, _now: datetime) -> Moved:
    """One place of an organisation among the authors: the first invitation stays, an accepted one before it."""
    accepted = CoAuthor.objects.accepted().filter(organisation=gone).values("amendment")
    CoAuthor.objects.filter(organisation=kept, accepted_at=None, amendment__in=accepted).delete()
    return _merge_unique(CoAuthor, kept, gone)


def _merge_unique(model: Any, kept: Any, gone: Any) -> Moved:
    held = model.objects.filter(organisation=kept).values("amendment")
    settled, _each = model.objects.filter(organisation=gone, amendment__in=held).delete()
    return Moved(model.objects.filter(organisation=gone).update(organisation=kept) + settled, settled)
