"""The append-only log of acts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model

from coalition.core.models import AuditLine
from coalition.core.page_cache import mark_changed


def record(*, actor: Any, action: str, obj: Model, now: datetime, **data: Any) -> AuditLine:
    """Write one line in the caller's transaction: `actor` (account or None) did `action` to `obj` at `now`.

    `data` is JSON; it holds facts such as states and hashes, never addresses, tokens or message bodies. An object that
    is called after a person has an `audit_label` without the name, so that the log needs no erasing. Every act passes
    here, so this is also where kept pages are forgotten.
    """
    mark_changed()
    return AuditLine.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        action=action,
        object_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        label=str(getattr(obj, "audit_label", obj))[:255],
        data=data,
        created_at=now,
    )


def last_acts(model: type[Model], keys: Iterable[int]) -> dict[int, datetime]:
    """When the log last told of an act on each of these objects; those it never told of are left out. One query."""
    lines = AuditLine.objects.filter(
        object_type=ContentType.objects.get_for_model(model), object_id__in=list(keys)
    ).order_by()
    rows = lines.values("object_id").annotate(last=Max("created_at"))
    return {row["object_id"]: row["last"] for row in rows if row["object_id"] is not None}
