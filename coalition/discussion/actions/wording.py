"""Texts as a discussion keeps them, and how many one account may write."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalition.core.errors import DomainError
from coalition.core.text import settle_text
from members.models import User

# Controls, halves of characters, signs that turn the order of reading around, and piles of accents.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
PILED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{6,}")


class UnreadableText(DomainError):
    """The text is missing, too long, or cannot be read."""


class TooMany(DomainError):
    """The account has written more than anybody needs to in so little time."""


def readable(*, text: str, field: str, longest: int, shortest: int = 0) -> str:
    """The settled text. UnreadableText when it is shorter or longer than asked, or holds what nobody can read."""
    if UNREADABLE.search(text) or PILED.search(text):
        raise UnreadableText(_("Ce texte contient des caractères que nous ne savons pas lire."), field=field)
    found = settle_text(text)
    if len(found) > longest:
        words = {"longest": longest, "length": len(found)}
        raise UnreadableText(
            _("Ce texte fait %(length)d signes ; il en faut %(longest)d au plus.") % words, field=field
        )
    if sum(sign.isalnum() for sign in found) < shortest:
        raise UnreadableText(_("Ce texte dit trop peu : écrivez quelques mots."), field=field)
    return found


def count_on(*, account: Any, rows: QuerySet[Any], limit: int, within: timedelta, now: datetime) -> None:
    """Hold the account's row until the transaction ends, and refuse (TooMany) beyond `limit` rows within that time.

    Two requests of one account wait for each other here, so that neither limit nor double press slips through.
    """
    User.objects.select_for_update(no_key=True).get(pk=account.pk)
    if rows.filter(account=account, created_at__gt=now - within).count() >= limit:
        raise TooMany(_("Vous avez beaucoup écrit en peu de temps. Reprenez dans une heure."))
