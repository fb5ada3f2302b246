"""Signing a coalition's charter in an organisation's name, and what becomes of the signature."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.documents import SignableDocument, current_document
from coalition.core.errors import DomainError
from coalition.core.tokens import use_token
from coalition.notifications.actions import record_event
from members.enums import COSPONSORSHIP_MOVES, Commitment, CosponsorshipState
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, User
from members.notifications import CONFIRM_PURPOSE


class NothingToSign(DomainError):
    """The coalition has no adopted text yet."""


class DocumentChanged(DomainError):
    """The text is no longer the one that was read before signing."""


class StaleLink(DomainError):
    """The mailed link is unknown, old, already used, or the address it proves is no longer the signatory's."""


def _document_to_sign(coalition: Coalition, seen: str) -> SignableDocument:
    document = current_document(coalition)
    if document is None:
        raise NothingToSign(_("La charte de cette coalition n’est pas encore adoptée : il n’y a rien à signer."))
    if seen and seen != document.sha256:
        raise DocumentChanged(
            _("La charte a changé depuis que vous l’avez relue. Relisez la nouvelle version avant de signer.")
        )
    return document


@transaction.atomic
def sign_cosponsorship(
    *,
    coalition: Coalition,
    organisation: Organisation,
    actor: User,
    commitments: Sequence[str],
    statement: str,
    now: datetime,
    function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
    name_is_public: bool = False,
    authority_declared: bool = True,
    document_sha256: str = "",
) -> tuple[Cosponsorship, bool]:
    """Sign in the organisation's name; the act, and whether it was made by this call.

    Rule: a representative of a confirmed organisation. The act is bound to title, version and SHA-256 of the current
    text; with `document_sha256` (what the signatory read) another text raises DocumentChanged. One live act an
    organisation and coalition: a second signature, even at the same instant, returns the first with False, and the log
    keeps who else tried. It then waits for the signatory to confirm by mail. Raises NothingToSign without a text,
    DomainError without a commitment or without authority.
    """
    require(actor, "cosponsorship.sign", organisation)
    document = _document_to_sign(coalition, document_sha256)
    if not set(commitments) or not set(commitments) <= set(Commitment.values):
        raise DomainError(_("Choisissez au moins un engagement."), field="commitments")
    if not authority_declared:
        raise DomainError(_("Confirmez que vous êtes habilité à engager votre organisation."), field="authority")
    affiliation = Affiliation.objects.active().get(account=actor, organisation=organisation)
    act = Cosponsorship(
        coalition=coalition,
        commitments=[value for value in Commitment.values if value in commitments],
        statement=statement,
        name_is_public=name_is_public,
        signed_at=now,
        **_as_it_stands(affiliation, document, function, mandate_reference, mandate_date),
    )
    return _save_once(act, actor, now)


def _as_it_stands(
    affiliation: Affiliation, document: SignableDocument, function: str, reference: str, day: date | None
) -> dict[str, Any]:
    """Signatory, mandate and text as the act keeps them; what was not said is taken from the affiliation."""
    return {
        "organisation": affiliation.organisation,
        "affiliation": affiliation,
        "signatory_name": str(affiliation.account),
        "signatory_function": function or affiliation.function,
        "mandate_reference": reference or affiliation.mandate_reference,
        "mandate_date": day or affiliation.mandate_date,
        "document_title": document.title[:200],
        "document_version": document.version,
        "document_sha256": document.sha256,
    }


def _save_once(act: Cosponsorship, actor: User, now: datetime) -> tuple[Cosponsorship, bool]:
    """Insert the act, or find the live one that was there first."""
    try:
        with transaction.atomic():
            act.save(force_insert=True)
    except IntegrityError:
        live = Cosponsorship.objects.live().get(coalition=act.coalition, organisation=act.organisation)
        if live.affiliation.account_id != actor.pk:
            record(actor=actor, action="cosponsorship.sign_again", obj=live, now=now)
        return live, False
    facts = {"version": act.document_version, "sha256": act.document_sha256, "name_is_public": act.name_is_public}
    record(actor=actor, action="cosponsorship.sign", obj=act, now=now, organisation=act.organisation_id, **facts)
    _tell("cosponsorship.confirm", act, actor, now)
    return act, True


