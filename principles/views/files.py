"""A version of the charter as a file, and as a sheet to print."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.languages import reader_language
from principles.exports import FORMATS, Opinion, Publication, opinions_on, publication_of, write_file
from principles.exports.sheet import policy_of
from principles.models import Charter, Version
from principles.views.shared import charter_crumb, crumbs


@require_safe
def version_files(request: HttpRequest, number: int) -> HttpResponse:
    """Every file of a version, in both languages, with and without the minority opinions."""
    version = _version(number)
    version_crumb = (_("Version %(number)d") % {"number": number}, version.get_absolute_url())
    context = {
        "version": version,
        "formats": [
            {"label": one.label, "links": [_link(number, one.slug, language) for language in ("fr", "en")]}
            for one in FORMATS.values()
        ],
        "opinions": len(opinions_on(version)),
        "crumbs": crumbs(charter_crumb(), version_crumb, last=_("Fichiers")),
    }
    return render(request, "principles/version_files.html", context)


def _link(number: int, kind: str, language: str) -> dict[str, str]:
    """The addresses of one kind of file in one language, without and with opinions."""
    with translation.override(language):
        plain = reverse("version_file", args=[number, kind])
        whole = reverse("version_file_opinions", args=[number, kind])
    return {"language": language, "plain": plain, "whole": whole}


@require_safe
def version_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The version as a file in the language of the address, the text alone."""
    return _file(number, kind, with_opinions=False)


@require_safe
def version_file_opinions(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The same, with the minority opinions under each article."""
    return _file(number, kind, with_opinions=True)


@require_safe
def version_print(request: HttpRequest, number: int) -> HttpResponse:
    """The version as one page for A4 sheets, its hash at the foot of each; shown, not downloaded."""
    version = _version(number)
    publication = _publication(version, opinions_on(version))
    answer = HttpResponse(
        write_file(publication, "html", reader_language()).data, content_type="text/html; charset=utf-8"
    )
    answer["Content-Security-Policy"] = policy_of(publication)
    return answer


def _version(number: int) -> Version:
    versions = Charter.objects.main_or_404().versions.select_related("previous", "charter", "next")
    version: Version = get_object_or_404(versions, number=number)
    return version


def _publication(version: Version, opinions: Sequence[Opinion] | None) -> Publication:
    chain = Version.objects.chain_until(version)
    return publication_of(version, chain=chain, site=settings.BASE_URL, opinions=opinions)


def _file(number: int, kind: str, *, with_opinions: bool) -> HttpResponse:
    if kind not in FORMATS:
        raise Http404
    version = _version(number)
    publication = _publication(version, opinions_on(version) if with_opinions else None)
    written = write_file(publication, kind, reader_language())
    answer = HttpResponse(written.data, content_type=written.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, written.name) or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
