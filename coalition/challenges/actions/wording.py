"""What a challenge and a response may say: judged here, whoever writes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django_countries import countries

from coalition.challenges.enums import (
    LONGEST_LINE,
    LONGEST_ROLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_THEMES,
    Instrument,
    Sought,
)
from coalition.challenges.models import ChallengeWords, ResponseWords
from coalition.core.errors import DomainError
from coalition.core.text import has_hidden_characters, one_line
from coalition.core.vocabularies import DOMAIN, vocabulary

_is_https = URLValidator(schemes=["https"])


def checked_challenge(words: ChallengeWords, known: Sequence[str] = ()) -> dict[str, Any]:
    """The columns of a challenge that says this. DomainError, with its field, for what cannot be kept.

    `known`: themes it held already, kept even where organisers have put them aside since.
    """
    values: dict[str, Any] = {
        "title": _line(words.title, LONGEST_TITLE, "title"),
        "concerned": _line(words.concerned, LONGEST_LINE, "concerned"),
        "problem": _text(words.problem, "problem"),
        "brings": _text(words.brings, "brings"),
        "sought": _chosen(words.sought, Sought.values, "sought"),
        "themes": _themes(words.themes, known),
        "instrument": _one_of(words.instrument, Instrument.values, "instrument"),
        "notice_url": _notice(words.notice_url),
        "country": _one_of(words.country, list(countries.countries), "country"),
        "city": _line(words.city, 120, "city"),
        "geoname_id": words.geoname_id,
        "language": _one_of(words.language, [code for code, _name in settings.LANGUAGES], "language"),
        "closes_at": words.closes_at,
        "time_zone": words.time_zone if words.time_zone in available_timezones() else settings.TIME_ZONE,
        "coalition": words.coalition,
    }
    if not values["title"]:
        raise DomainError(_("Donnez un titre : c’est ce que les autres lisent d’abord."), field="title")
    return values


def check_publishable(values: dict[str, Any], now: datetime) -> None:
    """What the public must find: the problem, something sought, a deadline still to come where there is one.

    DomainError, with its field, otherwise.
    """
    if not values["problem"]:
        raise DomainError(_("Dites le problème : sans lui, personne ne peut répondre."), field="problem")
    if not values["sought"]:
        raise DomainError(_("Choisissez au moins une chose que vous cherchez."), field="sought")
    check_deadline(values["closes_at"], now)


def check_deadline(closes_at: datetime | None, now: datetime) -> None:
    """DomainError for a deadline that is not to come."""
    if closes_at is not None and closes_at <= now:
        raise DomainError(_("Cette échéance est déjà passée : choisissez un jour à venir."), field="closes_on")


def checked_response(words: ResponseWords) -> dict[str, Any]:
    """The columns of a response that says this. DomainError, with its field, for what cannot be kept."""
    values: dict[str, Any] = {
        "offer": _text(words.offer, "offer"),
        "needs": _text(words.needs, "needs"),
        "contact_role": _line(words.contact_role, LONGEST_ROLE, "contact_role"),
        "language": _one_of(words.language, [code for code, _name in settings.LANGUAGES], "language"),
        "may_be_named": bool(words.may_be_named),
    }
    if not values["offer"]:
        raise DomainError(_("Dites ce que vous proposez."), field="offer")
    if not values["contact_role"]:
        raise DomainError(_("Dites à quelle fonction s’adresser chez vous."), field="contact_role")
    return values


def checked_text(text: str, field: str, missing: str) -> str:
    """A text that must be there. DomainError with the sentence `missing` when it is not, or when it is too long."""
    words = _text(text, field)
    if not words:
        raise DomainError(missing, field=field)
    return words


def _line(text: str, longest: int, field: str) -> str:
    if has_hidden_characters(text):
        raise DomainError(_("Ce champ contient des caractères invisibles : effacez-le et écrivez-le de nouveau."),
                          field=field)  # fmt: skip
    line = one_line(text)
    if len(line) > longest:
        raise DomainError(_("Tenez en %(n)d caractères.") % {"n": longest}, field=field)
    return line


def _text(text: str, field: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_TEXT:
        raise DomainError(_("Tenez en %(n)d caractères.") % {"n": LONGEST_TEXT}, field=field)
    return words


def _one_of(value: str, values: Sequence[str], field: str) -> str:
    if value not in values:
        raise DomainError(_("Choisissez une valeur de la liste."), field=field)
    return str(value)


def _chosen(chosen: Sequence[str], values: Sequence[str], field: str) -> list[str]:
    """The values chosen, each once, in the order of the list."""
    if set(chosen) - set(values):
        raise DomainError(_("Choisissez une valeur de la liste."), field=field)
    return [str(value) for value in values if value in chosen]


def _themes(chosen: Sequence[str], known: Sequence[str]) -> list[str]:
    words = vocabulary(DOMAIN)
    themes = _chosen(chosen, [key for key, word in words.items() if word.offered or key in known], "themes")
    if len(themes) > MOST_THEMES:
        raise DomainError(_("Choisissez quatre thèmes au plus."), field="themes")
    return themes


def _notice(address: str) -> str:
    """An https address, never fetched, or ""."""
    address = address.strip()
    if not address:
        return ""
    try:
        _is_https(address)
    except ValidationError:
        raise DomainError(_("L’adresse de l’annonce commence par https://."), field="notice_url") from None
    if len(address) > 500:
        raise DomainError(_("Tenez en %(n)d caractères.") % {"n": 500}, field="notice_url")
    return address
