"""Made-up challenges and responses, to show the mails of this app without any city in them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coalition.challenges.enums import Instrument, Sought
from coalition.core.moments import moment_words
from coalition.notifications.examples import example_for
from members.notifications.examples import MOMENT, city, other_city
from members.notifications.recipients import absolute_url


@example_for("challenge.published", "challenge.closing", "challenge.closed", "challenge.withdrawn")
def _challenge() -> Mapping[str, Any]:
    return {
        "title": _("Savoir quand la borne-fontaine coule"),
        "organisation": city().name,
        "deadline": moment_words(MOMENT, "Africa/Lome"),
        "sought": f"{Sought.SOLUTION.label}, {Sought.TRIAL.label}",
        "url": absolute_url("challenge", "exemple"),
        "outcome": _("Nous essayons l’annonce par radio dans deux quartiers, pendant six mois."),
        "motive": _("Le texte nomme une personne.\nRetirez son nom, puis publiez de nouveau."),
    }


@example_for("challenge.changed")
def _changed() -> Mapping[str, Any]:
    changes = [
        {"label": _("Répondre avant"), "before": _("sans date de fin"), "after": moment_words(MOMENT, "Africa/Lome")},
        {"label": _("Instrument"), "before": Instrument.OPEN.label, "after": Instrument.CALL.label},
    ]
    return {**_challenge(), "changes": changes}


@example_for("response.received", "response.answered", "response.withdrawn")
def _response() -> Mapping[str, Any]:
    return {
        **_challenge(),
        "responder": other_city().name,
        "offer": _("Un serveur vocal que nous tenons depuis deux ans, et deux semaines d’une technicienne."),
        "retained": True,
        "motive": _("Votre serveur marche sans internet : c’est ce qu’il nous faut."),
        "url": absolute_url("challenge_response", 1),
    }
