"""What files, origins and the timeline of a charter ask: who said what, who was not followed, what opens."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from principles.enums import Outcome, Phase
from principles.exports import Opinion
from principles.history.causes import Voice
from principles.history.timeline import Moment
from principles.models import Charter, Decision, MinorityOpinion, Position, Version


def refused_wordings(version: Version) -> Iterator[Opinion]:
    """The wordings refused while this version, or one before it, was in force: who wanted another text, and why."""
    refused = Decision.objects.filter(
        outcome=Outcome.REFUSED,
        amendment__charter=version.charter_id,
        amendment__base_version__number__lte=version.number,
    ).select_related("amendment__organisation")
    if after := getattr(version, "next", None):
        refused = refused.filter(decided_at__lt=after.adopted_at)
    for decision in refused:
        one = decision.amendment
        yield Opinion(
            article_key=one.article_key,
            who=one.organisation.name if one.organisation else gettext("L’équipe d’organisation"),
            stance=gettext_lazy("autre rédaction, refusée"),
            text=f"**{one.title}**\n\n{one.motive}" if one.hidden_at is None else _tombstone(one.hidden_reason),
            on=decision.decided_at.date(),
            address=f"{settings.BASE_URL}{one.get_absolute_url()}",
        )


def _tombstone(reason: str) -> str:
    return gettext("Le texte de cet amendement est masqué. Raison : %(reason)s") % {"reason": reason}


def minority_opinions(version: Version) -> Iterator[Opinion]:
    """The objections and reservations that stayed when the amendments that made this version were adopted."""
    for one in MinorityOpinion.objects.printed_with(version).select_related("decision__amendment"):
        yield Opinion(
            article_key=one.decision.amendment.article_key,
            who=one.organisation_name,
            stance=one.get_choice_display().lower(),
            text=one.reason,
            on=one.decision.decided_at.date(),
            address=f"{settings.BASE_URL}{one.decision.amendment.get_absolute_url()}",
        )


def voices_on(amendments: Sequence[int]) -> Mapping[int, list[Voice]]:
    """The positions organisations hold on each amendment (keys of amendments), in the order of their names."""
    found: dict[int, list[Voice]] = {}
    positions = Position.objects.filter(amendment__in=amendments).select_related("organisation")
    for one in positions.order_by("organisation__name", "pk"):
        found.setdefault(one.amendment_id, []).append(
            Voice(one.organisation.name, one.get_choice_display(), one.reason)
        )
    return found


def phase_moments(charter: Charter) -> Iterator[Moment]:
    """When each phase that has a date began, or begins."""
    for phase, at in charter.phase_dates().items():
        if at is not None:
            yield Moment(at, "phase", str(Phase(phase).label), charter.get_absolute_url())
