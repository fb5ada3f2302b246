"""A person leaves: the account loses its name, the organisations keep their acts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.exports import delete_exports_of
from coalition.core.models import Consent
from coalition.core.retention import address_digest, buried, bury, erase_rows
from coalition.notifications.actions import record_event, suppress_deliveries
from members.enums import InvitationState, JoinRequestState, SupportState
from members.models import Affiliation, Cosponsorship, Invitation, JoinRequest, Support, User

ADDRESS_TYPED = _("Recopiez votre adresse électronique pour confirmer.")


@transaction.atomic
def erase_account(*, account: User, typed_address: str, now: datetime) -> User:
    """Erase the person at once: name, addresses, second factors, sessions, and every field the register says goes.

    Rule: one's own account, and its address typed again. The organisations' acts stay, without the name; mandates end
    today; an organisation left without representative is told to the organisers. The last mail goes to the address
    that is being forgotten. Raises DomainError when the address typed is another, WrongState when it was erased.
    """
    require(account, "account.own")
    if typed_address.strip().lower() != account.email.lower():
        raise DomainError(ADDRESS_TYPED, field="address")
    last_words = {"address": account.email, "language": account.language}
    record_event(kind="account.erased", key=f"account.erased:{account.pk}", subject=None, payload=last_words, now=now)
    return _erase(account, now)


@transaction.atomic
def erase_inactive_account(*, account: User, now: datetime) -> User:
    """Erase an account nobody has used for years, as its owner was told. For the purge: no rule, no last mail."""
    return _erase(account, now)


def replay_erasures(*, now: datetime) -> int:
    """After a backup was restored: erase again whom the file of tombstones names, and who is back; how many.

    An account whose address is not the one that was buried is somebody else under a number used again: left alone.
    """
    again = 0
    for account_id, digest in buried():
        account = User.objects.filter(pk=account_id, erased_at=None).first()
        if account is not None and address_digest(account.email) == digest:
            with transaction.atomic():
                _erase(account, now, tombstone=False)
            again += 1
    return again


def _erase(account: User, now: datetime, *, tombstone: bool = True) -> User:
    locked = User.objects.select_for_update().get(pk=account.pk)
    if locked.erased_at is not None:
        raise WrongState
    address = locked.email
    known = EmailAddress.objects.filter(user=locked).values_list("email", flat=True)
    addresses = sorted({address, *known}, key=str.lower)
    _leave_organisations(locked, now)
    _take_back(locked, addresses, now)
    _close_doors(locked)
    suppress_deliveries(account=locked)
    erase_rows(locked, addresses, now)
    User.objects.filter(pk=locked.pk).update(erased_at=now, is_active=False, is_staff=False, is_superuser=False)
    if tombstone:
        bury(account_id=locked.pk, address=address, now=now)
    locked.refresh_from_db()
    record(actor=None, action="account.erase", obj=locked, now=now)
    return locked


def _leave_organisations(account: User, now: datetime) -> None:
    """End every mandate today; tell the organisers where nobody is left."""
    for alone in Affiliation.objects.alone(account):
        organisation = alone.organisation
        key = f"organisation.unrepresented:{organisation.pk}:{account.pk}"
        record_event(kind="organisation.unrepresented", key=key, subject=organisation, payload={}, now=now)
    for affiliation in Affiliation.objects.active().filter(account=account).select_related("organisation"):
        Affiliation.objects.filter(pk=affiliation.pk).update(ended_on=now.date())
        record(actor=None, action="affiliation.end", obj=affiliation, now=now, organisation=affiliation.organisation_id)
    account.__dict__.pop("roles", None)


def _take_back(account: User, addresses: Iterable[str], now: datetime) -> None:
    """What waits in the person's name ends: invitations, requests, supports, consents, the published name."""
    for address in addresses:
        Invitation.objects.open().filter(email__iexact=address).update(state=InvitationState.CANCELLED, answered_at=now)
        _end_supports(Support.objects.filter(email__iexact=address), now)
        Consent.objects.filter(address__iexact=address, withdrawn_at=None).update(withdrawn_at=now)
    _end_supports(Support.objects.filter(account=account, organisation=None), now)
    Consent.objects.filter(account=account, withdrawn_at=None).update(withdrawn_at=now)
    JoinRequest.objects.open().filter(account=account).update(state=JoinRequestState.WITHDRAWN, decided_at=now)
    Cosponsorship.objects.filter(affiliation__account=account).update(name_is_public=False)


def _end_supports(supports: Any, now: datetime) -> None:
    running = supports.filter(state__in=[SupportState.AWAITING, SupportState.ACTIVE])
    running.update(state=SupportState.WITHDRAWN, withdrawn_at=now)


def _close_doors(account: User) -> None:
    """Every session ends, every export goes, no group and no password is left."""
    keys = UserSession.objects.filter(user=account).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    delete_exports_of(account=account)
    account.groups.clear()
    account.user_permissions.clear()
