"""What organisations say of an amendment: one voice each, changed until the close, its history public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from members.actions import acting_for
from members.models import Organisation
from principles.actions.telling import tell_of_amendment
from principles.actions.wording import MotiveMissing, NothingChanged, NoVoice, motive_of, readable, require_readable
from principles.enums import WITH_REASON, Choice, Phase
from principles.models import (
    MAX_MOTIVE,
    Amendment,
    Position,
    PositionEntry,
    Standing,
    standing_of,
    voters_of,
)


@transaction.atomic
def take_position(
    *, actor: Any, amendment: Amendment, organisation: Organisation, choice: str, now: datetime, reason: str = ""
) -> Position:
    """Say what an organisation thinks of an open amendment, or change or confirm what it said.

    Members and representatives, in the name of a confirmed organisation that has a voice under the charter's rule.
    Objections and reservations say why (MotiveMissing). One voice an organisation: the last one counts, all stay
    readable. WrongState once the amendment is closed or the time to take position is over.
    """
    amendment = _held(amendment)
    require_readable(actor=actor, action="amendment.take_position", amendment=amendment)
    require(actor, "amendment.create", organisation)
    _check_open(amendment, now)
    if organisation.pk not in voters_of(charter=amendment.charter):
        raise NoVoice(_("Sous la règle de la charte, seules les organisations co-porteuses ont une voix."))
    if choice not in Choice.values:
        raise NothingChanged(_("Choisissez une position."), field="choice")
    said = _reason(choice, reason)
    present = {"choice": choice, "reason": said, "wording": amendment.wording, "given_by": actor, "given_at": now}
    Position.objects.bulk_create(
        [Position(amendment=amendment, organisation=organisation, **present)],
        update_conflicts=True,
        unique_fields=["amendment", "organisation"],
        update_fields=list(present),
    )
    PositionEntry.objects.create(amendment=amendment, organisation=organisation, **present)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="amendment.position", obj=amendment, now=now, choice=choice, **facts)
    _tell(amendment, organisation, choice, actor, now)
    return Position.objects.select_related("organisation").get(amendment=amendment, organisation=organisation)


def _tell(amendment: Amendment, organisation: Organisation, choice: str, actor: Any, now: datetime) -> None:
    """Tell those who wrote it, once for each wording, organisation and choice: going to and fro tells nothing new."""
    objects = choice == Choice.OBJECTION
    mark = f"{organisation.pk}:{amendment.wording}" if objects else f"{organisation.pk}:{amendment.wording}:{choice}"
    tell_of_amendment(
        kind="amendment.objected" if objects else "amendment.position_taken",
        amendment=amendment,
        actor=actor,
        now=now,
        mark=mark,
        organisation=organisation.pk,
        choice=str(choice),
    )


def _held(amendment: Amendment) -> Amendment:
    """The amendment, its row held: a decision and a position are one after the other."""
    Amendment.objects.select_for_update(no_key=True).filter(pk=amendment.pk).values_list("pk").first()
    found: Amendment = Amendment.objects.whole().get(pk=amendment.pk)
    return found


def _check_open(amendment: Amendment, now: datetime) -> None:
    until = amendment.positions_until()
    if amendment.charter.phase(now) == Phase.ADOPTED or (until is not None and now >= until):
        raise WrongState(_("Le temps de prendre position est passé."))


def _reason(choice: str, reason: str) -> str:
    if choice in WITH_REASON:
        try:
            return motive_of(text=reason)
        except MotiveMissing as error:
            raise MotiveMissing(str(error.message), field="reason") from error
    return readable(text=reason, field="reason", longest=MAX_MOTIVE, shortest=0)


def standing_now(*, amendment: Amendment, now: datetime, positions: Iterable[Position] | None = None) -> Standing:
    """Where the amendment stands under the charter's rule at `now`. One query, and one for its positions."""
    return standing_of(
        positions=Position.objects.filter(amendment=amendment) if positions is None else positions,
        voters=voters_of(charter=amendment.charter),
        rule=amendment.charter.decision_rule,
        quorum_percent=amendment.charter.quorum_percent,
        until=amendment.positions_until(),
        now=now,
        reworded=amendment.reworded,
    )
