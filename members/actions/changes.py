"""Other words for a public act: proposed by the organisation, read by an organiser, public only then."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.consents import give_consent
from coalition.core.errors import DomainError
from coalition.core.languages import reader_language
from members.actions.cosponsorships import end_consents
from members.actions.moves import tell_act
from members.actions.wording import checked_words
from members.enums import ChangeState
from members.models import Affiliation, Cosponsorship, CosponsorshipChange
from members.rules.consents import NAME_PURPOSE, consent_proof
from members.rules.cosponsorships import is_signatory


class ChangeWaiting(DomainError):
    """Another change of this act waits for an organiser."""


class NothingChanged(DomainError):
    """The words proposed are those that are public."""


@transaction.atomic
def propose_change(
    *,
    cosponsorship: Cosponsorship,
    actor: Any,
    commitments: Sequence[str],
    now: datetime,
    sentences: Mapping[str, str] | None = None,
    statement: str = "",
    agree_to_be_named: bool = False,
) -> CosponsorshipChange:
    """Propose other commitments, sentences or statement for a public act; what is public stays until an answer.

    Rule: the organisation's representatives and the organisers; WrongState when the act is not public. Only the
    signatory can agree to be named, which is shown once accepted too; to be named no longer asks nobody
    (`hide_signatory`). Raises NothingChanged, ChangeWaiting when one waits already, DomainError for words that a
    signature could not hold.
    """
    require(actor, "cosponsorship.change", cosponsorship)
    words = checked_words(commitments, sentences, statement)
    named = cosponsorship.name_is_public or (agree_to_be_named and is_signatory(actor, cosponsorship))
    kept = {name: getattr(cosponsorship, name) for name in words} | {"name_is_public": cosponsorship.name_is_public}
    if kept == {**words, "name_is_public": named}:
        raise NothingChanged(_("Rien n’a changé : ces mots sont déjà ceux de l’acte."))
    mine = Affiliation.objects.active().filter(account=actor, organisation=cosponsorship.organisation).first()
    change = CosponsorshipChange(
        cosponsorship=cosponsorship, affiliation=mine, name_is_public=named, proposed_at=now, **words
    )
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError:
        raise ChangeWaiting(_("Une modification de cet acte attend déjà la réponse de l’équipe.")) from None
    if named and not cosponsorship.name_is_public:
        _agree(cosponsorship, actor, now)
    record(actor=actor, action="cosponsorship.change", obj=cosponsorship, now=now, change=change.pk)
    tell_act("cosponsorship.change_proposed", cosponsorship, actor, now, again=str(change.pk))
    return change


def _agree(act: Cosponsorship, actor: Any, now: datetime) -> None:
    give_consent(
        account=actor,
        address=actor.email,
        purpose=NAME_PURPOSE,
        language=reader_language(),
        method="form",
        proof=consent_proof(act),
        now=now,
    )


def _decide(change: CosponsorshipChange, state: str, actor: Any, motive: str, now: datetime) -> None:
    """Compare-and-swap from open; WrongState when somebody was faster."""
    waiting = CosponsorshipChange.objects.filter(pk=change.pk, state=ChangeState.OPEN)
    if not waiting.update(state=state, decided_at=now, decided_by=actor, motive=motive.strip()):
        raise WrongState
    change.refresh_from_db()


@transaction.atomic
def accept_change(*, change: CosponsorshipChange, actor: Any, now: datetime) -> CosponsorshipChange:
    """Make the proposed words the public ones. Rule: organisers; WrongState once decided or when the act has ended."""
    act = Cosponsorship.objects.select_for_update(of=("self",)).get(pk=change.cosponsorship_id)
    require(actor, "cosponsorship.decide_change", act)
    _decide(change, ChangeState.ACCEPTED, actor, "", now)
    before = {"commitments": act.commitments, "sentences": act.sentences, "statement": act.statement}
    words = {name: getattr(change, name) for name in before}
    Cosponsorship.objects.filter(pk=act.pk).update(name_is_public=change.name_is_public, **words)
    act.refresh_from_db()
    if not act.name_is_public:
        end_consents(act, now)
    record(actor=actor, action="cosponsorship.accept_change", obj=act, now=now, change=change.pk, before=before)
    tell_act("cosponsorship.change_accepted", act, actor, now, again=str(change.pk))
    return change


@transaction.atomic
def decline_change(*, change: CosponsorshipChange, actor: Any, motive: str, now: datetime) -> CosponsorshipChange:
    """Leave the act as it is, telling the organisation why.

    Rule: organisers; WrongState once decided or when the act has ended. Raises DomainError without a motive.
    """
    act = change.cosponsorship
    require(actor, "cosponsorship.decide_change", act)
    if not motive.strip():
        raise DomainError(_("Dites pourquoi : l’organisation lira ce motif."), field="motive")
    _decide(change, ChangeState.DECLINED, actor, motive, now)
    if not act.name_is_public:
        end_consents(act, now)
    record(
        actor=actor, action="cosponsorship.decline_change", obj=act, now=now, change=change.pk, motive=motive.strip()
    )
    tell_act("cosponsorship.change_declined", act, actor, now, again=str(change.pk))
    return change
