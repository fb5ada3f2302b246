"""An event of the network: a date, a place or a link, and what came out of it."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from coalition.core.languages import language_mark
from coalition.core.moments import span_words
from coalition.core.templatetags.bilingual import tr
from coalition.core.templatetags.places import city_name
from coalition.pages.enums import LANGUAGES, EventKind, EventState, Spoken, Where
from coalition.pages.querysets.events import NetworkEventQuerySet


class Event(models.Model):
    """A workshop, a webinar, a forum … held by an organisation, a coalition, or both. Its address never changes.

    `time_zone` is the one its hours are told in. `version` counts what is written, for the compare-and-swap; `sequence`
    counts what calendars must take up: date, place, state. Whether it is over is read from its dates.
    """

    organisation = models.ForeignKey(
        "members.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    coalition = models.ForeignKey(
        "members.Coalition", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    slug = models.SlugField(unique=True, max_length=120)
    language = models.CharField(_("langue du texte"), max_length=2, choices=LANGUAGES, default="fr")
    title = models.CharField(_("titre"), max_length=140)
    summary = models.CharField(_("en une phrase"), max_length=280)
    description = models.TextField(_("description"), max_length=8000, blank=True)
    kind = models.CharField(_("nature"), max_length=12, choices=EventKind.choices)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    time_zone = models.CharField(_("fuseau horaire"), max_length=64, default="Europe/Paris")
    venue = models.CharField(_("lieu"), max_length=160, blank=True)
    street = models.CharField(_("adresse"), max_length=200, blank=True)
    country = CountryField(_("pays"), blank=True)
    city = models.CharField(_("ville"), max_length=120, blank=True)
    geoname_id = models.PositiveIntegerField(_("lieu dans GeoNames"), null=True, blank=True)
    online_url = models.URLField(_("lien pour y assister"), max_length=500, blank=True)
    spoken = ArrayField(models.CharField(max_length=3, choices=Spoken.choices), default=list, blank=True)
    access = models.CharField(_("accès et conditions"), max_length=400, blank=True)
    audience = models.CharField(_("qui peut venir"), max_length=200, blank=True)
    registration = models.CharField(_("pour s’inscrire"), max_length=300, blank=True)
    registration_url = models.URLField(_("lien d’inscription"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    cancel_reason = models.TextField(_("raison de l’annulation"), max_length=600, blank=True)
    cancelled_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    report = models.TextField(_("ce qui en est sorti"), max_length=12000, blank=True)
    reported_at = models.DateTimeField(_("raconté le"), null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("créé le"))
    changed_at = models.DateTimeField(_("modifié le"))
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)

    objects = NetworkEventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "pk"]
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        indexes: ClassVar = [
            models.Index(fields=["state", "ends_at"], name="event_state_ends"),
            models.Index(fields=["state", "starts_at"], name="event_state_starts"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(city="") | ~Q(online_url=""), name="event_is_somewhere"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(coalition__isnull=False), name="event_is_held_by_somebody"
            ),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="event_publication_is_dated"
            ),
            models.CheckConstraint(
                condition=Q(~Q(cancel_reason=""), state="cancelled", cancelled_at__isnull=False)
                | Q(~Q(state="cancelled"), cancel_reason="", cancelled_at=None),
                name="event_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(online_url="") | Q(online_url__startswith="https://"), name="event_link_is_https"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("event", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The time zone it is told in."""
        return ZoneInfo(self.time_zone)

    @property
    def holder(self) -> str:
        """Who holds it: the organisation, else the coalition, in the reader's language."""
        return str(self.organisation.name if self.organisation else tr(self.coalition, "name"))

    @property
    def is_on_site(self) -> bool:
        """There is a place to go to."""
        return bool(self.city)

    @property
    def where_words(self) -> str:
        """« Dakar, Sénégal », « En ligne », or both, in a few words."""
        words = [f"{city_name(self)}, {self.country.name}"] if self.is_on_site else []
        return " · ".join([*words, *([str(Where.ONLINE.label)] if self.online_url else [])])

    @property
    def address_words(self) -> str:
        """The whole place on one line; "" without one."""
        parts = (self.venue, self.street, city_name(self), str(self.country.name)) if self.is_on_site else ()
        return ", ".join(part for part in parts if part)

    @property
    def spoken_words(self) -> str:
        """The languages spoken, in their order in the list."""
        return ", ".join(str(one.label) for one in Spoken if one.value in self.spoken)

    def is_past(self, now: datetime) -> bool:
        """It is over."""
        return bool(self.ends_at <= now)

    def has_begun(self, now: datetime) -> bool:
        """It has begun, so that something can be said of it."""
        return bool(self.starts_at <= now)

    def said_of_date_and_place(self) -> dict[str, Any]:
        """What followers are told when it changes: JSON, in no language."""
        return {
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "time_zone": self.time_zone,
            "venue": self.venue,
            "street": self.street,
            "city": self.city,
            "geoname_id": self.geoname_id,
            "country": str(self.country or ""),
            "online_url": self.online_url,
        }


NEXT_SHOWN = 3


def event_line(event: Event, now: datetime) -> dict[str, Any]:
    """What a line of a list shows of an event: when it is on its own clock, whether it is over, in which language."""
    return {
        "event": event,
        "when": span_words(event.starts_at, event.ends_at, event.time_zone),
        "day": event.starts_at.astimezone(event.zone).date(),
        "past": event.is_past(now),
        "lang": language_mark(event.language),
    }


def next_events(now: datetime, **held: Any) -> list[dict[str, Any]]:
    """The lines of the next three published events to come, all or those `held` by a coalition. One query."""
    found = Event.objects.public().filter(state=EventState.PUBLISHED, **held).coming(now).whole()
    return [event_line(event, now) for event in found[:NEXT_SHOWN]]
