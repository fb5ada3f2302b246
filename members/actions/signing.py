"""Signing a coalition's charter in an organisation's name, and confirming it from the mailbox."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.consents import give_consent
from coalition.core.documents import SignableDocument, current_document
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from coalition.core.tokens import use_token
from coalition.notifications.models import Event
from members.actions.bindings import bind_version, make_reservations
from members.actions.moves import move_act, tell_act
from members.actions.wording import checked_words
from members.enums import Binding, CosponsorshipState
from members.models import Affiliation, Coalition, Cosponsorship, Organisation, User
from members.notifications import CONFIRM_PURPOSE
from members.rules.consents import NAME_PURPOSE, consent_proof

LINKS_A_DAY = 5


class NothingToSign(DomainError):
    """The coalition has no adopted text yet."""


class DocumentChanged(DomainError):
    """The text is no longer the one that was read before signing."""


class StaleLink(DomainError):
    """The mailed link is unknown, old, already used, or the address it proves is no longer the signatory's."""


class TooManyLinks(DomainError):
    """LINKS_A_DAY confirmation mails left for this act within a day."""


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
    now: datetime,
    sentences: Mapping[str, str] | None = None,
    statement: str = "",
    reservations: Mapping[str, str] | None = None,
    function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
    name_is_public: bool = False,
    authority_declared: bool = True,
    document_sha256: str = "",
) -> tuple[Cosponsorship, bool]:
    """Sign in the organisation's name; the act, and whether it was made by this call.

    Rule: a representative of a confirmed organisation. `sentences` says what will be done for each commitment chosen;
    `reservations` holds a text by article key. The act is bound to title, version and SHA-256 of the current text; with
    `document_sha256` (what was read) another text raises DocumentChanged. It takes the place of the draft, whose proof
    of mandate it keeps. One live act an organisation and coalition: a second signature, even at the same instant,
    returns the first with False, and the log keeps who else tried. Raises NothingToSign without a text, DomainError
    without a commitment, a sentence or authority, ArticleGone for a reservation on no article.
    """
    require(actor, "cosponsorship.sign", organisation)
    document = _document_to_sign(coalition, document_sha256)
    words = checked_words(commitments, sentences, statement)
    _check_authority(authority_declared)
    affiliation = Affiliation.objects.active().get(account=actor, organisation=organisation)
    facts = _as_it_stands(affiliation, document, function, mandate_reference, mandate_date)
    facts |= {**words, "name_is_public": name_is_public, "signed_at": now}
    act, created = _save_once(coalition, organisation, facts)
    if created:
        _bind(act, document, reservations, now)
        _after_signing(act, actor, now)
    else:
        _note_second_hand(act, actor, now)
    return act, created


def _bind(
    act: Cosponsorship, document: SignableDocument, reservations: Mapping[str, str] | None, now: datetime
) -> None:
    """The version signed, and the reservations on it; those of the draft held to none yet."""
    bind_version(act=act, document=document, affiliation=act.affiliation, how=Binding.SIGNED, now=now)
    act.reservations.all().delete()
    make_reservations(act=act, document=document, reservations=reservations, affiliation=act.affiliation, now=now)


def _check_authority(declared: bool) -> None:
    if not declared:
        raise DomainError(_("Confirmez que vous êtes habilité à engager votre organisation."), field="authority")


def _as_it_stands(
    affiliation: Affiliation, document: SignableDocument, function: str, reference: str, day: date | None
) -> dict[str, Any]:
    """Signatory, mandate and text as the act keeps them; what was not said is taken from the affiliation."""
    return {
        "affiliation": affiliation,
        "signatory_name": str(affiliation.account),
        "signatory_function": function or affiliation.function,
        "mandate_reference": reference or affiliation.mandate_reference,
        "mandate_date": day or affiliation.mandate_date,
        "document_title": document.title[:200],
        "document_version": document.version,
        "document_sha256": document.sha256,
    }


def _save_once(coalition: Coalition, organisation: Organisation, facts: dict[str, Any]) -> tuple[Cosponsorship, bool]:
    """Sign the organisation's draft, or insert the act, or find the live one that was there first.

    The lock on the organisation makes its representatives take turns; the unique index holds whoever else writes.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    mine = Cosponsorship.objects.live().filter(coalition=coalition, organisation=organisation)
    awaiting = CosponsorshipState.AWAITING
    if mine.filter(state=CosponsorshipState.DRAFT).update(state=awaiting, **facts):
        return mine.get(), True
    try:
        with transaction.atomic():
            act = Cosponsorship.objects.create(coalition=coalition, organisation=organisation, state=awaiting, **facts)
    except IntegrityError:
        return mine.get(), False
    return act, True


def _note_second_hand(live: Cosponsorship, actor: User, now: datetime) -> None:
    if live.affiliation is None or live.affiliation.account_id != actor.pk:
        record(actor=actor, action="cosponsorship.sign_again", obj=live, now=now)


def _after_signing(act: Cosponsorship, actor: User, now: datetime) -> None:
    """The record of consent, the line of the log, the mail that asks to confirm."""
    if act.name_is_public:
        give_consent(
            account=actor,
            address=actor.email,
            purpose=NAME_PURPOSE,
            language=reader_language(),
            method="form",
            proof=consent_proof(act),
            now=now,
        )
    facts = {
        "version": act.document_version,
        "sha256": act.document_sha256,
        "name_is_public": act.name_is_public,
        "reservations": list(act.reservations.values_list("article_key", flat=True)),
    }
    record(actor=actor, action="cosponsorship.sign", obj=act, now=now, organisation=act.organisation_id, **facts)
    tell_act("cosponsorship.confirm", act, actor, now)


@transaction.atomic
def confirm_cosponsorship(*, token: str, now: datetime) -> Cosponsorship:
    """Confirm from the signatory's mailbox: the act then waits for the organisers, and its receipt leaves.

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
        move_act(act, CosponsorshipState.SUBMITTED, confirmed_at=now)
    except WrongState:
        raise StaleLink(_("Cette signature n’attend plus de confirmation.")) from None
    record(actor=signatory, action="cosponsorship.confirm", obj=act, now=now, by="mail link")
    tell_act("cosponsorship.submitted", act, signatory, now)
    tell_act("cosponsorship.receipt", act, signatory, now)
    return act


@transaction.atomic
def resend_confirmation(*, cosponsorship: Cosponsorship, actor: User, now: datetime) -> Cosponsorship:
    """Send the signatory another confirmation link; those sent before work until one is used or they expire.

    Rule: the signatory, while the act waits for the mail. At most LINKS_A_DAY mails of an act within a day, the first
    included: then TooManyLinks. Two clicks at the same instant send one mail.
    """
    require(actor, "cosponsorship.resend", cosponsorship)
    sent = Event.objects.filter(kind="cosponsorship.confirm", object_id=str(cosponsorship.pk))
    if sent.filter(created_at__gt=now - timedelta(days=1)).count() >= LINKS_A_DAY:
        raise TooManyLinks(
            _("Plusieurs liens sont déjà partis aujourd’hui : cherchez-les dans vos indésirables, ou revenez demain.")
        )
    tell_act("cosponsorship.confirm", cosponsorship, actor, now, again=str(sent.count() + 1))
    record(actor=actor, action="cosponsorship.resend", obj=cosponsorship, now=now)
    return cosponsorship
