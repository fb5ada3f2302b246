"""Reading: which challenges and which responses are shown to whom."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from coalition.challenges.enums import LIVE, PUBLIC, ChallengeState, Phase, ResponseState
from coalition.core.access import is_known, is_organiser
from coalition.core.text import words_of
from members.enums import OrganisationState, Role

if TYPE_CHECKING:
    from coalition.challenges.search import Selection

MOST_WORDS = 8
COLUMNS = ("country", "instrument")
LISTS = ("theme", "sought")
FIELDS = {"theme": "themes", "sought": "sought"}
EDITORS = (Role.EDITOR, Role.REPRESENTATIVE)


class Unnest(models.Func):
    """The values of an array, a row each."""

    function = "unnest"
    set_returning = True


def phase_at(now: datetime) -> Case:
    """Where a public challenge stands at `now`, as an expression."""
    return Case(
        When(state=ChallengeState.CLOSED, then=Value(Phase.CLOSED)),
        When(closes_at__lte=now, then=Value(Phase.READING)),
        default=Value(Phase.OPEN),
    )


class ChallengeQuerySet(models.QuerySet[Any]):
    def public(self) -> "ChallengeQuerySet":
        """What everybody may read: published or concluded, of an organisation that is in the network."""
        return self.filter(state__in=PUBLIC, organisation__state=OrganisationState.CONFIRMED)

    def open(self, now: datetime) -> "ChallengeQuerySet":
        """Public ones that may still be answered."""
        still = Q(closes_at=None) | Q(closes_at__gt=now)
        return self.public().filter(still, state=ChallengeState.PUBLISHED)

    def visible_to(self, account: Any) -> "ChallengeQuerySet":
        """Public ones, those of the organisations the account writes for, all for organisers."""
        if is_organiser(account):
            return self.all()
        public = Q(state__in=PUBLIC, organisation__state=OrganisationState.CONFIRMED)
        return self.filter(public | Q(organisation__in=written_for(account)))

    def with_phase(self, now: datetime) -> "ChallengeQuerySet":
        """Each with its phase at `now`."""
        return self.annotate(phase=phase_at(now))

    def matching(self, text: str) -> "ChallengeQuerySet":
        """Those whose words hold each word of `text`, whatever accents."""
        words = words_of(text)[:MOST_WORDS]
        if not words:
            return self.none() if text.strip() else self
        found = self
        for word in words:
            found = found.filter(folded_text__contains=word)
        return found

    def _asks(self, name: str, values: tuple[str, ...], now: datetime) -> "ChallengeQuerySet":
        """The condition of one facet: any of its values will do."""
        if name in LISTS:
            return self.filter(**{f"{FIELDS[name]}__overlap": list(values)})
        if name == "phase":
            return self.with_phase(now).filter(phase__in=values)
        if name == "city":
            return self.with_city_key().filter(city_key__in=values)
        return self.filter(**{f"{name}__in": values})

    def with_city_key(self) -> "ChallengeQuerySet":
        """Each with "TG:Lomé", what the facet of cities counts; "" without city."""
        key = Concat(F("country"), Value(":"), F("city"), output_field=models.CharField())
        return self.annotate(city_key=Case(When(city="", then=Value("")), default=key))

    def answering(self, selection: "Selection", now: datetime, besides: str = "") -> "ChallengeQuerySet":
        """Public ones a selection asks for; `besides` names one facet left open."""
        found = self.public().matching(selection.q)
        for name in ("phase", "theme", "sought", "instrument", "country", "city"):
            if name != besides and selection.of(name):
                found = found._asks(name, selection.of(name), now)
        return found

    def in_order(self, now: datetime) -> "ChallengeQuerySet":
        """Open ones first, the soonest deadline before those without one; then those being read; then concluded ones,
        the latest first.
        """
        rank = Case(When(phase=Phase.OPEN, then=0), When(phase=Phase.READING, then=1), default=2)
        return self.with_phase(now).order_by(
            rank, F("closed_at").desc(nulls_first=True), _SOONEST, "-published_at", "pk"
        )

    def _grouped(self, group: str, key: Any) -> models.QuerySet[Any]:
        plain = self.order_by().values(group=Value(group), key=key)
        return plain.annotate(n=Count("pk")).values_list("group", "key", "n")

    def _facet(self, selection: "Selection", name: str, now: datetime) -> models.QuerySet[Any]:
        found = self.answering(selection, now, besides=name)
        if name in LISTS:
            return found._grouped(name, Unnest(F(FIELDS[name])))
        if name == "phase":
            return found._grouped(name, phase_at(now))
        if name == "city":
            return found.with_city_key()._grouped(name, F("city_key"))
        return found._grouped(name, F(name))

    def figures(self, selection: "Selection", now: datetime) -> dict[str, dict[str, int]]:
        """All figures of the board in one query: "total" and "found" under the key "", and what each value of each
        facet would give under the others.
        """
        names = ("phase", "theme", "sought", "instrument", "country", "city")
        parts = [
            self.public()._grouped("total", Value("")),
            self.answering(selection, now)._grouped("found", Value("")),
        ]
        parts += [self._facet(selection, name, now) for name in names]
        figures: dict[str, dict[str, int]] = {name: {} for name in ("total", "found", *names)}
        for group, key, n in parts[0].union(*parts[1:], all=True):
            figures[group][key] = n
        return figures

    def with_waiting(self) -> "ChallengeQuerySet":
        """Each with how many responses wait for the authority: for those who may know."""
        responses = self.model._meta.get_field("responses").related_model._default_manager
        sent = responses.filter(challenge=OuterRef("pk"), state=ResponseState.SENT).order_by()
        counted = sent.values("challenge").annotate(n=Count("pk")).values("n")
        return self.annotate(waiting=Coalesce(Subquery(counted), 0))


_SOONEST: Any = F("closes_at").asc(nulls_last=True)


class ResponseQuerySet(models.QuerySet[Any]):
    def live(self) -> "ResponseQuerySet":
        """Sent and not withdrawn."""
        return self.filter(state__in=LIVE)

    def retained(self) -> "ResponseQuerySet":
        """Those the authority keeps."""
        return self.filter(state=ResponseState.RETAINED)

    def named(self) -> "ResponseQuerySet":
        """What the public reads by name once a challenge is concluded: retained, agreed to, of a confirmed one."""
        return self.retained().filter(
            may_be_named=True,
            challenge__state=ChallengeState.CLOSED,
            organisation__state=OrganisationState.CONFIRMED,
        )

    def with_all(self) -> "ResponseQuerySet":
        """With both organisations, so that a rule asks nothing more."""
        return self.select_related("organisation", "challenge__organisation")

    def visible_to(self, account: Any) -> "ResponseQuerySet":
        """Those of both sides for who writes for one of them, all for organisers, none for anybody else."""
        if is_organiser(account):
            return self.all()
        mine = written_for(account)
        return self.filter(Q(organisation__in=mine) | Q(challenge__organisation__in=mine))

    def in_turn(self) -> "ResponseQuerySet":
        """What waits first, then what was answered, then what was withdrawn; the oldest first."""
        rank = Case(When(state=ResponseState.SENT, then=0), When(state=ResponseState.WITHDRAWN, then=2), default=1)
        return self.order_by(rank, "sent_at", "pk")


def written_for(account: Any) -> list[int]:
    """Keys of the organisations the account writes for today; none for who is not known. One query for an account."""
    return [pk for pk, role in account.roles.items() if role in EDITORS] if is_known(account) else []
