"""The coalition itself: what it is called and the sections of its page."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from coalition.core.audit import record
from members.models import Coalition, CoalitionSection


@transaction.atomic
def define_coalition(
    *, number: int, slug: str, opened_on: date, sections: Sequence[dict[str, Any]], now: datetime, **texts: str
) -> tuple[Coalition, bool]:
    """The coalition of this number, made with its sections when it is not there yet; and whether it was made now.

    For first content. Idempotent on the number: an existing coalition is returned as it is. `texts` are the bilingual
    columns (title_fr …); each section is {key, title_fr, title_en, body_fr, body_en, is_open}, in the order to show.
    """
    coalition, created = Coalition.objects.get_or_create(
        number=number, defaults={"slug": slug, "opened_on": opened_on, **texts}
    )
    if created:
        CoalitionSection.objects.bulk_create(
            CoalitionSection(coalition=coalition, position=position, **section)
            for position, section in enumerate(sections, start=1)
        )
        record(actor=None, action="coalition.define", obj=coalition, now=now)
    return coalition, created
