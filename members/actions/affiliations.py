"""Who acts for an organisation, from a day to a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, is_organiser, require
from coalition.core.attachments import delete_attachment, keep_upload
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.notifications.actions import record_event
from members.enums import InvitationState, Origin, Role
from members.models import Affiliation, Invitation, Organisation, User

MANDATE = ("role", "function", "mandate_reference", "mandate_date", "mandate_until", "mandate_document", "origin")
"""What a line says of a mandate: a change of any of these opens another line."""


class LastRepresentative(DomainError):
    """The organisation would be left with nobody to represent it."""


def lock_organisation(organisation: Organisation | int) -> Organisation:
    """The organisation's row, held until the transaction ends: what changes its people queues here."""
    locked: Organisation = Organisation.objects.select_for_update().get(pk=getattr(organisation, "pk", organisation))
    return locked


def acting_for(*, account: Any, organisation: Organisation | None) -> dict[str, Any]:
    """What the log keeps of an act in an organisation's name: the organisation, and the line that allowed it.

    The token as well, when a program acts under one. {} without organisation; only its id when the account acts for
    it without a line of its own (organisers, imports).
    """
    if organisation is None:
        return {}
    facts: dict[str, Any] = {"organisation": organisation.pk}
    if getattr(account, "pk", None) is None:
        return facts
    token = getattr(account, "acting_token", None)
    if token is not None:
        facts |= {"token": token.pk, "token_name": token.name}
    line = Affiliation.objects.active().filter(account=account, organisation=organisation).first()
    if line is not None:
        facts |= {"affiliation": line.pk, "function": line.function, "mandate": line.mandate_reference}
    return facts


def new_affiliation(
    *, account: User, organisation: Organisation, role: str, now: datetime, by: Any = None, **mandate: Any
) -> Affiliation:
    """The running affiliation of the account, made or brought to `role` and `mandate`; the old one is kept, ended.

    For actions only: no rule is checked here. `by` is who ended the old one. The database allows one running
    affiliation an account and organisation. Hand-overs that wait follow to the new line.
    """
    lock_organisation(organisation)
    running = Affiliation.objects.active().filter(account=account, organisation=organisation).first()
    wanted = {"role": role, **mandate}
    if running is None:
        return Affiliation.objects.create(account=account, organisation=organisation, started_on=now.date(), **wanted)
    if all(getattr(running, name) == value for name, value in wanted.items()):
        return running
    _end(running, now.date(), by)
    line = Affiliation.objects.create(account=account, organisation=organisation, started_on=now.date(), **wanted)
    Invitation.objects.open().filter(hands_over=running).update(hands_over=line)
    return line


@transaction.atomic
def add_affiliation(
    *,
    account: User,
    organisation: Organisation,
    role: str,
    now: datetime,
    actor: Any = None,
    function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
) -> Affiliation:
    """Let `account` act for `organisation` in `role` from today. The same call twice changes nothing.

    Rule: the organisation's representatives and organisers; `actor` None is the site itself (import, first content).
    A change of role or mandate ends the running affiliation and opens another, so that history stays. Raises
    LastRepresentative when it would take its role from the only representative.
    """
    if actor is not None:
        require(actor, "organisation.edit", organisation)
    lock_organisation(organisation)
    if role != Role.REPRESENTATIVE:
        keep_one_representative(organisation, without=account)
    before = Affiliation.objects.active().filter(account=account, organisation=organisation).first()
    affiliation = new_affiliation(
        account=account,
        organisation=organisation,
        role=role,
        now=now,
        by=actor,
        function=function,
        mandate_reference=mandate_reference,
        mandate_date=mandate_date,
    )
    if affiliation == before:
        return affiliation
    forget_roles(account)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="affiliation.add", obj=affiliation, now=now, role=role, account=account.pk, **facts)
    return affiliation


