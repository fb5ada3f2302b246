"""Where each sentence of the charter comes from, and what happened to the charter when."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coalition.core.languages import reader_language
from coalition.core.markdown import to_inline_html
from principles.history.blame import Sentence, Traced
from principles.history.causes import Cause, causes_of, numbers_in, places_of, sentences_of
from principles.history.origins import origins_in
from principles.history.timeline import moments_of, moments_told_by
from principles.models import Charter, Version
from principles.views.shared import article_label, charter_crumb, crumbs

PER_PAGE = 60
PREAMBLE = "preambule"


@dataclass(frozen=True)
class Shown:
    """One sentence on the page: its anchor, the list mark before it, its words, what made it, what it came from."""

    anchor: str
    mark: str
    html: SafeString
    made: Cause
    earlier: tuple[Cause, ...]


@dataclass(frozen=True)
class Section:
    """The preamble or an article: its title and its paragraphs, all in sentences."""

    key: str
    label: str
    title: tuple[Shown, ...]
    paragraphs: tuple[tuple[Shown, ...], ...]


@require_safe
def version_origins(request: HttpRequest, number: int) -> HttpResponse:
    """Every sentence of a version, each leading to the version, the amendment and the decision that made it."""
    return _origins(request, number, None)


@require_safe
def article_origins(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The same for one article, or for the preamble."""
    return _origins(request, number, key)


def _origins(request: HttpRequest, number: int, key: str | None) -> HttpResponse:
    found = Charter.objects.main_or_404()
    version: Version = get_object_or_404(found.versions.select_related("charter"), number=number)
    labels = {PREAMBLE: _("Préambule"), **{row.key: article_label(row) for row in version.articles.all()}}
    if key is not None and key not in labels:
        raise Http404
    traced = origins_in(version, reader_language())
    causes = causes_of(Version.objects.chain_until(version))
    keys = [key] if key else list(labels)
    sections = [_section(one, labels[one], traced, causes) for one in keys]
    context = {
        "version": version,
        "label": labels[key] if key else _("Toute la charte"),
        "key": key or "",
        "sections": [one for one in sections if one.paragraphs],
        "causes": _causes_shown(keys, traced, causes),
        "labels": labels,
        "crumbs": crumbs(charter_crumb(), version_crumb(version), last=_("D’où vient chaque phrase")),
    }
    return render(request, "principles/origins.html", context)


def _causes_shown(keys: list[str], traced: Traced, causes: dict[int, Cause]) -> list[Cause]:
    """What made the texts of these keys, oldest first."""
    numbers = numbers_in(sentences_of(traced, "" if key == PREAMBLE else key) for key in keys)
    return [causes[number] for number in numbers]


def version_crumb(version: Version) -> tuple[str, str]:
    return _("Version %(number)d") % {"number": version.number}, version.get_absolute_url()


def _section(key: str, label: str, traced: Traced, causes: dict[int, Cause]) -> Section:
    """The sentences of a text, a new paragraph wherever the text begins a line."""
    places = places_of("" if key == PREAMBLE else key)
    title = traced.get(places[0], ()) if len(places) > 1 else ()
    body = [_shown(one, f"{key}-{rank}", causes) for rank, one in enumerate(traced.get(places[-1], ()), 1)]
    paragraphs: list[list[Shown]] = []
    for sentence, shown in zip(traced.get(places[-1], ()), body, strict=True):
        if not paragraphs or "\n" in sentence.before:
            paragraphs.append([])
        paragraphs[-1].append(shown)
    head = tuple(_shown(one, f"{key}-0", causes) for one in title)
    return Section(key, label, head, tuple(map(tuple, paragraphs)))


def _shown(one: Sentence, anchor: str, causes: dict[int, Cause]) -> Shown:
    return Shown(
        anchor=anchor,
        mark=one.before.strip().rsplit("\n", 1)[-1].strip(" #>*-"),
        html=to_inline_html(one.text),
        made=causes[one.origin.made],
        earlier=tuple(causes[number] for number in one.origin.earlier),
    )


@require_safe
def charter_timeline(request: HttpRequest) -> HttpResponse:
    """Versions, amendments proposed and what became of them, phases where there are some; latest first."""
    found = Charter.objects.main_or_404()
    moments = moments_of(found, moments_told_by(found))
    context = {
        "charter": found,
        "page": Paginator(moments, PER_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs(charter_crumb(), last=_("Chronologie")),
    }
    return render(request, "principles/timeline.html", context)
