"""The menu and the footer: the same few links on every page, in the reader's language."""

from typing import TypedDict

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from coalition.core.languages import reader_language
from coalition.core.page_cache import LIFETIME


class Link(TypedDict):
    """A label and a site-relative address."""

    label: str
    url: str


class Column(TypedDict):
    """One column of the footer."""

    title: str
    links: list[Link]


def _link(label: str, url: str) -> Link:
    return {"label": label, "url": url}


def crumbs(label: str, url: str) -> list[Link]:
    """From the front page straight to this page."""
    return [_link(_("Accueil"), reverse("wagtail_serve", args=[""])), _link(label, url)]


def cases_url() -> str:
    """The catalogue's address: a Wagtail page whose slug is the translated prefix of `coalition.urls`."""
    return f"/{reader_language()}/{_('cas/')}"


def main_menu() -> list[Link]:
    """What the site is about, in a few words."""
    return [
        _link(_("Cas"), cases_url()),
        _link(_("Défis"), reverse("challenges")),
        _link(_("Charte"), reverse("charter")),
        _link(_("Organisations"), reverse("organisations")),
        _link(_("Coalition"), reverse("coalition")),
    ]


def _editorial_links(generation: str | None) -> list[Link]:
    """Editorial pages right below the home page that the organisers put in menus; one query a generation."""
    language = reader_language()
    key = f"menu.{language}.{generation}"
    kept: list[Link] | None = caches["pages"].get(key) if generation else None
    if kept is not None:
        return kept
    pages = (
        Page.objects.live()
        .in_menu()
        .filter(locale__language_code=language, depth=3, view_restrictions__isnull=True)
        .order_by("path")
        .values_list("title", "slug")
    )
    links = [_link(title, f"/{language}/{slug}/") for title, slug in pages]
    if generation:
        caches["pages"].set(key, links, LIFETIME)
    return links


def footer_columns(generation: str | None) -> list[Column]:
    """Understand, reuse, about. `generation`: that of the page cache when this page may be shared, else None."""
    return [
        {
            "title": _("Comprendre"),
            "links": [
                _link(_("La coalition"), reverse("coalition")),
                _link(_("La charte"), reverse("charter")),
                _link(_("Les co-porteurs"), reverse("cosponsors")),
                _link(_("Les rendez-vous"), reverse("events")),
                _link(_("Les changements récents"), reverse("journal")),
                _link(_("Glossaire"), reverse("glossary")),
            ],
        },
        {
            "title": _("Réutiliser"),
            "links": [
                _link(_("Tous les cas (CSV)"), reverse("case_csv")),
                _link(_("Carte des cas (GeoJSON)"), reverse("case_geojson")),
                _link(_("Fil des cas (Atom)"), reverse("case_feed")),
                _link(_("Fil des changements (Atom)"), reverse("changes_feed")),
                _link(_("Agenda des échéances (iCalendar)"), reverse("agenda_public")),
                _link(_("Interface de programmation"), reverse("api_root")),
            ],
        },
        {
            "title": _("À propos"),
            "links": [
                *_editorial_links(generation),
                _link(_("Écrire aux organisateurs"), reverse("contact")),
                _link(_("Registre des données"), reverse("privacy")),
            ],
        },
    ]