@transaction.atomic
def change_affiliation(
    *, affiliation: Affiliation, actor: Any, now: datetime, role: str, document: Any = None, **mandate: Any
) -> Affiliation:
    """Change role, function or mandate: the running line ends today and another opens, which is returned.

    `mandate`: function, mandate_reference (texts), mandate_date, mandate_until (dates or None); what is not given is
    emptied. `document` is an uploaded PDF or picture that proves it, None keeps the one there is. Rule: the
    organisation's representatives and organisers; WrongState when the line has ended. The same words again change
    nothing. Raises LastRepresentative when the role would be taken from the only representative, DomainError for dates
    that cannot be, AttachmentRefused for a file that is neither, TypeError for another word. The person is told.
    """
    organisation = lock_organisation(affiliation.organisation_id)
    affiliation.refresh_from_db()
    require(actor, "affiliation.change", affiliation)
    if role != Role.REPRESENTATIVE:
        keep_one_representative(organisation, without=affiliation.account)
    words = _mandate_words(mandate, now)
    facts = acting_for(account=actor, organisation=organisation)
    line = _reopen(affiliation, {"role": role, **words}, document, actor, now)
    if line.pk == affiliation.pk:
        return line
    if role != Role.REPRESENTATIVE and affiliation.role == Role.REPRESENTATIVE:
        _cancel_their_invitations(affiliation, actor, now)
    forget_roles(affiliation.account)
    changed = [name for name in MANDATE if getattr(line, name) != getattr(affiliation, name)]
    record(actor=actor, action="affiliation.change", obj=line, now=now, changed=changed, role=role, **facts)
    tell("affiliation.changed", line, actor, now)
    return line


