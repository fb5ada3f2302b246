"""What is due because of the charter: its phases, positions to take, invitations to answer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.agenda import Deadline
from coalition.core.audit import last_acts
from coalition.core.templatetags.bilingual import tr
from members.rules import speaking_organisations
from principles.enums import AmendmentState, Phase
from principles.models import Amendment, Charter, CoAuthor, Position, voters_of


def _phase_words(phase: Phase) -> str:
    return {
        Phase.AMENDMENTS: _("Charte : les amendements s’ouvrent"),
        Phase.DELIBERATION: _("Charte : la délibération commence"),
        Phase.ADOPTED: _("Charte : le texte est arrêté"),
    }[phase]


def public_deadlines(_now: datetime) -> Iterator[Deadline]:
    """The phases of published charters, and the end of positions on open amendments whose words are readable."""
    charters = list(Charter.objects.published())
    acts = last_acts(Charter, [charter.pk for charter in charters])
    for charter in charters:
        changed = acts.get(charter.pk, charter.in_force.adopted_at)
        for phase, moment in charter.phase_dates().items():
            if moment is not None:
                key, url = f"charter.{charter.slug}.{phase.value}", charter.get_absolute_url()
                yield Deadline(key, moment, _phase_words(phase), url, changed, tr(charter, "title"))
    for amendment, until in _open_until():
        words = {"number": amendment.number, "title": amendment.heading}
        yield Deadline(
            f"amendment.{amendment.charter.slug}.{amendment.number}",
            until,
            _("Fin des positions : amendement nº %(number)s, %(title)s") % words,
            amendment.get_absolute_url(),
            _changed(amendment, acts),
        )


def _open_until() -> list[tuple[Amendment, datetime]]:
    """Open amendments that can be read, with the end of their positions, where there is one. One query."""
    found = Amendment.objects.filter(state=AmendmentState.OPEN, hidden_at=None).select_related("charter")
    return [(one, until) for one in found if (until := one.positions_until()) is not None]


def _changed(amendment: Amendment, acts: dict[int, datetime]) -> datetime:
    moments = [amendment.opened_at or amendment.created_at, acts.get(amendment.charter_id)]
    return max(moment for moment in moments if moment is not None)


def personal_deadlines(account: Any, _now: datetime) -> Iterator[Deadline]:
    """Positions that organisations this person speaks for have not taken, and invitations they have not answered."""
    speaks = set(speaking_organisations(account).values_list("pk", flat=True))
    if not speaks:
        return
    opened = _open_until()
    acts = last_acts(Charter, {amendment.charter_id for amendment, _until in opened})
    voices = {one.charter_id: voters_of(charter=one.charter) & speaks for one in _first_each(opened)}
    taken = _taken(speaks)
    for amendment, until in opened:
        spoken = {who for who, wording in taken.get(amendment.pk, ()) if wording >= amendment.reworded}
        if voices[amendment.charter_id] - spoken:
            words = {"number": amendment.number, "title": amendment.heading}
            yield Deadline(
                f"position.{amendment.charter.slug}.{amendment.number}",
                until,
                _("Position à prendre : amendement nº %(number)s, %(title)s") % words,
                reverse("amendment_position", args=[amendment.number]),
                _changed(amendment, acts),
            )
    yield from _invitations(speaks)


def _first_each(opened: Iterable[tuple[Amendment, datetime]]) -> list[Amendment]:
    """One amendment of each charter."""
    return list({amendment.charter_id: amendment for amendment, _until in opened}.values())


def _taken(speaks: set[int]) -> dict[int, list[tuple[int, int]]]:
    """What these organisations said of open amendments: (organisation, wording it was said of). One query."""
    said: dict[int, list[tuple[int, int]]] = {}
    found = Position.objects.filter(organisation__in=speaks, amendment__state=AmendmentState.OPEN).order_by()
    for amendment, organisation, wording in found.values_list("amendment", "organisation", "wording"):
        said.setdefault(amendment, []).append((organisation, wording))
    return said


def _invitations(speaks: set[int]) -> Iterator[Deadline]:
    """To be answered before the amendment can no longer be written. One query."""
    waiting = CoAuthor.objects.waiting().filter(organisation__in=speaks, amendment__hidden_at=None)
    for one in waiting.select_related("amendment__charter", "organisation"):
        charter = one.amendment.charter
        ends = charter.deliberation_from or charter.adopted_from
        if ends is None or one.amendment.decided_at or one.amendment.withdrawn_at:
            continue
        title = _("Invitation à écrire ensemble un amendement : %(name)s") % {"name": one.organisation.name}
        url = reverse("amendment_coauthor_answer", args=[one.pk])
        yield Deadline(f"coauthor.{one.pk}", ends, title, url, one.invited_at)
