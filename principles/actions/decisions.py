"""What becomes of a proposed amendment: withdrawn by those who proposed it, accepted or refused by an organiser."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.actions import acting_for
from principles.actions.charter import lock_charter, publish_version, tell_of_amendment
from principles.actions.wording import EnglishMissing, UnreadableText, motive_of, readable
from principles.enums import AmendmentState, Outcome, sources_of
from principles.models import MAX_TEXT, Amendment, Decision, Version


@transaction.atomic
def withdraw_amendment(*, actor: Any, amendment: Amendment, now: datetime) -> Amendment:
    """Take an open amendment back; it stays readable. Its author, or a representative of the author's organisation.

    Raises WrongState when it is no longer open.
    """
    require(actor, "amendment.withdraw", amendment)
    _move(amendment, AmendmentState.WITHDRAWN, withdrawn_at=now)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    facts = acting_for(account=actor, organisation=amendment.organisation)
    record(actor=actor, action="amendment.withdraw", obj=amendment, now=now, number=amendment.number, **facts)
    return amendment


@transaction.atomic
def accept_amendment(*, actor: Any, amendment: Amendment, motive: str, now: datetime, text_en: str = "") -> Decision:
    """Adopt an open amendment: the next version of the charter, with the reason everybody may read.

    Organisers, never on their own amendment. `text_en` completes the English leg when it is missing or was left
    behind; adoption refuses without it (EnglishMissing) and refuses it where the author gave one. The article must
    still say what the author read (WrongState). Acceptances of one charter queue on its row: of any number at once
    on the same article one goes through, the others get WrongState.
    """
    charter = lock_charter(pk=amendment.charter_id)
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.accept", amendment)
    reason = motive_of(text=motive)
    english = _english_leg(amendment, text_en)
    _move(amendment, AmendmentState.ACCEPTED, decided_at=now)
    previous = charter.in_force
    text = previous.text()
    articles = tuple(
        replace(one, text_fr=amendment.text_fr, text_en=english) if one.key == amendment.article_key else one
        for one in text.articles
    )
    version = publish_version(
        charter=charter, text=replace(text, articles=articles), previous=previous, actor=actor, now=now
    )
    return _decide(amendment, Outcome.ACCEPTED, reason, version=version, actor=actor, now=now)


@transaction.atomic
def refuse_amendment(*, actor: Any, amendment: Amendment, motive: str, now: datetime) -> Decision:
    """Refuse an open amendment with a public reason. Organisers, never on their own. WrongState when it is closed."""
    amendment = Amendment.objects.whole().get(pk=amendment.pk)
    require(actor, "amendment.refuse", amendment)
    reason = motive_of(text=motive)
    _move(amendment, AmendmentState.REFUSED, decided_at=now)
    return _decide(amendment, Outcome.REFUSED, reason, version=None, actor=actor, now=now)


def _english_leg(amendment: Amendment, given: str) -> str:
    settled = readable(text=given, field="text_en", longest=MAX_TEXT, shortest=0)
    if not amendment.lacks_english:
        if settled:
            raise UnreadableText(_("Le texte anglais est déjà proposé par l’amendement."), field="text_en")
        return amendment.result_en
    if not settled:
        raise EnglishMissing(
            _("Le texte anglais ne suit pas encore le texte français : complétez-le avant d’adopter."), field="text_en"
        )
    return settled


def _move(amendment: Amendment, state: AmendmentState, **dates: datetime) -> None:
    """Compare-and-swap of the state; WrongState when somebody was faster."""
    if not Amendment.objects.filter(pk=amendment.pk, state__in=sources_of(state)).update(state=state, **dates):
        raise WrongState(_("Cet amendement n’est plus ouvert : il a été décidé ou retiré entre-temps."))


def _decide(
    amendment: Amendment, outcome: Outcome, motive: str, *, version: Version | None, actor: Any, now: datetime
) -> Decision:
    decision = Decision.objects.create(
        amendment=amendment, outcome=outcome, motive=motive, decided_by=actor, decided_at=now, version=version
    )
    decision.amendment = Amendment.objects.whole().get(pk=amendment.pk)
    facts: dict[str, Any] = {"number": amendment.number, "version": version.number if version else None}
    verb = "accept" if outcome == Outcome.ACCEPTED else "refuse"
    record(actor=actor, action=f"amendment.{verb}", obj=amendment, now=now, **facts)
    tell_of_amendment(kind=f"amendment.{outcome.value}", amendment=decision.amendment, actor=actor, now=now)
    return decision
