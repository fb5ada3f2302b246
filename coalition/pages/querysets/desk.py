"""The organisers' desk."""

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CasePage
from coalition.pages.querysets.entries import Entry
from members.models import Cosponsorship, Organisation
from principles.models import Amendment


class Queue(TypedDict):
    """One queue of the organisers' desk."""

    key: str
    title: str
    empty: str
    entries: list[Entry]


def desk_queues() -> list[Queue]:
    """What waits for an organiser, oldest first, each line leading to the page where one decides."""
    return [
        {
            "key": "cases",
            "title": _("Cas à relire"),
            "empty": _("Aucun cas n’attend de relecture."),
            "entries": _waiting_cases(),
        },
        {
            "key": "amendments",
            "title": _("Amendements à décider"),
            "empty": _("Aucun amendement n’est ouvert."),
            "entries": _waiting_amendments(),
        },
        {
            "key": "cosponsorships",
            "title": _("Signatures à vérifier"),
            "empty": _("Aucune signature n’attend."),
            "entries": _waiting_signatures(),
        },
        {
            "key": "organisations",
            "title": _("Organisations à confirmer"),
            "empty": _("Aucune organisation n’attend."),
            "entries": _waiting_organisations(),
        },
    ]


def _waiting_cases() -> list[Entry]:
    return [
        Entry(date=page.latest_revision_created_at, what=page.organisation.name, title=str(page), url=url)
        for page in CasePage.objects.in_review()
        if (url := reverse("case_review", args=[page.pk]))
    ]


def _waiting_amendments() -> list[Entry]:
    return [
        Entry(
            date=amendment.opened_at,
            what=str(amendment.organisation or _("Équipe")),
            title=amendment.title,
            url=amendment.get_absolute_url(),
        )
        for amendment in Amendment.objects.open().select_related("organisation").order_by("opened_at")
    ]


def _waiting_signatures() -> list[Entry]:
    return [
        Entry(
            date=act.confirmed_at,
            what=str(act.organisation.country.name),
            title=act.organisation.name,
            url=reverse("cosponsorship", args=[act.pk]),
        )
        for act in Cosponsorship.objects.submitted().select_related("organisation")
    ]


def _waiting_organisations() -> list[Entry]:
    return [
        Entry(
            date=organisation.created_at,
            what=str(organisation.get_kind_display()),
            title=organisation.name,
            url=organisation.get_absolute_url(),
        )
        for organisation in Organisation.objects.pending()
    ]
