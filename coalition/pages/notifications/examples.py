"""A made-up event, to show the mails about events without anybody in them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.moments import span_words
from coalition.notifications.examples import example_for

STARTS, ENDS = datetime(2027, 3, 2, 9, 0, tzinfo=UTC), datetime(2027, 3, 2, 11, 30, tzinfo=UTC)
BEFORE = (datetime(2027, 2, 25, 9, 0, tzinfo=UTC), datetime(2027, 2, 25, 11, 30, tzinfo=UTC))


@example_for("event.announced", "event.near", "event.cancelled")
def _event() -> Mapping[str, Any]:
    return {
        "title": _("Atelier : compter les passages sans suivre personne"),
        "summary": _("Trois villes montrent leur comptage, ses erreurs et ce qu’elles en publient."),
        "holder": _("Ville de Port-Clair"),
        "when": span_words(STARTS, ENDS, "Africa/Dakar"),
        "own_when": span_words(STARTS, ENDS, "Europe/Paris"),
        "place": _("Maison des associations, 4 rue du Port, Dakar, Sénégal"),
        "online_url": "",
        "registration": _("Par courriel, avant le 26 février."),
        "registration_url": "",
        "reason_given": _("La salle n’est plus libre ; une autre date sera proposée en mars."),
        "path": reverse("events"),
    }


@example_for("event.changed")
def _changed() -> Mapping[str, Any]:
    date = {
        "label": _("Date"),
        "before": span_words(*BEFORE, "Africa/Dakar"),
        "after": span_words(STARTS, ENDS, "Africa/Dakar"),
    }
    return {**_event(), "changes": [date]}
