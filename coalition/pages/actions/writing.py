"""Writing an event: the first words, then others, of which none is lost when two people write at once."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import fold, has_hidden_characters
from coalition.notifications.actions import record_event
from coalition.pages.enums import FIRST_YEAR, LAST_YEAR, EventKind, EventState
from coalition.pages.models import Event, EventWords
from members.models import Coalition, Organisation

LONGEST_SLUG = 100
SLUG_TRIES = 50
TAKEN = frozenset({"nouveau", "new", "a-vous", "yours"})
"""Words of our own addresses below the list."""
LONGEST = {
    "title": 140,
    "summary": 280,
    "description": 8000,
    "venue": 160,
    "street": 200,
    "city": 120,
    "access": 400,
    "audience": 200,
    "registration": 300,
    "online_url": 500,
    "registration_url": 500,
}
NEEDED = ("title", "summary")
SEEN = ("starts_at", "ends_at", "time_zone", "venue", "street", "country", "city", "online_url")
"""What calendars and followers must take up when it changes."""


class EventConflict(DomainError):
    """Somebody saved it meanwhile; `theirs` is the event as it stands now. Nothing was written."""

    def __init__(self, theirs: Event) -> None:
        super().__init__(_("Quelqu’un a enregistré ce rendez-vous pendant que vous écriviez."))
        self.theirs = theirs


def _check(words: EventWords) -> None:
    """DomainError with a sentence, beside the question it is about."""
    said = words.columns()
    for name in NEEDED:
        if not said[name]:
            raise DomainError(_("Écrivez ce texte : il dit de quoi il s’agit."), field=name)
    for name, longest in LONGEST.items():
        _check_text(name, said[name], longest)
    if words.kind not in EventKind.values or words.language not in ("fr", "en"):
        raise DomainError(_("Choisissez une réponse de la liste."), field="kind")
    _check_moments(words)
    _check_place(words)


def _check_text(name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise DomainError(_("Ce texte est trop long : %(n)d signes au plus.") % {"n": longest}, field=name)
    lines = text.replace("\r", "").split("\n") if name == "description" else [text]
    if any(has_hidden_characters(line.replace("\t", " ")) for line in lines):
        raise DomainError(_("Ce texte contient des caractères invisibles. Retapez-le."), field=name)
    if name.endswith("_url") and text and not text.startswith("https://"):
        raise DomainError(_("Un lien commence par https://. Copiez l’adresse entière."), field=name)


def _check_moments(words: EventWords) -> None:
    if words.time_zone not in available_timezones():
        raise DomainError(_("Ce fuseau horaire n’existe pas. Choisissez-en un dans la liste."), field="time_zone")
    if not FIRST_YEAR <= words.starts_at.year < LAST_YEAR:
        raise DomainError(_("Cette année est trop lointaine. Vérifiez la date."), field="starts_on")
    if words.ends_at <= words.starts_at:
        raise DomainError(_("La fin vient avant le début. Corrigez l’une ou l’autre."), field="ends_time")
    if words.ends_at.year > LAST_YEAR:
        raise DomainError(_("Cette année est trop lointaine. Vérifiez la date."), field="ends_on")


def _check_place(words: EventWords) -> None:
    if (words.venue.strip() or words.street.strip()) and not words.city.strip():
        raise DomainError(_("Dites dans quelle ville se trouve ce lieu."), field="city")
    if words.city.strip() and not words.country:
        raise DomainError(_("Dites dans quel pays se trouve cette ville."), field="country")
    if not (words.city.strip() or words.online_url.strip()):
        raise DomainError(_("Dites où : une ville, un lien en ligne, ou les deux."), field="city")


@transaction.atomic
def create_event(
    *, actor: Any, organisation: Organisation | None, coalition: Coalition | None, words: EventWords, now: datetime
) -> Event:
    """A draft, for an organisation, a coalition, or both; its address is made from its title and stays.

    Rule: organisers for any of them; editors and representatives for a confirmed organisation of theirs, without
    coalition. DomainError for words that do not hold together, or when nobody would hold it.
    """
    if organisation is not None or coalition is None:
        require(actor, "event.create", organisation)
    if coalition is not None:
        require(actor, "event.create_for_coalition", coalition)
    if organisation is None and coalition is None:
        raise DomainError(_("Dites qui tient ce rendez-vous."), field="organisation")
    _check(words)
    event = _insert(
        Event(
            organisation=organisation,
            coalition=coalition,
            author=actor,
            created_at=now,
            changed_at=now,
            **words.columns(),
        )
    )
    record(actor=actor, action="event.create", obj=event, now=now)
    return event


def _insert(event: Event) -> Event:
    """Insert under the first address that is free: the title, then the title and a number."""
    plain = slugify(fold(event.title))[:LONGEST_SLUG].strip("-") or "rendez-vous"
    for number in range(2 if plain in TAKEN else 1, SLUG_TRIES):
        event.slug = plain if number == 1 else f"{plain}-{number}"
        if Event.objects.filter(slug=event.slug).exists():
            continue
        try:
            with transaction.atomic():
                event.save(force_insert=True)
        except IntegrityError:
            if not Event.objects.filter(slug=event.slug).exists():
                raise
        else:
            return event
    raise DomainError(_("Trop de rendez-vous portent déjà ce titre : précisez-le."), field="title")


@transaction.atomic
def edit_event(*, actor: Any, event: Event, words: EventWords, based_on: int, now: datetime) -> Event:
    """Other words, unless somebody saved since version `based_on`: EventConflict, and nothing is written.

    Rule: who writes it, until it is cancelled (WrongState). Once it is public, another date or place raises the
    sequence of calendars and is told to who follows it, as long as it is not over.
    """
    require(actor, "event.edit", event)
    _check(words)
    current = Event.objects.select_for_update(of=("self",)).whole().get(pk=event.pk)
    if current.version != based_on:
        raise EventConflict(current)
    if current.state == EventState.CANCELLED:
        raise WrongState
    before, seen = current.said_of_date_and_place(), [getattr(current, name) for name in SEEN]
    for name, value in words.columns().items():
        setattr(current, name, value)
    moved = seen != [getattr(current, name) for name in SEEN]
    current.version += 1
    current.sequence += moved
    current.changed_at = now
    current.save()
    record(actor=actor, action="event.edit", obj=current, now=now, version=current.version)
    if moved and current.state == EventState.PUBLISHED and not current.is_past(now):
        payload = {"before": before, "after": current.said_of_date_and_place()}
        key = f"event.changed:{current.pk}:{current.sequence}"
        record_event(kind="event.changed", key=key, subject=current, payload=payload, now=now, actor=actor)
    return current
