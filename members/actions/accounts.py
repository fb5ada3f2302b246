"""Changing one's own profile."""

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from members.models import LANGUAGES, User


class UnknownTimeZone(DomainError):
    """The time zone or the language is none the site knows."""


@transaction.atomic
def change_profile(*, account: User, name: str, language: str, time_zone: str, now: datetime) -> User:
    """Change how an account is called, written to, and in which time it reads hours.

    Rule: one's own account only. Raises UnknownTimeZone for a zone that is not in the IANA base or a language the site
    does not speak.
    """
    require(account, "account.own")
    if time_zone not in available_timezones():
        raise UnknownTimeZone(_("Choisissez un fuseau horaire de la liste."), field="time_zone")
    if language not in dict(LANGUAGES):
        raise UnknownTimeZone(_("Choisissez une langue de la liste."), field="language")
    account.name, account.language, account.time_zone = name, language, time_zone
    account.save(update_fields=["name", "language", "time_zone"])
    record(actor=account, action="account.change_profile", obj=account, now=now, language=language)
    return account
