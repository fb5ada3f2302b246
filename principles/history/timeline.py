"""What happened to a charter, in order: versions, decisions, amendments proposed, and what other sources know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from principles.enums import AmendmentState


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, or is to happen: when, which kind, what to call it, where it is told.

    `kind` is "version", "opened", "accepted", "refused", "withdrawn", or one of a registered source ("phase").
    """

    at: datetime
    kind: str
    title: str
    url: str
    detail: str = ""


Source = Callable[[Any], Iterable[Moment]]
_sources: list[Source] = []


def register_timeline_source(source: Source) -> None:
    """Ask `source(charter)` too: what opens and closes, for instance. Called once, when its app is ready."""
    if source not in _sources:
        _sources.append(source)


def moments_of(charter: Any, own: Iterable[Moment]) -> list[Moment]:
    """`own` and what the sources know, latest first; of one instant, versions stand after what made them."""
    found = [*own, *(moment for source in _sources for moment in source(charter))]
    return sorted(found, key=lambda one: (one.at, one.kind == "version", one.title), reverse=True)


def moments_told_by(charter: Any) -> Iterator[Moment]:
    """What the tables of the charter say: its versions, its amendments when proposed and when closed. Two queries."""
    versions = charter.versions.select_related("decision__amendment").order_by("number")
    for version in versions:
        decision = getattr(version, "decision", None)
        made = _("par l’amendement nº %(number)d") % {"number": decision.amendment.number} if decision else ""
        title = _("Version %(number)d de la charte") % {"number": version.number}
        yield Moment(version.adopted_at, "version", title, version.get_absolute_url(), made)
    for amendment in charter.amendments.public().select_related("organisation"):
        words = {"number": amendment.number, "title": amendment.heading}
        title = _("Amendement nº %(number)d, %(title)s") % words
        who = amendment.organisation.name if amendment.organisation else _("L’équipe d’organisation")
        ends = {AmendmentState.WITHDRAWN: amendment.withdrawn_at}
        yield Moment(amendment.opened_at, "opened", title, amendment.get_absolute_url(), who)
        if ended := ends.get(amendment.state, amendment.decided_at):
            yield Moment(ended, amendment.state, title, amendment.get_absolute_url(), who)
