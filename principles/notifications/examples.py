"""A made-up charter and amendment, to show the mails of this app without anybody in them."""

from collections.abc import Mapping
from types import SimpleNamespace as Thing
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.notifications.examples import example_for
from members.notifications.examples import MOMENT, city, other_city, somebody
from principles.enums import Choice, Phase


def _both(text: str) -> dict[str, str]:
    """One title in the language of the mail, whichever column is asked for."""
    return {"title_fr": text, "title_en": text}


def _amendment(number: int = 14, title: str = "") -> Any:
    title = title or _("Publier aussi ce qui a échoué")
    return Thing(
        number=number,
        title=title,
        heading=title,
        author=somebody(),
        organisation=other_city(),
        motive=_("Un essai arrêté apprend autant qu’un essai réussi, s’il est raconté."),
        hidden_reason=_("Le motif nomme une personne."),
        get_absolute_url=reverse("charter"),
    )


@example_for(
    "amendment.coauthor_invited",
    "amendment.coauthor_joined",
    "amendment.coauthor_waiting",
    "amendment.hidden",
)
def _drafted() -> Mapping[str, Any]:
    article = Thing(**_both(_("Raconter ses cas")))
    return {"amendment": _amendment(), "article": article, "path": reverse("charter")}


@example_for(
    "amendment.opened",
    "amendment.submitted",
    "amendment.revised",
    "amendment.leg_written",
    "amendment.needs_rebase",
    "amendment.restored",
)
def _told() -> Mapping[str, Any]:
    """One that people talk about: its mails can be answered."""
    return {**_drafted(), "answerable": True}


@example_for("amendment.objected", "amendment.position_taken")
def _position() -> Mapping[str, Any]:
    choice = Choice.RESERVATION
    reason = _("D’accord, si les noms des entreprises peuvent être tus.")
    return {**_told(), "position": Thing(organisation=city(), get_choice_display=choice.label, reason=reason)}


@example_for("amendment.accepted", "amendment.modified", "amendment.refused")
def _decided() -> Mapping[str, Any]:
    motive = _("Huit organisations sont d’accord, aucune n’objecte. La phrase sur les marchés est plus courte.")
    return {**_told(), "own": True, "decision": Thing(motive=motive, version=Thing(number=4))}


@example_for("charter.version_adopted")
def _version() -> Mapping[str, Any]:
    version = Thing(number=4, previous=Thing(number=3), **_both(_("Charte des villes numériques ouvertes")))
    return {"version": version, "decision": Thing(amendment=_amendment()), "path": reverse("charter")}


def _charter() -> Any:
    return Thing(**_both(_("Charte des villes numériques ouvertes")))


@example_for("charter.phase")
def _phase() -> Mapping[str, Any]:
    return {"charter": _charter(), "phase": Phase.DELIBERATION, "path": reverse("charter")}


@example_for("charter.deadline_near")
def _deadline() -> Mapping[str, Any]:
    amendments = [_amendment(), _amendment(17, _("Dire le coût de chaque cas"))]
    return {"charter": _charter(), "until": MOMENT, "amendments": amendments, "path": reverse("charter")}
