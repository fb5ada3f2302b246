"""Who answers for a case, as the contact desk asks: the editors of its organisation, while the case is public."""

from typing import Any

from cases.models import CasePage, CatalogueEntry
from coalition.core.contacts import ContactSubject
from coalition.core.languages import reader_language
from coalition.notifications.kinds import Recipient
from members.enums import OrganisationMail, OrganisationState, Role
from members.models import Affiliation, MailRule
from members.notifications import organisation_mail


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
        """Running editors of the confirmed organisation that carries it, and those it wants told of such messages;
        nobody once it is no longer public.
        """
        public = self._organisations(number)
        running = Affiliation.objects.active().filter(organisation__in=public)
        chosen = MailRule.objects.filter(organisation__in=public, category=OrganisationMail.CONTACT).first()
        held = running.filter(role__in=[Role.EDITOR, *(chosen.roles if chosen else [])])
        people = {affiliation.account_id: affiliation.account for affiliation in held.select_related("account")}
        return list(people.values())

    def told(self, number: int) -> list[Recipient]:
        """Whom that organisation wants told, its shared mailbox among them."""
        return organisation_mail(self._organisations(number), OrganisationMail.CONTACT)

    def _organisations(self, number: int) -> Any:
        """The key of the confirmed organisation that carries the public case, as a query set."""
        public = CasePage.objects.filter(
            number=number, live=True, entry__isnull=False, organisation__state=OrganisationState.CONFIRMED
        )
        return public.order_by().values("organisation")
