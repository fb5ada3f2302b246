"""What other sites and reference managers take of a published case. Read from the catalogue: a draft is not there."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cases.models import CatalogueEntry
from cases.models.citations import bibtex, ris
from cases.models.outputs import CARD_HEIGHT, CARD_WIDTH, card_code
from coalition.core.languages import reader_language

CASE_DOORS = ("case", "case_page", "case_card")
DAY = 24 * 3600
PLAIN_NUMBER = re.compile(r"[0-9]{1,4}")
SMALLEST_CARD = 200


def published_entry(number: int) -> CatalogueEntry:
    """The public text of a case for the reader's language; 404 when nothing of it is public. One query."""
    entry = CatalogueEntry.objects.shown_in(reader_language()).light().filter(number=number).first()
    if entry is None:
        raise Http404
    return entry


@cache
def card_style() -> tuple[str, str]:
    """The style sheet that travels inside a card, and the hash its policy allows."""
    css = render_to_string("cases/card_style.txt")
    return css, b64encode(sha256(css.encode()).digest()).decode()


@require_safe
@xframe_options_exempt
def case_card(request: HttpRequest, number: int) -> HttpResponse:
    """A case in a frame of somebody else's page: one small document, no script, no form, no cookie, nothing fetched."""
    css, digest = card_style()
    response = HttpResponse(render_to_string("cases/card.html", {"case": published_entry(number), "css": css}))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def case_oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: what to put in a page for the address of a case. 404 for any other address, 501 for XML."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": _("Seul le format JSON est servi.")}, status=501)
    number, language = _case_at(request.GET.get("url", ""))
    with override(language):
        entry = published_entry(number)
        data: dict[str, Any] = {
            "version": "1.0",
            "type": "rich",
            "provider_name": _(settings.WAGTAIL_SITE_NAME),
            "provider_url": f"{settings.BASE_URL}/{language}/",
            "title": entry.title,
            "author_name": entry.organisation_name,
            "cache_age": DAY,
            "html": card_code(number, entry.title),
            "width": _at_most(request, "maxwidth", CARD_WIDTH),
            "height": _at_most(request, "maxheight", CARD_HEIGHT),
        }
    data["html"] = _sized(str(data["html"]), int(data["width"]), int(data["height"]))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


def _sized(html: str, width: int, height: int) -> str:
    wide = html.replace(f'width="{CARD_WIDTH}"', f'width="{width}"')
    return wide.replace(f'height="{CARD_HEIGHT}"', f'height="{height}"')


def _at_most(request: HttpRequest, name: str, size: int) -> int:
    """The size of the frame, no more than asked, and never too small to be read."""
    asked = request.GET.get(name, "")
    return max(min(size, int(asked)), SMALLEST_CARD) if PLAIN_NUMBER.fullmatch(asked) else size


def _case_at(url: str) -> tuple[int, str]:
    """The number of the case at an absolute address of this site, and the language of that address; else 404."""
    if not url.startswith(settings.BASE_URL + "/"):
        raise Http404
    path = urlsplit(url).path
    language = path.split("/")[1] if path.count("/") > 1 else ""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        try:
            found = resolve(path)
        except Resolver404 as error:
            raise Http404 from error
    if found.url_name not in CASE_DOORS:
        raise Http404
    return int(found.kwargs["number"]), language


def _download(text: str, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{content_type}; charset=utf-8", headers=headers)


@require_safe
def case_bibtex(request: HttpRequest, number: int) -> HttpResponse:
    """The reference, for LaTeX and most managers."""
    return _download(bibtex(published_entry(number)), "application/x-bibtex", f"cas-{number}.bib")


@require_safe
def case_ris(request: HttpRequest, number: int) -> HttpResponse:
    """The reference, for the other managers."""
    return _download(ris(published_entry(number)), "application/x-research-info-systems", f"cas-{number}.ris")
