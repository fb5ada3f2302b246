"""Take in the answers people send by mail: one on standard input, many over SMTP or LMTP, or from a mailbox.

    reponse: "|manage.py receive_mail --sender $SENDER --recipient $ORIGINAL_RECIPIENT"   a mail server's pipe
    manage.py receive_mail --listen 0.0.0.0:2525 [--lmtp]                                 a service
    manage.py receive_mail --imap                                                         once, REPLY_IMAP_URL

Exit codes are those of sysexits.h: 0 the mail is kept, whatever becomes of it; 75 the database or the mailbox is away,
try again; 64 the command is not set up.
"""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from coalition.notifications.enums import LARGEST_INCOMING
from coalition.notifications.intake.actions import store_incoming_mail
from coalition.notifications.intake.listening import act_now, serve
from coalition.notifications.intake.mailbox import MailboxAway, collect, open_mailbox

NOT_SET_UP = getattr(os, "EX_USAGE", 64)
TRY_AGAIN = getattr(os, "EX_TEMPFAIL", 75)


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Take in answers sent by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Without an option one mail is read on standard input; --sender and --recipient say what SMTP said."""
        parser.add_argument("--listen", metavar="HOST:PORT", help="take mail over SMTP until stopped")
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP there")
        parser.add_argument("--imap", action="store_true", help="empty the mailbox of REPLY_IMAP_URL once")
        parser.add_argument("--sender", help="the envelope sender; empty for a bounce")
        parser.add_argument("--recipient", action="append", default=[], help="an envelope recipient")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with 75 when whoever handed the mail over must keep it."""
        if not (settings.REPLY_ADDRESS or settings.BOUNCE_ADDRESS):
            raise CommandError("REPLY_ADDRESS is not set: nobody can answer by mail", returncode=NOT_SET_UP)
        try:
            if options["listen"]:
                self._listen(options["listen"], lmtp=options["lmtp"])
            elif options["imap"]:
                self._collect()
            else:
                raw = sys.stdin.buffer.read(2 * LARGEST_INCOMING)
                self._keep(raw, sender=options["sender"], recipients=tuple(options["recipient"]))
        except (DatabaseError, MailboxAway) as error:
            raise CommandError(f"try again later: {error}", returncode=TRY_AGAIN) from error

    def _keep(self, raw: bytes, *, sender: str | None = None, recipients: tuple[str, ...] = ()) -> None:
        mail = store_incoming_mail(raw=raw, now=timezone.now(), envelope_sender=sender, envelope_recipients=recipients)
        act_now(mail.pk)

    def _collect(self) -> None:
        if not settings.REPLY_IMAP_URL:
            raise CommandError("REPLY_IMAP_URL is not set", returncode=NOT_SET_UP)
        box = open_mailbox(settings.REPLY_IMAP_URL)
        with box:
            self.stdout.write(f"{collect(box, self._keep)} mails")

    def _listen(self, place: str, *, lmtp: bool) -> None:
        host, _colon, port = place.rpartition(":")
        if not port.isdigit():
            raise CommandError("--listen takes HOST:PORT", returncode=NOT_SET_UP)
        try:
            line = socket.create_server((host or "127.0.0.1", int(port)))
        except OSError as error:
            raise CommandError(f"{place}: {error.strerror}", returncode=TRY_AGAIN) from error
        self.stdout.write(f"listening on {host}:{line.getsockname()[1]}")
        self.stdout.flush()
        serve(line, lmtp=lmtp)
