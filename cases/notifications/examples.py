"""Made-up cases, to show the mails of this app without any city in them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Stage
from coalition.notifications.examples import example_for
from members.notifications.examples import MOMENT, city, other_city, somebody
from members.notifications.recipients import absolute_url


@example_for("case.published", "case.updated", "case.returned", "case.unpublished", "case.submitted", "case.unlinked")
def _case() -> Mapping[str, Any]:
    return {
        "title": _("Un compteur d’eau que chacun peut lire"),
        "organisation": city().name,
        "motive": _("Il manque le coût et la date de fin de l’essai.\nLe reste est clair."),
        "url": absolute_url("case", 12),
    }


@example_for("case.commented", "case.remark_settled")
def _remark() -> Mapping[str, Any]:
    return {
        **_case(),
        "name": somebody(),
        "part": _("Ce que cela a coûté"),
        "remark": _("Le prix est-il par an, ou pour les trois ans de l’essai ?"),
    }


@example_for("case.redone")
def _redone() -> Mapping[str, Any]:
    return {
        **_case(),
        "redo_title": _("Lire l’eau d’un quartier"),
        "redo_organisation": other_city().name,
        "redo_url": absolute_url("case", 31),
        "what_changed": _("Les capteurs sont posés dans les immeubles, pas dans la rue."),
        "what_came_out": _("Douze fuites trouvées en un hiver."),
    }


@example_for("case.handed_over")
def _handed() -> Mapping[str, Any]:
    return {**_case(), "before": other_city().name}


@example_for("case.still_true")
def _still_true() -> Mapping[str, Any]:
    return {
        **_case(),
        "stage": Stage.PILOT.label,
        "checked_at": MOMENT,
        "days": 60,
        "url": absolute_url("case_still_true_link", "exemple"),
        "inside_url": absolute_url("case_still_true", 1),
    }


@example_for("search.confirm", "search.known")
def _search() -> Mapping[str, Any]:
    return {
        "manage_url": absolute_url("case_alert_manage", "exemple"),
        "confirm_url": absolute_url("case_alert_confirm", "exemple"),
        "leave_url": absolute_url("case_alert_one_click", "exemple"),
        "leave_words": _("Arrêter cette alerte"),
    }


@example_for("search.alert")
def _alert() -> Mapping[str, Any]:
    cases = [
        {"title": title, "meta": f"{who} · {Stage.PILOT.label}", "url": absolute_url("case", number)}
        for number, title, who in (
            (12, _("Un compteur d’eau que chacun peut lire"), city().name),
            (31, _("Lire l’eau d’un quartier"), other_city().name),
        )
    ]
    words, url = [_("eau"), Stage.PILOT.label], absolute_url("case_index")
    return {**_search(), "cases": cases, "count": 5, "more": 3, "words": words, "list_url": url}
