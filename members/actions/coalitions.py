"""The coalition itself: what it is called, the sections of its page, how many co-sponsors make it official."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from members.actions.thresholds import set_threshold
from members.enums import WithdrawalTrace
from members.models import Coalition, CoalitionSection

LONGEST_RENEWAL = 120


@transaction.atomic
def define_coalition(
    *,
    number: int,
    slug: str,
    opened_on: date,
    sections: Sequence[dict[str, Any]],
    now: datetime,
    cosponsors_needed: int = 0,
    kinds_needed: Mapping[str, int] | None = None,
    **texts: str,
) -> tuple[Coalition, bool]:
    """The coalition of this number, made with its sections when it is not there yet; and whether it was made now.

    For first content. Idempotent on the number: an existing coalition is returned as it is. `texts` are the bilingual
    columns (title_fr …); each section is {key, title_fr, title_en, body_fr, body_en, is_open}, in the order to show.
    `cosponsors_needed` and `kinds_needed` (minimum by value of Kind) are its threshold, as `set_threshold` takes it.
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
        set_threshold(
            coalition=coalition, actor=None, cosponsors_needed=cosponsors_needed, kinds=kinds_needed or {}, now=now
        )
    return coalition, created


@transaction.atomic
def set_coalition_rules(
    *, coalition: Coalition, actor: Any, renewal_months: int, withdrawal_trace: str, now: datetime
) -> Coalition:
    """Say after how many months co-sponsors are asked to renew, and what stays public of those who withdraw.

    Rule: organisers. `renewal_months` is 1 to 120; acts already accepted keep the day they were told. Raises
    DomainError for another number or a trace that does not exist. The audit line keeps what held before.
    """
    require(actor, "coalition.set_threshold", coalition)
    if not 1 <= renewal_months <= LONGEST_RENEWAL:
        raise DomainError(_("Donnez un nombre de mois de 1 à 120."), field="renewal_months")
    if withdrawal_trace not in WithdrawalTrace.values:
        raise DomainError(_("Choisissez ce qui reste public d’un retrait."), field="withdrawal_trace")
    held = Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
    before = {"renewal_months": held.renewal_months, "withdrawal_trace": held.withdrawal_trace}
    after = {"renewal_months": renewal_months, "withdrawal_trace": withdrawal_trace}
    if after != before:
        held.renewal_months, held.withdrawal_trace = renewal_months, withdrawal_trace
        held.save(update_fields=list(after))
        record(actor=actor, action="coalition.set_rules", obj=held, now=now, before=before, after=after)
    coalition.refresh_from_db()
    return coalition
