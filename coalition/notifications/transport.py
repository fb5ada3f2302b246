"""One connection to the mail server, reused across a batch, and what its answers mean."""

import smtplib
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from coalition.notifications.enums import Return
from coalition.notifications.statuses import judge_status

TIMEOUT_SECONDS = 10
"""To reach the server and be greeted by it."""
ANSWER_SECONDS = 60
"""For each answer after that: one that looks for viruses before it says 250 is slow, not absent, and giving up on it
would send the mail twice.
"""
CLOSING = 421


class TransportError(Exception):
    """The message did not leave. `about_address`: what the refusal says of its recipient's address."""

    def __init__(self, words: str, about_address: Return = Return.NONE) -> None:
        super().__init__(words)
        self.about_address = about_address


class Unreachable(TransportError):
    """No connection could be opened: nobody's mail is at fault, all of it waits."""


class TemporaryFailure(TransportError):
    """The server said "not now" (4xx), or the line broke while this message was being handed over."""


class PermanentFailure(TransportError):
    """The server said "never" (5xx) to this message or to its recipient."""


class Transport:
    """The connection of one drain. Opened when first needed; after a broken line it is opened anew."""

    def __init__(self) -> None:
        self._backend = get_connection(settings.MAIL_TRANSPORT, fail_silently=False, timeout=TIMEOUT_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Make sure there is a connection. Raises Unreachable: refused, silent, or the log-in turned down."""
        try:
            fresh = self._backend.open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreachable(_words(error)) from error
        if fresh and (line := getattr(getattr(self._backend, "connection", None), "sock", None)):
            line.settimeout(ANSWER_SECONDS)

    def close(self) -> None:
        """Hang up; an already broken line is no error."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            return

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; returns once the server has taken responsibility for it.

        Raises TemporaryFailure or PermanentFailure. A refused sender address is temporary: it is a fault of the
        installation, which somebody can mend while the mail waits.
        """
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code = min((answer[0] for answer in error.recipients.values()), default=450)
            raise self._verdict(code, _words(error), _about(error)) from error
        except smtplib.SMTPSenderRefused as error:
            self.close()
            raise TemporaryFailure(_words(error)) from error
        except smtplib.SMTPResponseException as error:
            raise self._verdict(error.smtp_code, _words(error)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise PermanentFailure(_words(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TemporaryFailure(_words(error)) from error

    def _verdict(self, code: int, words: str, about: Return = Return.NONE) -> TransportError:
        if code == CLOSING:
            self.close()
        return PermanentFailure(words, about) if 500 <= code < 600 else TemporaryFailure(words, about)


def _about(error: smtplib.SMTPRecipientsRefused) -> Return:
    """What the server answered at RCPT, about the one recipient there is."""
    _code, said = next(iter(error.recipients.values()), (450, b""))
    return judge_status(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))


def _words(error: BaseException) -> str:
    """What is kept of an answer: enough to act on, never a page of it."""
    return f"{type(error).__name__}: {error}"[:500]
