"""Organisations and coalitions as things to follow."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.following import Target
from members.models import Coalition, Organisation

ORGANISATION = "organisation"
COALITION = "coalition"


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


organisation_targets = OrganisationTargets()
coalition_targets = CoalitionTargets()
