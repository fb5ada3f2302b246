"""Who has a voice under the rule a charter declares."""

from members.models import Cosponsorship, Organisation
from principles.enums import Voters
from principles.models.charters import Charter


def voters_of(*, charter: Charter) -> set[int]:
    """The keys of the organisations that have a voice under the charter's rule. One query."""
    if charter.voters == Voters.COSPONSORS:
        acts = Cosponsorship.objects.official().filter(coalition=charter.coalition_id).order_by()
        return set(acts.values_list("organisation_id", flat=True))
    return set(Organisation.objects.confirmed().values_list("pk", flat=True))
