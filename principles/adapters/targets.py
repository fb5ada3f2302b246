"""The charter as a whole, as a thing to follow."""

from collections.abc import Iterable, Mapping
from typing import Any

from coalition.core.access import can
from coalition.core.following import Target
from coalition.core.templatetags.bilingual import tr
from principles.models import Charter

CHARTER = "charter"


class CharterTargets:
    """Registered as the source of "charter"; the key is its slug. Articles and amendments are subjects already."""

    def readable(self, account: Any, keys: Iterable[str]) -> Mapping[str, Target]:
        """Those with a version in force that the account may read. One query."""
        found = Charter.objects.filter(slug__in=list(keys), current_version__isnull=False)
        return {
            charter.slug: Target(
                CHARTER, charter.slug, tr(charter.current_version, "title"), charter.get_absolute_url()
            )
            for charter in found.select_related("current_version")
            if can(account, "charter.view", charter.current_version)
        }


charter_targets = CharterTargets()
