"""The page of one coalition."""

from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.challenges.models import Challenge
from coalition.core.navigation import crumbs
from coalition.core.templatetags.bilingual import tr
from members.models import Coalition, Cosponsorship, Support

SUPPORTERS = 12
CHALLENGES = 6


def coalition_context(coalition: Coalition) -> dict[str, Any]:
    """One coalition, of `coalitions_with_supporters`: its sections in order, its co-sponsors, what is still open."""
    sections = list(coalition.sections.all())
    cosponsorships = list(Cosponsorship.objects.official().filter(coalition=coalition).select_related("organisation"))
    still_open = sum(section.is_open for section in sections)
    return {
        "coalition": coalition,
        "sections": sections,
        "cosponsorships": cosponsorships,
        "supporters": _supporters(coalition),
        "challenges": _open_challenges(coalition),
        "crumbs": crumbs(tr(coalition, "name"), ""),
        "facts": [
            {"label": _("Co-porteurs"), "value": len(cosponsorships), "big": True},
            {"label": _("Parties à préciser ensemble"), "value": still_open, "big": True},
        ],
        "json_ld": {
            "@context": "https://schema.org",
            "@type": "Project",
            "name": tr(coalition, "title"),
            "identifier": str(coalition.number),
            "description": tr(coalition, "tagline"),
            "foundingDate": coalition.opened_on.isoformat(),
            "url": settings.BASE_URL + reverse("coalition_by_number", args=[coalition.number]),
            "member": [{"@type": "Organization", "name": act.organisation.name} for act in cosponsorships],
        },
    }


def coalitions_with_supporters() -> Any:
    """Every coalition with how many support it, named or not, so that its page needs no other query for that."""
    own = Support.objects.filter(coalition=OuterRef("pk")).order_by()
    everybody = (Support.objects.of_organisations(), Support.objects.of_persons())
    organisations, persons = (Q(pk__in=supports.order_by().values("pk")) for supports in everybody)
    counted = own.filter(organisations | persons).values("coalition").annotate(n=Count("pk")).values("n")
    return Coalition.objects.annotate(supporter_count=Coalesce(Subquery(counted), 0))


def _supporters(coalition: Any) -> dict[str, Any]:
    """The first supporters by name, in one query, and how many there are, named or not."""
    own, count = Support.objects.filter(coalition=coalition), coalition.supporter_count
    return {"count": count, "first": list(own.listed().select_related("organisation")[:SUPPORTERS]) if count else []}


def _open_challenges(coalition: Coalition) -> list[Any]:
    """Its challenges that may still be answered, the soonest deadline first. One query."""
    now = timezone.now()
    own = Challenge.objects.open(now).filter(coalition=coalition).in_order(now).select_related("organisation")
    return list(own.defer("folded_text", "problem", "brings")[:CHALLENGES])
