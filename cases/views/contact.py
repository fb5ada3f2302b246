"""Who answers for a case, as the contact desk asks: the editors of its organisation, while the case is public."""

from typing import Any

from cases.models import CasePage, CatalogueEntry
from coalition.core.contacts import ContactSubject
from coalition.core.languages import reader_language
from members.enums import OrganisationState, Role
from members.models import Affiliation


class CaseContacts:
    """Registered as the source of the kind "case"."""

    def subject(self, number: int) -> ContactSubject | None:
        """The published case of that number, in the reader's language where it has a text in it. One query."""
        entry = CatalogueEntry.objects.shown_in(reader_language()).light().filter(number=number).first()
        if entry is None:
            return None
        label = f"{entry.title} ({entry.number})"
        return ContactSubject(f"case:{number}", label, entry.url, entry.organisation_name)

    def people(self, number: int) -> list[Any]:
        """Running editors of the confirmed organisation that carries it; nobody once it is no longer public."""
        public = CasePage.objects.filter(number=number, live=True, entry__isnull=False)
        running = Affiliation.objects.active().filter(
            role=Role.EDITOR,
            organisation__state=OrganisationState.CONFIRMED,
            organisation__in=public.values("organisation"),
        )
        people = {affiliation.account_id: affiliation.account for affiliation in running.select_related("account")}
        return list(people.values())
