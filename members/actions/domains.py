"""E-mail domains that organisers found to be an organisation's: whoever proves an address there may join it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from members.merge import is_open_to_anybody, mail_domain
from members.models import Organisation, VerifiedDomain


class DomainRefused(DomainError):
    """The text names no domain, one where anybody may have an address, or one that another organisation has."""

    def __init__(self, message: Any) -> None:
        super().__init__(message, field="domain")


@transaction.atomic
def add_domain(*, organisation: Organisation, domain: str, actor: Any, now: datetime) -> VerifiedDomain:
    """Let whoever proves an address of `domain` join `organisation` at once. The same twice changes nothing.

    Rule: organisers, for a confirmed organisation. "@Mairie.fr" is kept as "mairie.fr", accents as they travel in
    mail ("xn--"). Sub-domains are other domains. Raises DomainRefused: see the class.
    """
    require(actor, "organisation.change_domains", organisation)
    name = mail_domain(domain)
    if not name:
        raise DomainRefused(_("Écrivez ce qui suit l’arobase, par exemple ville.example."))
    if is_open_to_anybody(name):
        raise DomainRefused(_("Tout le monde peut avoir une adresse chez %(domain)s.") % {"domain": name})
    held = VerifiedDomain.objects.filter(domain=name).select_related("organisation").first()
    if held is not None and held.organisation_id == organisation.pk:
        return held
    try:
        with transaction.atomic():
            made = VerifiedDomain.objects.create(
                organisation=organisation, domain=name, verified_at=now, verified_by=actor
            )
    except IntegrityError as error:
        raise DomainRefused(_("Une autre organisation a déjà ce domaine.")) from error
    record(actor=actor, action="organisation.add_domain", obj=organisation, now=now, domain=name)
    return made


@transaction.atomic
def remove_domain(*, domain: VerifiedDomain, actor: Any, now: datetime) -> None:
    """Let nobody join by this domain any more; who joined by it stays.

    Rule: organisers, for a confirmed organisation; WrongState when somebody was faster.
    """
    organisation = domain.organisation
    require(actor, "organisation.change_domains", organisation)
    gone, _rows = VerifiedDomain.objects.filter(pk=domain.pk).delete()
    if not gone:
        raise WrongState
    record(actor=actor, action="organisation.remove_domain", obj=organisation, now=now, domain=domain.domain)