def _move(act: Cosponsorship, state: str, **changes: Any) -> None:
    """Compare-and-swap to `state` from wherever COSPONSORSHIP_MOVES allows; WrongState when somebody was faster."""
    sources = [source for source, targets in COSPONSORSHIP_MOVES.items() if state in targets]
    if not Cosponsorship.objects.filter(pk=act.pk, state__in=sources).update(state=state, **changes):
        raise WrongState
    act.refresh_from_db()


def _tell(kind: str, act: Cosponsorship, actor: Any, now: datetime) -> None:
    record_event(kind=kind, key=f"{kind}:{act.pk}", subject=act, payload={}, now=now, actor=actor)


@transaction.atomic
def confirm_cosponsorship(*, token: str, now: datetime) -> Cosponsorship:
    """Confirm from the signatory's mailbox: the act then waits for the organisers.

    Rule: the token, sent to the address the signatory had, and still has; used once, seven days on the database's
    clock. No login is asked: the token proves the mailbox. Raises StaleLink, and nothing has changed, when the link is
    forged, old or used, when the address changed, or when the act no longer waits for it.
    """
    proof = use_token(purpose=CONFIRM_PURPOSE, secret=token)
    act = proof.subject if proof is not None else None
    if proof is None or act is None:
        raise StaleLink(_("Ce lien n’est plus valable."))
    signatory = act.affiliation.account
    if signatory.email.lower() != proof.address.lower() or not signatory.is_active:
        raise StaleLink(_("Ce lien n’est plus valable : l’adresse a changé depuis son envoi."))
    try:
        _move(act, CosponsorshipState.SUBMITTED, confirmed_at=now)
    except WrongState:
        raise StaleLink(_("Cette signature n’attend plus de confirmation.")) from None
    record(actor=signatory, action="cosponsorship.confirm", obj=act, now=now, by="mail link")
    _tell("cosponsorship.submitted", act, signatory, now)
    return act


@transaction.atomic
def approve_cosponsorship(
    *, cosponsorship: Cosponsorship, actor: Any, now: datetime, motive: str = ""
) -> Cosponsorship:
    """Make the organisation a public co-sponsor. Rule: organisers, once confirmed by mail; WrongState otherwise."""
    require(actor, "cosponsorship.decide", cosponsorship)
    _move(cosponsorship, CosponsorshipState.OFFICIAL, decided_at=now, decided_by=actor, decision_motive=motive.strip())
    record(actor=actor, action="cosponsorship.approve", obj=cosponsorship, now=now)
    _tell("cosponsorship.official", cosponsorship, actor, now)
    return cosponsorship


@transaction.atomic
def decline_cosponsorship(*, cosponsorship: Cosponsorship, actor: Any, motive: str, now: datetime) -> Cosponsorship:
    """Decline a signature, telling the organisation why. Rule: organisers; WrongState when it does not wait for them.

    Raises DomainError without a motive.
    """
    require(actor, "cosponsorship.decide", cosponsorship)
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : l’organisation lira ce motif."), field="motive")
    _move(cosponsorship, CosponsorshipState.DECLINED, decided_at=now, decided_by=actor, decision_motive=motive.strip())
    record(actor=actor, action="cosponsorship.decline", obj=cosponsorship, now=now, motive=motive.strip())
    _tell("cosponsorship.declined", cosponsorship, actor, now)
    return cosponsorship


@transaction.atomic
def withdraw_cosponsorship(*, cosponsorship: Cosponsorship, actor: Any, reason: str, now: datetime) -> Cosponsorship:
    """Withdraw a signature at any moment, saying why; the act stays in the register, and a new one may be signed.

    Rule: the organisation's representatives and organisers; WrongState when it has already ended. Raises DomainError
    without a reason.
    """
    require(actor, "cosponsorship.withdraw", cosponsorship)
    if not reason.strip():
        raise DomainError(_("Dites en une phrase pourquoi votre organisation se retire."), field="reason")
    _move(cosponsorship, CosponsorshipState.WITHDRAWN, withdrawn_at=now, withdrawal_reason=reason.strip())
    record(actor=actor, action="cosponsorship.withdraw", obj=cosponsorship, now=now, reason=reason.strip())
    _tell("cosponsorship.withdrawn", cosponsorship, actor, now)
    return cosponsorship
