"""Where an amendment stands under the rule its charter declares: counts, quorum, result, until when."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from principles.enums import Choice, DecisionRule, Outcome, Result
from principles.models.decisions import Position


@dataclass(frozen=True)
class Standing:
    """The voices on an amendment at one moment. `voters` have one each; `quorum` of them must have spoken.

    Positions taken before a revision count until they are changed; `unconfirmed` says how many there are.
    """

    agree: int
    abstain: int
    reservation: int
    objection: int
    voters: int
    quorum: int
    rule: str
    until: datetime | None
    closed: bool
    unconfirmed: int = 0

    @property
    def spoken(self) -> int:
        return self.agree + self.abstain + self.reservation + self.objection

    @property
    def silent(self) -> int:
        return max(self.voters - self.spoken, 0)

    @property
    def has_quorum(self) -> bool:
        return self.spoken >= self.quorum

    @property
    def for_it(self) -> int:
        """An organisation with a reservation agrees, and says what it would rather have."""
        return self.agree + self.reservation

    @property
    def rule_is_met(self) -> bool:
        """The rule alone, without the quorum. Abstentions count for the quorum and for nothing else."""
        if self.rule == DecisionRule.CONSENT:
            return self.objection == 0
        if self.rule == DecisionRule.MAJORITY:
            return self.for_it > self.objection
        return self.for_it > 0 and self.for_it >= 2 * self.objection

    @property
    def result(self) -> Result:
        """What the rule gives now; unspoken when nobody has to speak and nobody did: the organisers are free."""
        if self.until is not None and not self.closed:
            return Result.RUNNING
        if not self.spoken and not self.quorum:
            return Result.UNSPOKEN
        return Result.MET if self.has_quorum and self.rule_is_met else Result.UNMET

    def departs(self, outcome: str) -> bool:
        """A decision with this outcome would not be what the rule gives, or would come before positions close."""
        wanted = Result.UNMET if outcome == Outcome.REFUSED else Result.MET
        return self.result not in (Result.UNSPOKEN, wanted)

    def frozen(self) -> dict[str, Any]:
        """What a decision keeps of it, as JSON."""
        kept = asdict(self) | {"result": self.result.value, "silent": self.silent}
        return kept | {"until": self.until.isoformat() if self.until else None}


def standing_of(
    *, positions: Iterable[Position], voters: set[int], rule: str, quorum_percent: int, until: datetime | None,
    now: datetime, reworded: int = 0,
) -> Standing:  # fmt: skip
    """Count the positions of those who have a voice (`voters`, keys of organisations); a voice lost counts no more."""
    heard = [one for one in positions if one.organisation_id in voters]
    count = {choice: sum(one.choice == choice for one in heard) for choice in Choice}
    return Standing(
        agree=count[Choice.AGREE],
        abstain=count[Choice.ABSTAIN],
        reservation=count[Choice.RESERVATION],
        objection=count[Choice.OBJECTION],
        voters=len(voters),
        quorum=-(-len(voters) * quorum_percent // 100),
        rule=rule,
        until=until,
        closed=until is not None and now >= until,
        unconfirmed=sum(one.wording < reworded for one in heard),
    )
