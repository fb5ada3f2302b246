"""The front page."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from cases.enums import Stage
from cases.models import CatalogueEntry
from coalition.core.gazetteer import city_name
from coalition.core.languages import reader_language
from coalition.core.navigation import cases_url
from coalition.core.templatetags.bilingual import tr
from coalition.core.text import fold
from coalition.pages.querysets.entries import shown_cases
from coalition.pages.querysets.journal import journal_entries
from members.models import Coalition, Cosponsorship
from principles.models import Amendment, VersionArticle

HOME_JOURNAL = 5
HOME_CARDS = 3
RECENT = 30


def home_context() -> dict[str, Any]:
    """Map, figures, journal, three cases, what one can do now, and the index of cities; in four queries."""
    rows = list(shown_cases().cities())
    cities = [_city(row) for row in rows]
    totals = _totals(rows)
    article = _first_article()
    return {
        "coalition": article.version.charter.coalition if article else Coalition.objects.first(),
        "cities": cities,
        "index": sorted(cities, key=lambda city: city["folded"]),
        "map_label": _map_words(sum(city["count"] for city in cities), len(cities)),
        "facts": _figures(totals, article),
        "entries": journal_entries(HOME_JOURNAL),
        "cards": _cards(),
        "case_count": totals["cases"],
        "cases_url": cases_url(),
        "moments": _moments(article),
        "json_ld": _site_json_ld(),
    }


def _totals(rows: list[dict[str, Any]]) -> dict[str, int]:
    """How many cases, and in how many cities: more than the map draws. A query more while no case has a city."""
    if not rows:
        return {"cases": shown_cases().count(), "cities": 0}
    return {"cases": rows[0]["all_cases"], "cities": rows[0]["all_cities"]}


def _first_article() -> VersionArticle | None:
    """The first article in force, with its version, charter and coalition, `open_amendments` and `signed_in`.

    `signed_in` lists the country of each official co-sponsor.
    """
    acts = Cosponsorship.objects.official().order_by().filter(coalition=OuterRef("version__charter__coalition"))
    countries = acts.values("coalition").values(found=ArrayAgg("organisation__country"))
    opened = Amendment.objects.open().order_by().filter(charter=OuterRef("version__charter")).values("charter")
    return (
        VersionArticle.objects.filter(version=F("version__charter__current_version"))
        .select_related("version__charter__coalition")
        .annotate(
            open_amendments=Coalesce(Subquery(opened.values(found=Count("pk"))), 0),
            signed_in=Subquery(countries, output_field=ArrayField(CharField())),
        )
        .order_by("version__charter__coalition__number", "position")
        .first()
    )


def _city(row: dict[str, Any]) -> dict[str, Any]:
    name = city_name(row["geoname_id"], row["name"], reader_language())
    return {
        "name": name,
        "folded": fold(name),
        "square": row["place"],
        "count": row["count"],
        "x": row["east"],
        "y": row["south"],
        "url": f"{cases_url()}?city={row['name']}",
    }


def _map_words(cases: int, cities: int) -> str:
    in_cities = ngettext("dans %(n)s ville", "dans %(n)s villes", cities) % {"n": cities}
    found = ngettext("%(n)s cas", "%(n)s cas", cases) % {"n": cases}
    return _("Carte d’Europe et d’Afrique : %(cases)s %(cities)s. La liste complète est dans l’index des villes.") % {
        "cases": found,
        "cities": in_cities,
    }


def _figures(totals: dict[str, int], article: Any) -> list[dict[str, Any]]:
    countries = (article.signed_in or []) if article else []
    spread = len(set(countries))
    figures: list[dict[str, Any]] = [
        {
            "label": _("Co-porteurs"),
            "value": len(countries),
            "note": ngettext("organisation, dans %(n)s pays", "organisations, dans %(n)s pays", spread) % {"n": spread},
        },
        {
            "label": _("Cas publiés"),
            "value": totals["cases"],
            "note": ngettext("dans %(n)s ville", "dans %(n)s villes", totals["cities"]) % {"n": totals["cities"]},
        },
    ]
    if article:
        opened = {
            "label": _("Amendements ouverts"),
            "value": article.open_amendments,
            "note": _("à lire et à discuter"),
        }
        version = {"label": _("Charte"), "value": article.version.number, "note": _("version en vigueur")}
        figures += [opened, version]
    return [{**figure, "big": True} for figure in figures]


def _cards() -> list[CatalogueEntry]:
    """Three recent cases that have a figure to show, the last of them stopped when there is one."""
    recent = list(shown_cases().light().exclude(figure_value="").order_by("-published_at", "-page_id")[:RECENT])
    stopped = [case for case in recent if case.stage == Stage.STOPPED][:1]
    others = [case for case in recent if case.stage != Stage.STOPPED]
    return others[: HOME_CARDS - len(stopped)] + stopped


def _moments(article: VersionArticle | None) -> list[dict[str, Any]]:
    moments = [
        {
            "minutes": 10,
            "url": reverse("case_new"),
            "label": _("Documenter un cas"),
            "text": _("de votre ville, même raté, même petit. Vous pourrez le compléter plus tard."),
        },
        {
            "minutes": 30,
            "url": reverse("charter"),
            "label": _("Proposer une autre rédaction"),
            "text": _("d’un article de la charte, au nom de votre organisation."),
        },
    ]
    if article is None:
        return moments
    first = {
        "minutes": 2,
        "url": f"{reverse('charter')}#{article.key}",
        "label": _("Lire l’article 1"),
        "text": _("« %(title)s », et dire s’il vous parle. Pas besoin de compte.") % {"title": tr(article, "title")},
    }
    return [first, *moments]


def _site_json_ld() -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": _("Villes numériques ouvertes"),
        "url": f"{settings.BASE_URL}/{reader_language()}/",
        "inLanguage": reader_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{settings.BASE_URL}{cases_url()}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }
