"""What becomes of a signature: the organisers' answer, the document they ask for, withdrawal."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.models import Consent
from members.actions.drafts import replace_document
from members.actions.moves import moment_key, move_act, tell_act
from members.actions.thresholds import pass_threshold
from members.enums import ChangeState, CosponsorshipState
from members.models import Cosponsorship, User
from members.rules.consents import NAME_PURPOSE, consent_proof


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_consents(act: Cosponsorship, now: datetime) -> None:
    """Whoever agreed to be named with this act is named no more: the record says since when."""
    agreed = Consent.objects.filter(purpose=NAME_PURPOSE, proof=consent_proof(act), withdrawn_at=None)
    agreed.update(withdrawn_at=now)


@transaction.atomic
def approve_cosponsorship(
    *, cosponsorship: Cosponsorship, actor: Any, now: datetime, motive: str = ""
) -> Cosponsorship:
    """Make the organisation a public co-sponsor, to be asked again after the coalition's months of renewal.

    Rule: organisers, once confirmed by mail; WrongState otherwise. A document still asked for is asked no longer.
    """
    require(actor, "cosponsorship.decide", cosponsorship)
    move_act(
        cosponsorship,
        CosponsorshipState.OFFICIAL,
        decided_at=now,
        decided_by=actor,
        decision_motive=motive.strip(),
        asked_at=None,
        renew_on=months_later(now.date(), cosponsorship.coalition.renewal_months),
    )
    record(actor=actor, action="cosponsorship.approve", obj=cosponsorship, now=now)
    tell_act("cosponsorship.official", cosponsorship, actor, now)
    pass_threshold(coalition=cosponsorship.coalition, actor=actor, now=now)
    return cosponsorship


@transaction.atomic
def decline_cosponsorship(*, cosponsorship: Cosponsorship, actor: Any, motive: str, now: datetime) -> Cosponsorship:
    """Decline a signature, telling the organisation why. Rule: organisers; WrongState when it does not wait for them.

    Raises DomainError without a motive.
    """
    require(actor, "cosponsorship.decide", cosponsorship)
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : l’organisation lira ce motif."), field="motive")
    move_act(
        cosponsorship,
        CosponsorshipState.DECLINED,
        decided_at=now,
        decided_by=actor,
        decision_motive=motive.strip(),
        asked_at=None,
    )
    end_consents(cosponsorship, now)
    record(actor=actor, action="cosponsorship.decline", obj=cosponsorship, now=now, motive=motive.strip())
    tell_act("cosponsorship.declined", cosponsorship, actor, now)
    return cosponsorship


@transaction.atomic
def withdraw_cosponsorship(*, cosponsorship: Cosponsorship, actor: Any, reason: str, now: datetime) -> Cosponsorship:
    """Withdraw a signature at any moment, saying why; the act stays in the register, and a new one may be signed.

    What the public list keeps of an act that was official is what the coalition decided (`withdrawal_trace`).

    Rule: the organisation's representatives and organisers; WrongState when it has already ended. Raises DomainError
    without a reason.
    """
    require(actor, "cosponsorship.withdraw", cosponsorship)
    if not reason.strip():
        raise DomainError(_("Dites en une phrase pourquoi votre organisation se retire."), field="reason")
    move_act(
        cosponsorship,
        CosponsorshipState.WITHDRAWN,
        withdrawn_at=now,
        withdrawal_reason=reason.strip(),
        asked_at=None,
    )
    end_consents(cosponsorship, now)
    record(actor=actor, action="cosponsorship.withdraw", obj=cosponsorship, now=now, reason=reason.strip())
    tell_act("cosponsorship.withdrawn", cosponsorship, actor, now)
    return cosponsorship


@transaction.atomic
def ask_for_document(*, cosponsorship: Cosponsorship, actor: Any, wanted: str, now: datetime) -> Cosponsorship:
    """Ask the organisation for a document before answering; the act stays where it is, and the next to act is theirs.

    Rule: organisers, while the act waits for them; WrongState otherwise. Asking again replaces what was asked. Raises
    DomainError when nothing is named.
    """
    require(actor, "cosponsorship.decide", cosponsorship)
    if not wanted.strip():
        raise DomainError(_("Dites quelle pièce vous attendez : l’organisation lira ces mots."), field="motive")
    waiting = Cosponsorship.objects.filter(pk=cosponsorship.pk, state=CosponsorshipState.SUBMITTED)
    if not waiting.update(asked_at=now, asked_for=wanted.strip()):
        raise WrongState
    cosponsorship.refresh_from_db()
    record(actor=actor, action="cosponsorship.ask_document", obj=cosponsorship, now=now, wanted=wanted.strip())
    tell_act("cosponsorship.document_asked", cosponsorship, actor, now, again=moment_key(now))
    return cosponsorship


@transaction.atomic
def provide_document(*, cosponsorship: Cosponsorship, actor: User, upload: Any, now: datetime) -> Cosponsorship:
    """Join the proof of the mandate (PDF or picture); the organisers are told, and act next.

    Rule: a representative of the organisation, until the organisers have answered; WrongState otherwise. A file joined
    before is replaced and erased. Raises AttachmentRefused for another sort of file.
    """
    act = Cosponsorship.objects.select_for_update(of=("self",)).get(pk=cosponsorship.pk)
    require(actor, "cosponsorship.provide_document", act)
    kept = replace_document(act, upload, actor, now)
    Cosponsorship.objects.filter(pk=act.pk).update(asked_at=None)
    cosponsorship.refresh_from_db()
    record(actor=actor, action="cosponsorship.provide_document", obj=cosponsorship, now=now, sha256=kept.sha256)
    if cosponsorship.state == CosponsorshipState.SUBMITTED:
        tell_act("cosponsorship.document_provided", cosponsorship, actor, now, again=moment_key(now))
    return cosponsorship


@transaction.atomic
def note_document_read(*, cosponsorship: Cosponsorship, actor: Any, now: datetime) -> Any:
    """The proof of the mandate, to be shown; the log keeps who read it.

    Rule: the organisation's representatives and the organisers. None when the act has no such document.
    """
    require(actor, "cosponsorship.view_document", cosponsorship)
    if cosponsorship.mandate_document is not None:
        record(actor=actor, action="cosponsorship.read_document", obj=cosponsorship, now=now)
    return cosponsorship.mandate_document


@transaction.atomic
def hide_signatory(*, cosponsorship: Cosponsorship, actor: Any, now: datetime) -> Cosponsorship:
    """Publish the signatory's name no longer, at once: the consent is withdrawn, the act itself stays.

    Rule: the organisation's representatives and the organisers; WrongState when no name is public.
    """
    require(actor, "cosponsorship.hide_name", cosponsorship)
    if not Cosponsorship.objects.filter(pk=cosponsorship.pk, name_is_public=True).update(name_is_public=False):
        raise WrongState
    cosponsorship.changes.filter(state=ChangeState.OPEN).update(name_is_public=False)
    cosponsorship.refresh_from_db()
    end_consents(cosponsorship, now)
    record(actor=actor, action="cosponsorship.hide_name", obj=cosponsorship, now=now)
    return cosponsorship
