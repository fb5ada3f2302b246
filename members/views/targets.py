"""Organisations and coalitions as things to follow; acts and adoptions as things one is told of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.following import Target
from members.models import Coalition, Cosponsorship, LocalAdoption, Organisation

ORGANISATION = "organisation"
COALITION = "coalition"
ACT = "cosponsorship"
ADOPTION = "adoption"


class OrganisationTargets:
    """Registered as the source of "organisation"; the key is its slug."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those whose page the account may read. One query, besides what the rules ask of the account."""
        found = Organisation.objects.visible_to(account).filter(slug__in=list(keys))
        return {one.slug: Target(ORGANISATION, one.slug, one.name, one.get_absolute_url()) for one in found}


class CoalitionTargets:
    """Registered as the source of "coalition"; the key is its number."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Every coalition is public. One query."""
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 5]
        return {
            str(one.number): Target(
                COALITION,
                str(one.number),
                _("Coalition nº %(number)d") % {"number": one.number},
                reverse("coalition_by_number", args=[one.number]),
            )
            for one in Coalition.objects.filter(number__in=numbers)
        }


class ActTargets:
    """Registered as the source of "cosponsorship"; the key is the number of its row. Told of, not followed."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those the account may read. One query, besides what the rules ask of the account."""
        found = Cosponsorship.objects.visible_to(account).filter(pk__in=_numbers(keys)).select_related("organisation")
        return {str(one.pk): _told_of(ACT, one, _("Co-portage : %(name)s")) for one in found}


class AdoptionTargets:
    """Registered as the source of "adoption"; the key is the number of its row. Told of, not followed."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those the account may read. One query, besides what the rules ask of the account."""
        found = LocalAdoption.objects.visible_to(account).filter(pk__in=_numbers(keys)).select_related("organisation")
        return {str(one.pk): _told_of(ADOPTION, one, _("Adoption de la charte : %(name)s")) for one in found}


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal() and len(key) < 19]


def _told_of(kind: str, one: Any, words: str) -> Target:
    """The row of an organisation, at its own page."""
    title, url = words % {"name": one.organisation.name}, reverse(kind, args=[one.pk])
    return Target(kind, str(one.pk), title, url, followable=False)


act_targets = ActTargets()
adoption_targets = AdoptionTargets()
organisation_targets = OrganisationTargets()
coalition_targets = CoalitionTargets()
