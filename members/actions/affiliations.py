"""Who acts for an organisation, from a day to a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, is_organiser, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from members.enums import Role
from members.models import Affiliation, Organisation, User


class LastRepresentative(DomainError):
    """The organisation would be left with nobody to represent it."""


def new_affiliation(
    *, account: User, organisation: Organisation, role: str, now: datetime, **mandate: Any
) -> Affiliation:
    """The running affiliation of the account, made or brought to `role` and `mandate`; the old one is kept, ended.

    For actions only: no rule is checked here. The database allows one running affiliation an account and organisation.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    running = Affiliation.objects.active().filter(account=account, organisation=organisation).first()
    wanted = {"role": role, **mandate}
    if running is not None:
        if all(getattr(running, name) == value for name, value in wanted.items()):
            return running
        _end(running, now.date())
    return Affiliation.objects.create(account=account, organisation=organisation, started_on=now.date(), **wanted)


@transaction.atomic
def add_affiliation(
    *,
    account: User,
    organisation: Organisation,
    role: str,
    now: datetime,
    actor: Any = None,
    function: str = "",
    mandate_reference: str = "",
    mandate_date: date | None = None,
) -> Affiliation:
    """Let `account` act for `organisation` in `role` from today. The same call twice changes nothing.

    Rule: the organisation's representatives and organisers; `actor` None is the site itself (import, first content).
    A change of role or mandate ends the running affiliation and opens another, so that history stays. Raises
    LastRepresentative when it would take its role from the only representative.
    """
    if actor is not None:
        require(actor, "organisation.edit", organisation)
    if role != Role.REPRESENTATIVE:
        _keep_one_representative(organisation, without=account)
    before = Affiliation.objects.active().filter(account=account, organisation=organisation).first()
    affiliation = new_affiliation(
        account=account,
        organisation=organisation,
        role=role,
        now=now,
        function=function,
        mandate_reference=mandate_reference,
        mandate_date=mandate_date,
    )
    if affiliation == before:
        return affiliation
    _forget_roles(account)
    record(actor=actor, action="affiliation.add", obj=affiliation, now=now, role=role, organisation=organisation.pk)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, actor: Any, now: datetime) -> Affiliation:
    """End an affiliation today; the line stays. WrongState when it has already ended.

    Rule: the account itself (it leaves), the organisation's representatives, organisers. Raises LastRepresentative
    rather than leave a confirmed organisation with nobody; organisers may end even the last one.
    """
    organisation = Organisation.objects.select_for_update().get(pk=affiliation.organisation_id)
    if actor.pk != affiliation.account_id:
        require(actor, "organisation.edit", organisation)
    if not is_organiser(actor):
        _keep_one_representative(organisation, without=affiliation.account)
    if not _end(affiliation, now.date()):
        raise WrongState
    _forget_roles(affiliation.account)
    record(actor=actor, action="affiliation.end", obj=affiliation, now=now, organisation=organisation.pk)
    return affiliation


def _end(affiliation: Affiliation, on: date) -> bool:
    """Compare-and-swap on the end date: of two callers one ends it."""
    ended = Affiliation.objects.active().filter(pk=affiliation.pk).update(ended_on=on)
    affiliation.refresh_from_db(fields=["ended_on"])
    return bool(ended)


def _keep_one_representative(organisation: Organisation, *, without: User) -> None:
    representatives = Affiliation.objects.active().representatives().filter(organisation=organisation)
    if not representatives.filter(account=without).exists():
        return
    if not representatives.exclude(account=without).exists():
        raise LastRepresentative(
            _("C’est la dernière personne qui représente cette organisation : désignez-en d’abord une autre.")
        )


def _forget_roles(account: User) -> None:
    """The account object in hand reads its roles anew at the next question."""
    account.__dict__.pop("roles", None)