def _mandate_words(given: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Every word of a mandate, trimmed; DomainError for dates that cannot be, TypeError for a word that is none."""
    empty: dict[str, Any] = {"function": "", "mandate_reference": "", "mandate_date": None, "mandate_until": None}
    if unknown := set(given) - set(empty):
        raise TypeError(f"not part of a mandate: {sorted(unknown)}")
    words: dict[str, Any] = {**empty, **given}
    words |= {name: words[name].strip() for name in ("function", "mandate_reference")}
    _check_dates(words["mandate_date"], words["mandate_until"], now)
    return words


def _reopen(affiliation: Affiliation, words: dict[str, Any], document: Any, actor: Any, now: datetime) -> Affiliation:
    """The line in its new words, with the proof kept or the new one; no file stays of a line that could not open."""
    proof = keep_upload(upload=document, account=actor, now=now) if document else affiliation.mandate_document
    try:
        return new_affiliation(
            account=affiliation.account,
            organisation=affiliation.organisation,
            now=now,
            by=actor,
            mandate_document=proof,
            origin=affiliation.origin,
            **words,
        )
    except Exception:
        if document and proof is not None:
            delete_attachment(proof)
        raise


def _check_dates(decided: date | None, until: date | None, now: datetime) -> None:
    if decided and decided > now.date():
        raise DomainError(_("Cette décision est datée de l’avenir : corrigez la date."), field="mandate_date")
    if until and until < now.date():
        raise DomainError(_("Cette fin est déjà passée : retirez plutôt la personne."), field="mandate_until")


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, actor: Any, now: datetime) -> Affiliation:
    """End an affiliation today; the line stays. WrongState when it has already ended.

    Rule: the account itself (it leaves), the organisation's representatives, organisers. Raises LastRepresentative
    rather than leave an organisation with nobody; organisers may end even the last one, except their own. The person
    and the representatives are told; what somebody sent away had invited is cancelled.
    """
    organisation = lock_organisation(affiliation.organisation_id)
    affiliation.refresh_from_db()
    require(actor, "affiliation.end", affiliation)
    leaves = actor.pk == affiliation.account_id
    if leaves or not is_organiser(actor):
        keep_one_representative(organisation, without=affiliation.account)
    facts = acting_for(account=actor, organisation=organisation)
    if not _end(affiliation, now.date(), actor):
        raise WrongState
    cancel_hand_overs(line=affiliation, now=now)
    if not leaves:
        _cancel_their_invitations(affiliation, actor, now)
    forget_roles(affiliation.account)
    record(actor=actor, action="affiliation.end", obj=affiliation, now=now, account=affiliation.account_id, **facts)
    tell("affiliation.ended", affiliation, actor, now)
    return affiliation


@transaction.atomic
def note_proof_read(*, affiliation: Affiliation, actor: Any, now: datetime) -> Affiliation:
    """Log that the proof of a mandate was read. Rule: representatives and organisers; for others it does not exist."""
    require(actor, "affiliation.read_document", affiliation)
    facts = acting_for(account=actor, organisation=affiliation.organisation)
    sha256 = affiliation.mandate_document.sha256 if affiliation.mandate_document else ""
    record(actor=actor, action="affiliation.read_proof", obj=affiliation, now=now, sha256=sha256, **facts)
    return affiliation


def pass_mandate_on(
    *, old: Affiliation | None, successor: User, stays_member: bool, function: str, now: datetime
) -> Affiliation | None:
    """End the mandate that is handed over, or bring it down to membership, and open the successor's: one instant.

    For actions only. None when the mandate ended meanwhile, or was taken down: then nothing is handed over.
    """
    if old is None or old.ended_on is not None or old.role != Role.REPRESENTATIVE:
        return None
    if stays_member:
        new_affiliation(
            account=old.account,
            organisation=old.organisation,
            role=Role.MEMBER,
            now=now,
            by=old.account,
            function=old.function,
            origin=old.origin,
        )
    else:
        _end(old, now.date(), old.account)
    forget_roles(old.account)
    return new_affiliation(
        account=successor,
        organisation=old.organisation,
        role=Role.REPRESENTATIVE,
        now=now,
        by=old.account,
        function=function,
        origin=Origin.HAND_OVER,
    )


def cancel_hand_overs(*, line: Affiliation, now: datetime) -> None:
    """What has ended can no longer be handed over."""
    Invitation.objects.open().filter(hands_over=line).update(state=InvitationState.CANCELLED, answered_at=now)


def _cancel_their_invitations(affiliation: Affiliation, actor: Any, now: datetime) -> None:
    """Places kept by somebody who lost the right to keep them are not open any more."""
    theirs = Invitation.objects.open().filter(
        organisation=affiliation.organisation_id, invited_by=affiliation.account_id
    )
    for invitation in theirs:
        record(actor=actor, action="invitation.cancel", obj=affiliation, now=now, invitation=invitation.pk)
    theirs.update(state=InvitationState.CANCELLED, answered_at=now)


def _end(affiliation: Affiliation, on: date, by: Any) -> bool:
    """Compare-and-swap on the end date: of two callers one ends it."""
    ended = Affiliation.objects.active().filter(pk=affiliation.pk).update(ended_on=on, ended_by=by)
    affiliation.refresh_from_db(fields=["ended_on", "ended_by"])
    return bool(ended)


def keep_one_representative(organisation: Organisation, *, without: User) -> None:
    """LastRepresentative if nobody else represents the organisation; the caller holds its row."""
    representatives = Affiliation.objects.active().representatives().filter(organisation=organisation)
    if not representatives.filter(account=without).exists():
        return
    if not representatives.exclude(account=without).exists():
        raise LastRepresentative(
            _(
                "C’est la dernière personne qui représente cette organisation. Passez d’abord la main, "
                "ou donnez ce rôle à quelqu’un d’autre."
            )
        )


def forget_roles(account: Any) -> None:
    """The account object in hand reads its roles anew at the next question."""
    account.__dict__.pop("roles", None)


def tell(kind: str, subject: Any, actor: Any, now: datetime, **payload: Any) -> None:
    """Record the event of this kind about this line, invitation or request; each happens once in its life."""
    record_event(kind=kind, key=f"{kind}:{subject.pk}", subject=subject, payload=payload, now=now, actor=actor)
