"""What the members app forgets by itself: steps of the purge (see `coalition.core.retention`)."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from coalition.core.privacy import PurgeStep, register_purge
from coalition.notifications.actions import record_event
from coalition.notifications.models import Event
from members.actions.erasure import erase_inactive_account
from members.actions.mailrooms import forget_unconfirmed
from members.actions.supports import forget_unconfirmed_supports
from members.enums import InvitationState, JoinRequestState, SupportState
from members.models import Affiliation, Invitation, JoinRequest, OrganisationToken, Support, User
from members.privacy import retired_address

INACTIVE = timedelta(days=3 * 365)
NOTICE = timedelta(days=30)


def _count_or(rows: Any, dry_run: bool, act: Any) -> int:
    """How many rows there are, once `act` has been done to them unless this is a rehearsal."""
    found = int(rows.count())
    if found and not dry_run:
        act(rows)
    return found


def forget_unconfirmed_accounts(cutoff: datetime, dry_run: bool) -> int:
    """Accounts asked for before `cutoff` whose address nobody ever confirmed, and that nothing refers to."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    mandate = Affiliation.objects.filter(account=OuterRef("pk"))
    rows = User.objects.filter(
        ~Exists(confirmed), ~Exists(mandate), date_joined__lt=cutoff, is_staff=False, is_superuser=False, erased_at=None
    )
    return _count_or(rows, dry_run, lambda found: found.delete())


def _unconfirmed_supports(cutoff: datetime, dry_run: bool) -> int:
    """Supports asked for before `cutoff` and never confirmed from the mailbox."""
    if dry_run:
        return int(Support.objects.unconfirmed(cutoff).count())
    return forget_unconfirmed_supports(older_than=cutoff)


def forget_ended_supports(cutoff: datetime, dry_run: bool) -> int:
    """Who withdrew a support before `cutoff`: the row stays for the count, the person goes."""
    ended = Support.objects.filter(state=SupportState.WITHDRAWN, withdrawn_at__lt=cutoff)
    rows = ended.exclude(email="", name="", city="", message="")
    blank = {"email": "", "name": "", "city": "", "message": "", "account": None, "name_is_public": False}
    return _count_or(rows, dry_run, lambda found: found.update(**blank))


def forget_invitations(cutoff: datetime, dry_run: bool) -> int:
    """Whom an invitation named, once it was answered or ran out before `cutoff`."""
    over = Q(answered_at__lt=cutoff) | Q(state=InvitationState.OPEN, expires_at__lt=cutoff)
    rows = Invitation.objects.filter(over).exclude(email__endswith=".invalid")
    found = list(rows.values_list("pk", flat=True))
    if not dry_run:
        rows.filter(state=InvitationState.OPEN).update(state=InvitationState.CANCELLED)
        for pk in found:
            Invitation.objects.filter(pk=pk).update(email=retired_address(pk), name="", function="", message="")
    return len(found)


def forget_join_requests(cutoff: datetime, dry_run: bool) -> int:
    """The words of requests to join that were answered before `cutoff`."""
    decided = JoinRequest.objects.exclude(state=JoinRequestState.OPEN).filter(decided_at__lt=cutoff)
    rows = decided.exclude(message="", motive="")
    return _count_or(rows, dry_run, lambda found: found.update(message="", motive=""))


def _unused_since(moment: datetime) -> Any:
    last = Q(last_login__lt=moment) | Q(last_login=None, date_joined__lt=moment)
    return User.objects.filter(last, erased_at=None, is_active=True, is_superuser=False)


def _notice_key(account: User) -> str:
    return f"account.inactive:{account.pk}:{account.last_login or account.date_joined:%Y-%m-%d}"


def warn_inactive_accounts(cutoff: datetime, dry_run: bool) -> int:
    """Tell once, a month ahead, the owners of accounts unused since `cutoff`; counts those told now."""
    told = 0
    for account in _unused_since(cutoff).iterator():
        if Event.objects.filter(key=_notice_key(account)).exists():
            continue
        told += 1
        if not dry_run:
            now = cutoff + INACTIVE - NOTICE
            record_event(kind="account.inactive", key=_notice_key(account), subject=account, payload={}, now=now)
    return told


def erase_inactive_accounts(cutoff: datetime, dry_run: bool) -> int:
    """Accounts unused since `cutoff` whose owners were told at least a month ago and did not come back."""
    erased = 0
    now = cutoff + INACTIVE
    for account in _unused_since(cutoff).iterator():
        if not Event.objects.filter(key=_notice_key(account), created_at__lte=now - NOTICE).exists():
            continue
        erased += 1
        if not dry_run:
            with transaction.atomic():
                erase_inactive_account(account=account, now=now)
    return erased


def forget_tokens(cutoff: datetime, dry_run: bool) -> int:
    """Tokens of organisations that were taken back or ran out before `cutoff`; the log keeps what they did."""
    rows = OrganisationToken.objects.filter(Q(revoked_at__lt=cutoff) | Q(expires_at__lt=cutoff))
    return _count_or(rows, dry_run, lambda found: found.delete())


STEPS = (
    ("accounts.unconfirmed", _("Comptes jamais confirmés"), timedelta(days=7), forget_unconfirmed_accounts),
    ("supports.unconfirmed", _("Soutiens jamais confirmés"), timedelta(days=7), _unconfirmed_supports),
    ("supports.ended", _("Personnes dont le soutien est retiré"), timedelta(days=28), forget_ended_supports),
    ("invitations", _("Adresses des invitations passées"), timedelta(days=90), forget_invitations),
    ("join_requests", _("Messages des demandes d’entrée passées"), timedelta(days=90), forget_join_requests),
    ("organisation_tokens", _("Jetons périmés des organisations"), timedelta(days=365), forget_tokens),
    ("mailboxes.unconfirmed", _("Boîtes communes jamais confirmées"), timedelta(days=7), forget_unconfirmed),
    ("accounts.notice", _("Comptes inactifs : avis envoyés"), INACTIVE - NOTICE, warn_inactive_accounts),
    ("accounts.inactive", _("Comptes inactifs effacés"), INACTIVE, erase_inactive_accounts),
)


def register_steps() -> None:
    """Called once, when the app is ready."""
    for name, title, keeps, erase in STEPS:
        register_purge(PurgeStep(name, title, keeps, erase))
