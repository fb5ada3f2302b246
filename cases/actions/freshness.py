"""Asking the editors of a case, twice a year, whether it is still true, and hearing that it is."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.checking import show_check
from cases.actions.writing import lock_case
from cases.models import CaseCheck, CasePage, CatalogueEntry
from cases.notifications.freshness import CHECK_PURPOSE
from cases.querysets.freshness import to_be_asked
from coalition.core.access import can, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.tokens import use_token
from coalition.notifications.actions import record_events
from members.actions import acting_for
from members.actions.moves import moment_key
from members.models import User

CHUNK = 200


class StaleCheckLink(DomainError):
    """The mailed link is unknown, old or already used, or its reader does not write this case any more."""


def ask_due_cases(*, now: datetime) -> int:
    """Ask about every case nobody published, confirmed or was asked about for CASE_CONFIRM_EVERY; how many. For the
    worker.

    One event a case and period: run twice, late, or by two workers at once, nobody gets two mails. A case nobody
    writes for any more counts as asked too, so that its readers are warned in time.
    """
    asked = 0
    while found := _ask_chunk(now):
        asked += found
    return asked


@transaction.atomic
def _ask_chunk(now: datetime) -> int:
    rows = list(to_be_asked(CatalogueEntry.objects.all(), now).light()[:CHUNK])
    if not rows:
        return 0
    chosen: dict[int, CatalogueEntry] = {}
    for row in sorted(rows, key=lambda row: (bool(row.translated_from), row.page_id)):
        chosen.setdefault(row.number, row)
    pages = CasePage.objects.in_bulk([row.page_id for row in chosen.values()])
    facts: dict[str, Any] = {_period_key(row): (pages[row.page_id], {}) for row in chosen.values()}
    checks = [CaseCheck(number=number, asked_at=now) for number in chosen]
    CaseCheck.objects.bulk_create(checks, update_conflicts=True, unique_fields=["number"], update_fields=["asked_at"])
    CatalogueEntry.objects.filter(number__in=list(chosen)).update(asked_at=now)
    record_events(kind="case.still_true", facts=facts, now=now)
    return len(chosen)


def _period_key(row: CatalogueEntry) -> str:
    """The same for every run that asks the same question: what was last known, and what was last asked since."""
    again = row.asked_at if row.asked_at is not None and row.asked_at >= row.checked_at else None
    moments = [moment_key(moment) for moment in (row.checked_at, again) if moment is not None]
    return ":".join(["case.still_true", str(row.number), *moments])


@transaction.atomic
def confirm_case(*, actor: Any, page: CasePage, now: datetime) -> CasePage:
    """Say that a published case is still true, in all its languages: it is fresh again for CASE_CONFIRM_EVERY.

    Rule: those who write it, at any time while it is public. Said twice, the later day counts.
    """
    current = lock_case(page=page)
    require(actor, "case.confirm", current)
    return _confirm(current, actor, now, by="account")


@transaction.atomic
def confirm_case_by_link(*, token: str, now: datetime) -> CasePage:
    """The same from the mailed link, without login.

    Rule: the token, sent to the address of an account that still writes the case; used once. Raises StaleCheckLink, and
    nothing has changed, for any other.
    """
    proof = use_token(purpose=CHECK_PURPOSE, secret=token)
    page: Any = proof.subject if proof is not None else None
    if proof is None or page is None:
        raise StaleCheckLink(_("Ce lien n’est plus valable."))
    account = writer_at(address=proof.address, page=page)
    if account is None:
        raise StaleCheckLink(_("Cette adresse n’écrit plus ce cas."))
    return _confirm(lock_case(page=page), account, now, by="mail link")


def writer_at(*, address: str, page: CasePage) -> User | None:
    """The account of this address, if it may say of the case that it is still true."""
    account = User.objects.filter(email__iexact=address, is_active=True).first()
    return account if account is not None and can(account, "case.confirm", page) else None


def _confirm(page: CasePage, actor: Any, now: datetime, *, by: str) -> CasePage:
    check = CaseCheck(number=page.number, confirmed_at=now)
    CaseCheck.objects.bulk_create(
        [check], update_conflicts=True, unique_fields=["number"], update_fields=["confirmed_at"]
    )
    show_check(number=page.number)
    facts = acting_for(account=actor, organisation=page.organisation)
    record(actor=actor, action="case.confirm", obj=page, now=now, number=page.number, by=by, **facts)
    return page
