"""Who is told of an organisation's mail: roles by subject, and a mailbox its people share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.merging import Moved
from coalition.core.models import OneTimeToken
from coalition.core.tokens import use_token
from coalition.notifications.actions import record_event
from coalition.notifications.models import Delivery, Event
from members.enums import MAIL_ROLES, USUAL_ROLES, MailboxMode, OrganisationMail
from members.models import MailRule, Organisation, SharedMailbox
from members.notifications.mailrooms import MAILBOX_PURPOSE

PENDING_FOR = timedelta(days=7)
MOST_ASKED = 5
"""Mails that ask to confirm, an organisation and 24 hours."""


class StaleMailboxLink(DomainError):
    """The mailed link is unknown, old or already used, or its mailbox no longer waits for it."""


@dataclass(frozen=True, slots=True)
class MailboxWish:
    """What is asked of a shared mailbox: address, language ("fr" or "en"), MailboxMode, categories of mail."""

    address: str
    language: str
    mode: str
    categories: Collection[str]

    def columns(self) -> dict[str, Any]:
        """As the table holds it, the address apart."""
        categories = [one for one in OrganisationMail.values if one in self.categories]
        return {"language": self.language, "mode": self.mode, "categories": categories}


@transaction.atomic
def hand_out_mail(
    *, actor: Any, organisation: Organisation, roles: Mapping[str, Collection[str]], now: datetime
) -> None:
    """Say which roles are told of each category, from the next event on. Rule: representatives, organisers.

    A category left out stays as it is. DomainError for a category nobody would be told of, or a role that may not read
    what it is about. Security, mandates and signatures are no category: they always go to the persons.
    """
    require(actor, "organisation.hand_out_mail", organisation)
    for category, chosen in roles.items():
        if not chosen:
            raise DomainError(_("Choisissez au moins un rôle : quelqu’un doit être averti."), field=category)
        if not set(chosen) <= set(MAIL_ROLES.get(category, ())):
            raise DomainError(_("Ce choix n’existe pas."), field=category)
    for category, chosen in roles.items():
        wanted = [role for role in MAIL_ROLES[category] if role in chosen]
        mine = MailRule.objects.filter(organisation=organisation, category=category)
        if wanted == list(USUAL_ROLES[category]):
            mine.delete()
        else:
            MailRule.objects.update_or_create(organisation=organisation, category=category, defaults={"roles": wanted})
    told = {category: sorted(chosen) for category, chosen in roles.items()}
    record(actor=actor, action="organisation.hand_out_mail", obj=organisation, now=now, roles=told)


@transaction.atomic
def share_mailbox(*, actor: Any, organisation: Organisation, wish: MailboxWish, now: datetime) -> SharedMailbox:
    """Give the organisation a shared mailbox, or change what it has. Rule: representatives, organisers.

    A new address gets nothing until it confirms, and the old one goes at once; a change that keeps the address keeps
    its agreement. DomainError without a category, or after MOST_ASKED addresses in a day.
    """
    require(actor, "organisation.hand_out_mail", organisation)
    address = wish.address.strip().lower()
    if not wish.categories:
        raise DomainError(_("Choisissez au moins un sujet."), field="categories")
    known = set(wish.categories) <= set(OrganisationMail.values) and wish.mode in MailboxMode.values
    if not known:
        raise DomainError(_("Ce choix n’existe pas."), field="categories")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    box = SharedMailbox.objects.filter(organisation=organisation).first()
    if box is not None and box.address.lower() == address:
        SharedMailbox.objects.filter(pk=box.pk).update(**wish.columns())
        box.refresh_from_db()
    else:
        if box is not None:
            _forget(box)
        fields = {"address": address, "asked_by": actor, "asked_at": now, **wish.columns()}
        box = SharedMailbox.objects.create(organisation=organisation, **fields)
    record(actor=actor, action="mailbox.share", obj=box, now=now, mode=wish.mode, categories=box.categories)
    if box.confirmed_at is None:
        _ask(box, now)
    return box


def _ask(box: SharedMailbox, now: datetime) -> None:
    """Mail the link, once an address and day."""
    whose = f"mailbox.confirm:{box.organisation_id}:"
    digest = salted_hmac("members.mailboxes", box.address, algorithm="sha256").hexdigest()[:32]
    key = f"{whose}{digest}:{now:%Y%m%d}"
    asked = Event.objects.filter(key__startswith=whose, created_at__gt=now - timedelta(days=1)).exclude(key=key)
    if asked.count() >= MOST_ASKED:
        raise DomainError(_("Beaucoup d’adresses viennent d’être essayées. Recommencez demain."), field="address")
    event = record_event(kind="mailbox.confirm", key=key, subject=box, payload={}, now=now)
    if event.object_id != str(box.pk):
        raise DomainError(_("Cette adresse a déjà été essayée aujourd’hui. Recommencez demain."), field="address")


@transaction.atomic
def confirm_mailbox(*, token: str, now: datetime) -> SharedMailbox:
    """Let a shared mailbox be told, from the mailed link. Rule: the token, sent to that address; used once, seven days.

    Raises StaleMailboxLink, and nothing has changed, when the link is forged, old or used.
    """
    proof = use_token(purpose=MAILBOX_PURPOSE, secret=token)
    box: Any = proof.subject if proof is not None else None
    if proof is None or box is None or box.address.lower() != proof.address.lower():
        raise StaleMailboxLink(_("Ce lien n’est plus valable."))
    if not SharedMailbox.objects.filter(pk=box.pk, confirmed_at=None).update(confirmed_at=now):
        raise StaleMailboxLink(_("Cette boîte n’attend plus de confirmation."))
    box.refresh_from_db()
    record(actor=None, action="mailbox.confirm", obj=box, now=now)
    return box


@transaction.atomic
def stop_mailbox(*, actor: Any, organisation: Organisation, now: datetime) -> bool:
    """Take the shared mailbox away, its address with it; False when there was none.

    Rule: representatives, organisers.
    """
    require(actor, "organisation.hand_out_mail", organisation)
    box = SharedMailbox.objects.filter(organisation=organisation).first()
    return box is not None and _stop(box, actor, now)


@transaction.atomic
def stop_mailbox_by_link(*, key: int, now: datetime) -> None:
    """The same from the link of a mail, which always works, as often as it is used.

    Rule: whoever holds the signed word that names `key`.
    """
    box = SharedMailbox.objects.select_related("organisation").filter(pk=key).first()
    if box is not None:
        _stop(box, None, now)


def _stop(box: SharedMailbox, actor: Any, now: datetime) -> bool:
    record(actor=actor, action="mailbox.stop", obj=box, now=now, by="account" if actor else "mail link")
    _forget(box)
    return True


def _forget(box: SharedMailbox) -> None:
    """The row, its links, and what still waits for its address."""
    own = ContentType.objects.get_for_model(SharedMailbox)
    OneTimeToken.objects.filter(object_type=own, object_id=box.pk).delete()
    Delivery.objects.pending().filter(account=None, for_account=False, address__iexact=box.address).filter(
        event__content_type=own
    ).delete()
    SharedMailbox.objects.filter(pk=box.pk).delete()


def forget_unconfirmed(cutoff: datetime, dry_run: bool) -> int:
    """Shared mailboxes asked for before `cutoff` that never confirmed."""
    rows = SharedMailbox.objects.filter(confirmed_at=None, asked_at__lt=cutoff)
    found = list(rows)
    for box in () if dry_run else found:
        _forget(box)
    return len(found)


def move_mail_rules(kept: Organisation, gone: Organisation, _now: datetime) -> Moved:
    """What the organisation that stays chose stands; where it chose nothing, it takes over what the other chose."""
    chosen = MailRule.objects.filter(organisation=kept).values("category")
    settled, _rows = MailRule.objects.filter(
        organisation=gone, category__in=list(chosen.values_list("category", flat=True))
    ).delete()
    return Moved(MailRule.objects.filter(organisation=gone).update(organisation=kept), settled)


def move_mailbox(kept: Organisation, gone: Organisation, _now: datetime) -> Moved:
    """Of two mailboxes, that of the organisation that stays."""
    theirs = SharedMailbox.objects.filter(organisation=gone)
    if SharedMailbox.objects.filter(organisation=kept).exists():
        found = list(theirs)
        for box in found:
            _forget(box)
        return Moved(settled=len(found))
    return Moved(theirs.update(organisation=kept))
