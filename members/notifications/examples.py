"""Made-up people, organisations and acts, to show the mails of this app without anybody in them.

Things are plain holders of names: they read no table. What other apps need of them is imported from here.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.notifications.examples import example_for
from members.enums import RIGHTS, Role
from members.notifications.recipients import absolute_url

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 24)
LATER = date(2027, 3, 31)
FINGERPRINT = "5f2b9c0e7d41a3866a0c1f9be2d7540388c6e1aa94b7350f2de8c1764b90af13"


def city() -> Any:
    """The organisation of whoever reads the mail."""
    motive = _("Nous n’avons pas pu joindre la mairie au numéro donné.")
    return Thing(name=_("Ville de Valmeuse"), slug="ville-de-valmeuse", decision_motive=motive)


def other_city() -> Any:
    """An organisation they work with."""
    return Thing(name=_("Métropole des Deux-Rives"), slug="metropole-des-deux-rives")


def somebody() -> str:
    """The name of another person."""
    return _("Fatou Diallo")


def _coalition() -> Any:
    title = _("Villes numériques ouvertes")
    return Thing(number=1, title_fr=title, title_en=title)


# Accounts and their keys ------------------------------------------------------------------


@example_for("account.inactive")
def _inactive() -> Mapping[str, Any]:
    return {"url": absolute_url("account_login")}


@example_for("account.erased")
def _erased() -> Mapping[str, Any]:
    return {"day": DAY}


@example_for("security.new_login", "security.password_changed")
def _device() -> Mapping[str, Any]:
    return {"device": "Firefox, Linux", "url": absolute_url("usersessions_list"), "first": False, "by_link": False}


@example_for("security.factor_added", "security.factor_removed")
def _factor() -> Mapping[str, Any]:
    return {**_device(), "what": "totp"}


@example_for("security.provider_changed")
def _provider() -> Mapping[str, Any]:
    return {**_device(), "added": True, "provider": "AgentConnect"}


@example_for("security.email_changed")
def _address() -> Mapping[str, Any]:
    return {**_device(), "is_former": True, "url": absolute_url("contact")}


# Organisations and mandates ---------------------------------------------------------------


@example_for(
    "organisation.requested",
    "organisation.confirmed",
    "organisation.refused",
    "organisation.removed",
    "organisation.unrepresented",
)
def _organisation() -> Mapping[str, Any]:
    return {"organisation": city(), "url": absolute_url("organisation", city().slug)}


@example_for("organisation.merged")
def _merged() -> Mapping[str, Any]:
    return {**_organisation(), "gone": _("Mairie de Valmeuse")}


def _line(role: Role, **more: Any) -> Mapping[str, Any]:
    """A mandate, an invitation or a request, as its mails show it."""
    organisation = city()
    subject = Thing(
        organisation=organisation,
        get_role_display=role.label,
        function=_("Directrice du numérique"),
        message=_("Je suis le projet de données ouvertes de la ville."),
        motive=_("Nous ne vous connaissons pas encore : écrivez-nous d’abord."),
        email="camille.martin@ville.example",
        mandate_until=LATER,
        expires_at=MOMENT,
        invited_by=somebody(),
        hands_over_id=None,
        origin="invitation",
    )
    return {
        "subject": subject,
        "organisation": organisation,
        "person": somebody(),
        "own": False,
        "rights": RIGHTS[role],
        "payload": {"planned": True},
        "people_url": absolute_url("people", organisation.slug),
        "url": absolute_url("organisation", organisation.slug),
        "join_url": absolute_url("join_request", organisation.slug),
        **more,
    }


@example_for(
    "affiliation.accepted",
    "affiliation.changed",
    "affiliation.declined",
    "affiliation.invitation_declined",
    "affiliation.joined",
    "affiliation.requested",
)
def _member() -> Mapping[str, Any]:
    return _line(Role.EDITOR)


@example_for("affiliation.invited")
def _invited() -> Mapping[str, Any]:
    return _line(Role.EDITOR, invitation_url=absolute_url("invitation", "exemple"))


@example_for("affiliation.ended", "affiliation.ending", "affiliation.overdue", "affiliation.handed_over")
def _representative() -> Mapping[str, Any]:
    return _line(Role.REPRESENTATIVE)


# Signatures -------------------------------------------------------------------------------


def _act() -> Any:
    promise = _("Chaque cas est publié avec ses coûts.")
    reservation = Thing(article_title=_("Marchés publics"), text=_("Nous le ferons au prochain marché, en 2028."))
    return Thing(
        organisation=city(),
        document_title=_("Charte des villes numériques ouvertes"),
        document_version="3",
        document_sha256=FINGERPRINT,
        signatory_name=_("Camille Martin"),
        signatory_function=_("Adjointe au numérique"),
        mandate_reference=_("Délibération 2026-114"),
        signed_at=MOMENT,
        decided_at=MOMENT,
        renew_on=LATER,
        promises=[{"term": _("Documenter nos cas"), "text": promise}],
        standing_reservations=[reservation],
        asked_for=_("La délibération qui autorise la signature."),
        decision_motive=_("La personne qui a signé n’a pas encore de délégation."),
        withdrawal_reason=_("Le conseil municipal a voté un autre programme."),
    )


@example_for(
    "cosponsorship.submitted",
    "cosponsorship.document_asked",
    "cosponsorship.document_provided",
    "cosponsorship.change_proposed",
    "cosponsorship.official",
    "cosponsorship.declined",
    "cosponsorship.withdrawn",
    "cosponsorship.renewed",
)
def _signed() -> Mapping[str, Any]:
    act = _act()
    url = absolute_url("cosponsorship", 1)
    return {"act": act, "organisation": act.organisation, "coalition": _coalition(), "url": url}


@example_for("cosponsorship.confirm")
def _to_confirm() -> Mapping[str, Any]:
    return {**_signed(), "confirm_url": absolute_url("cosponsorship_confirm", "exemple")}


@example_for("cosponsorship.receipt")
def _receipt() -> Mapping[str, Any]:
    return {**_signed(), "answer_by": DAY}


@example_for("cosponsorship.change_accepted", "cosponsorship.change_declined")
def _changed() -> Mapping[str, Any]:
    return {**_signed(), "change": Thing(motive=_("La phrase proposée nomme une entreprise."))}


@example_for("cosponsorship.to_renew", "cosponsorship.renewal_reminder")
def _renewal() -> Mapping[str, Any]:
    return {**_signed(), "renew_url": absolute_url("cosponsorship_renew", 1)}


def _changes() -> list[Any]:
    return [
        Thing(title=_("Données ouvertes"), kind="changed"),
        Thing(title=_("Marchés publics"), kind="added"),
    ]


@example_for("cosponsorship.version_reminder")
def _reminder() -> Mapping[str, Any]:
    url = absolute_url("cosponsorship_version", 1)
    return {**_signed(), "version": "4", "changes": _changes(), "url": url}


@example_for("cosponsorship.new_version")
def _new_version() -> Mapping[str, Any]:
    url = absolute_url("cosponsorship_version", 1)
    asked = {"act": _act(), "organisation": city(), "changes": _changes(), "url": url}
    return {"document": Thing(title=_("Charte des villes numériques ouvertes")), "version": "4", "asked": [asked]}


@example_for("cosponsorship.version_confirmed")
def _version_confirmed() -> Mapping[str, Any]:
    return {**_signed(), "version": "4", "reservations": _act().standing_reservations}


@example_for("coalition.official")
def _official() -> Mapping[str, Any]:
    return {
        "coalition": _coalition(),
        "title": _("Villes numériques ouvertes"),
        "cosponsors": 12,
        "path": reverse("coalition_by_number", args=[1]),
        "cosponsors_url": absolute_url("cosponsors"),
    }


@example_for("adoption.recorded", "adoption.withdrawn")
def _adoption() -> Mapping[str, Any]:
    adoption = Thing(
        document_version="3",
        adopted_on=DAY,
        decision_reference=_("Délibération 2026-114"),
        withdrawal_reason=_("La délibération a été annulée."),
    )
    return {"adoption": adoption, "organisation": city(), "changed": 2, "url": absolute_url("adoption", 1)}


@example_for("support.confirm", "support.confirmed", "support.known")
def _support() -> Mapping[str, Any]:
    return {
        "support": Thing(name_is_public=True),
        "coalition": _coalition(),
        "url": absolute_url("supporters"),
        "leave_url": absolute_url("support_one_click", "exemple"),
        "leave_words": _("Retirer mon soutien et faire effacer mon adresse"),
        "confirm_url": absolute_url("support_confirm", "exemple"),
    }
