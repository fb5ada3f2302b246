"""The glossary as readers see it: every term on one page, and a page for each."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.languages import in_each_language, reader_language
from coalition.core.navigation import cases_url, crumbs
from coalition.glossary.models import Term


def _described(term: Term) -> dict[str, Any]:
    """The term as schema.org describes one."""
    data: dict[str, Any] = {
        "@type": "DefinedTerm",
        "@id": settings.BASE_URL + term.get_absolute_url(),
        "url": settings.BASE_URL + term.get_absolute_url(),
        "termCode": term.slug,
        "name": term.label,
        "description": term.definition,
        "inLanguage": reader_language(),
        "inDefinedTermSet": settings.BASE_URL + reverse("glossary"),
    }
    others = [*term.synonyms, *([term.acronym] if term.acronym else [])]
    return data | ({"alternateName": others} if others else {})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term by letter; one query for all of them."""
    letters = Term.objects.by_letter()
    described = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": settings.BASE_URL + reverse("glossary"),
        "name": _("Glossaire"),
        "inLanguage": reader_language(),
        "hasDefinedTerm": [_described(term) for _letter, terms in letters for term in terms],
    }
    context = {"letters": letters, "schema_org": described, "crumbs": crumbs(_("Glossaire"), "")}
    return render(request, "glossary/index.html", context)


@require_safe
def glossary_term(request: HttpRequest, slug: str) -> HttpResponse:
    """One term at its own address, the same in both languages but for the prefix."""
    term = get_object_or_404(Term, slug=slug)
    request.translated_urls = in_each_language(term.get_absolute_url)  # type: ignore[attr-defined]
    path = [*crumbs(_("Glossaire"), reverse("glossary")), {"label": term.label, "url": ""}]
    described = {"@context": "https://schema.org", **_described(term)}
    context = {"term": term, "schema_org": described, "crumbs": path, "cases_url": cases_url()}
    context["permanent_url"] = settings.BASE_URL + term.get_absolute_url()
    return render(request, "glossary/term.html", context)
