"""What Celery rings for. A lost, late, expired or repeated ring does no harm: the tables say what is due."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from coalition.notifications.digests import write_due_digests
from coalition.notifications.drain import drain_outbox, drain_slot
from coalition.notifications.hook_desk.drain import HOOK_LOCKS, drain_hooks
from coalition.notifications.intake.actions import act_on_due_mail, store_incoming_mail
from coalition.notifications.intake.mailbox import MailboxAway, collect, open_mailbox

log = logging.getLogger(__name__)


@shared_task(ignore_result=True, acks_late=False, time_limit=300)
def deliver_due() -> None:
    """Fan out and send what is due, unless enough workers are at it already."""
    with drain_slot() as free:
        if not free:
            return
        done = drain_outbox()
    if done.unreachable:
        log.warning("mail server out of reach, mail waits: %s", done.unreachable)
    if done.events or done.deliveries:
        log.info("outbox: %s events, deliveries %s", done.events, dict(done.deliveries))


@shared_task(ignore_result=True, acks_late=False, time_limit=600)
def write_digests() -> None:
    """Write the digests whose hour has come where their readers live."""
    written = write_due_digests(now=timezone.now())
    if written:
        log.info("digests written: %s", written)


@shared_task(ignore_result=True, acks_late=False, time_limit=180)
def act_on_answers() -> None:
    """Act upon the mails that came in and wait: what was put off, and what was kept while nobody could act."""
    act_on_due_mail(now=timezone.now())


@shared_task(ignore_result=True, acks_late=False, time_limit=180)
def collect_answers() -> None:
    """Empty the mailbox of answers, if the installation has one; a mailbox that is away keeps what it holds."""
    if not (settings.REPLY_IMAP_URL and (settings.REPLY_ADDRESS or settings.BOUNCE_ADDRESS)):
        return
    try:
        with open_mailbox(settings.REPLY_IMAP_URL) as box:
            collect(box, lambda raw: store_incoming_mail(raw=raw, now=timezone.now()))
    except MailboxAway as error:
        log.warning("mailbox of answers out of reach: %s", error)
    act_on_due_mail(now=timezone.now())


@shared_task(ignore_result=True, acks_late=False, time_limit=180)
def tell_programs() -> None:
    """Hand over what is due to programs, one run at a time: those that do not answer hold up no mail."""
    with drain_slot(HOOK_LOCKS, 1) as free:
        told = drain_hooks() if free else None
    if told:
        log.info("programs told: %s", dict(told))
