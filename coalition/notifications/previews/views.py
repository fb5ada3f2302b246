"""Pages where organisers read every mail the site may send, with examples, in both languages. Others find nothing."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from coalition.core.access import require
from coalition.core.languages import reader_language
from coalition.notifications.enums import AUDIENCES, Category, Rhythm
from coalition.notifications.kinds import Kind
from coalition.notifications.previews.composing import Preview, preview, previewed_kinds

SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; form-action 'none'"
)
CATEGORY_WORDS: dict[str, Any] = {
    **dict(Category.choices),
    "account": gettext_lazy("Comptes"),
    "security": gettext_lazy("Sécurité"),
    "organisation": gettext_lazy("Organisations"),
    "affiliation": gettext_lazy("Mandats"),
    "cosponsorship": gettext_lazy("Co-portage"),
    "adoption": gettext_lazy("Adoptions locales"),
    "coalition": gettext_lazy("Coalition"),
    "support": gettext_lazy("Soutiens"),
    "contact": gettext_lazy("Messages reçus du site"),
    "review": gettext_lazy("Relecture des cas"),
    "search": gettext_lazy("Alertes sur les cas"),
    "mailbox": gettext_lazy("Boîtes communes"),
    "challenges": gettext_lazy("Défis"),
    "organisers": gettext_lazy("Équipe d’organisation"),
}
"""What each category is called here; one that is not listed keeps its name."""
AUDIENCE_WORDS: dict[str, Any] = dict(
    zip(
        AUDIENCES,
        (
            pgettext_lazy("à qui l’on écrit", "l’équipe d’organisation"),
            pgettext_lazy("à qui l’on écrit", "qui représente une organisation"),
            pgettext_lazy("à qui l’on écrit", "qui rédige des cas"),
            pgettext_lazy("à qui l’on écrit", "qui a écrit"),
        ),
        strict=True,
    )
)


def category_words(category: str) -> str:
    """The name of a category as organisers read it."""
    return str(CATEGORY_WORDS.get(category, category))


def _crumbs(*pages: dict[str, str]) -> list[dict[str, str]]:
    home = {"label": _("Accueil"), "url": f"/{reader_language()}/"}
    return [home, {"label": _("Courriels du site"), "url": reverse("mail_previews")}, *pages]


def _preview(name: str, language: str) -> Preview:
    kind = next((one for one in previewed_kinds() if one.name == name), None)
    if kind is None or language not in dict(settings.LANGUAGES):
        raise Http404
    return preview(kind, language)


@require_safe
@never_cache
def mail_previews(request: HttpRequest) -> HttpResponse:
    """Every kind of mail, by category."""
    require(request.user, "mail_preview.view")
    kinds = groupby(previewed_kinds(), key=lambda kind: kind.category)
    groups = [{"key": key, "title": category_words(key), "kinds": list(some)} for key, some in kinds]
    count = sum(len(group["kinds"]) for group in groups)
    context = {"groups": groups, "count": count, "language": reader_language(), "crumbs": _crumbs()}
    return render(request, "notifications/mail_previews.html", context)


@require_safe
@never_cache
def mail_preview(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """One mail: its subject, reason, headers and size, its text, and its HTML in a frame that can do nothing."""
    require(request.user, "mail_preview.view")
    mail = _preview(name, language)
    context = {
        "mail": mail,
        "kind": mail.kind,
        "reason": mail.kind.reason,
        "category": category_words(mail.kind.category),
        "tunable": mail.kind.category in Category.values,
        "defaults": _defaults(mail.kind),
        "languages": [(code, label, code == language) for code, label in settings.LANGUAGES],
        "crumbs": _crumbs({"label": str(mail.kind.label), "url": ""}),
    }
    return render(request, "notifications/mail_preview.html", context)


def _defaults(kind: Kind) -> list[tuple[str, str]]:
    """The rhythm of each role that has its own, in words."""
    return [(str(AUDIENCE_WORDS[role]), str(Rhythm(rhythm).label)) for role, rhythm in kind.defaults.items()]


@require_safe
@never_cache
@xframe_options_sameorigin
def mail_preview_html(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML part alone, sandboxed: no script, no form, nothing fetched; its links open in a new window."""
    require(request.user, "mail_preview.view")
    html = _preview(name, language).html
    response = HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = SANDBOX
    return response
