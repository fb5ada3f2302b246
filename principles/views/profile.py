"""What the charter tells on the profile of an organisation: the amendments it proposed and what became of them."""

from typing import Any

from django.db.models import Count, Q, Window
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _, ngettext

from coalition.core.profiles import ProfileFact, ProfileItem, ProfileSection
from principles.enums import ADOPTED, AmendmentState
from principles.models import Amendment

SHOWN = 10
LONGEST_MOTIVE = 160


def organisation_amendments(organisation: Any, account: Any) -> ProfileSection | None:
    """Its public amendments, latest first, each with its decision: the same for every account. One query."""
    accepted = Count("pk", filter=Q(state__in=ADOPTED))
    own: Any = Amendment.objects.public().filter(organisation=organisation)
    counted = own.annotate(count_of_all=Window(Count("pk")), count_of_accepted=Window(accepted))
    latest = list(counted.select_related("decision__version").order_by("-opened_at", "-pk")[:SHOWN])
    if not latest:
        return None
    count = latest[0].count_of_all
    return ProfileSection(
        title=_("Ses amendements"),
        items=[_item(amendment) for amendment in latest],
        facts=[_fact(count, latest[0].count_of_accepted)],
        more_url=reverse("amendment_list") if count > SHOWN else "",
        more_label=_("Tous les amendements"),
    )


def _fact(count: int, accepted: int) -> ProfileFact:
    label = ngettext("Proposition d’amendement", "Propositions d’amendement", count)
    note = ngettext("%(n)d adopté", "%(n)d adoptés", accepted) % {"n": accepted} if accepted else ""
    return ProfileFact(label=label, value=count, note=note)


def _item(amendment: Amendment) -> ProfileItem:
    words = {"number": amendment.number, "title": amendment.heading}
    return ProfileItem(
        title=_("Nº %(number)s, %(title)s") % words,
        url=amendment.get_absolute_url(),
        text=_outcome(amendment),
        date=amendment.opened_at.date() if amendment.opened_at else None,
        state=amendment.state,
        word=str(AmendmentState(amendment.state).label),
    )


def _outcome(amendment: Amendment) -> str:
    """The version an adopted one made; the motive, cut short, of a refusal; nothing while it is open."""
    decision = getattr(amendment, "decision", None)
    if decision is None:
        return ""
    if decision.version is not None:
        return _("adopté dans la version %(number)s") % {"number": decision.version.number}
    return Truncator(decision.motive).chars(LONGEST_MOTIVE)
