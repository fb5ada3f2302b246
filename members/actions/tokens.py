"""Tokens of an organisation: made, shown once, recognised at each request, taken back."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, can, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import has_hidden_characters, one_line
from coalition.core.tokens import secret_digest
from members.actions.affiliations import acting_for
from members.models import Organisation, OrganisationToken, User

PREFIX = "coal_"
"""Begins every secret, so that a scanner of published code knows it for one."""
LONGEST_DAYS = 365
MOST_TOKENS = 20
USED_EVERY = timedelta(minutes=5)
"""How precisely the last use is noted: a busy program does not write a row at each request."""


class TokenRefused(DomainError):
    """A token without a name, for too long, or one too many."""


@transaction.atomic
def create_token(
    *, actor: User, organisation: Organisation, name: str, days: int, now: datetime
) -> tuple[OrganisationToken, str]:
    """A new token of the organisation, good for `days` (1 to 365), and its secret, which is stored nowhere.

    Rule: editors and representatives of a confirmed organisation, organisers. The secret is 48 characters: a prefix
    and 32 random bytes. Raises TokenRefused beyond MOST_TOKENS live ones, or without a readable name.
    """
    require(actor, "organisation_token.manage", organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    said = one_line(name)
    if not said or len(said) > 80 or has_hidden_characters(said):
        raise TokenRefused(_("Donnez à ce jeton un nom court qui dise à quoi il sert."), field="name")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(_("Un jeton vaut au plus un an."), field="days")
    if OrganisationToken.objects.live(now).filter(organisation=organisation).count() >= MOST_TOKENS:
        raise TokenRefused(_("Cette organisation a déjà vingt jetons : retirez-en un avant d’en créer un autre."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = OrganisationToken.objects.create(
        organisation=organisation,
        name=said,
        digest=secret_digest(secret),
        created_by=actor,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="organisation_token.create", obj=token, now=now, days=days, **facts)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: User, token: OrganisationToken, now: datetime) -> OrganisationToken:
    """The token stops working at once, for good. Rule: as to make one. WrongState when it was already taken back."""
    require(actor, "organisation_token.manage", token.organisation)
    if not OrganisationToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=actor):
        raise WrongState
    facts = acting_for(account=actor, organisation=token.organisation)
    record(actor=actor, action="organisation_token.revoke", obj=token, now=now, **facts)
    token.refresh_from_db()
    return token


def recognise_token(*, secret: str, now: datetime) -> OrganisationToken | None:
    """The token of this secret if it works now, its use noted; None when forged, revoked, out of date, or orphaned.

    Orphaned: the person behind it no longer writes for the organisation, is suspended, or has left. No audit line:
    the acts done with it write theirs.
    """
    live = OrganisationToken.objects.live(now).select_related("organisation", "created_by")
    token = live.filter(digest=secret_digest(secret)).first()
    if token is None or not stands(token=token):
        return None
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
    OrganisationToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def stands(*, token: OrganisationToken) -> bool:
    """Whether the person behind it may still have it used."""
    return bool(token.created_by and can(token.created_by, "organisation_token.use", token.organisation))
